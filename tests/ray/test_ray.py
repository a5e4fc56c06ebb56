"""wasm/ray on two workers against one process: the same bytes, also where a worker is killed."""

import io
import json
import os
import signal
import subprocess
import unittest
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
import ray

from smoothgrad_ray import explain, explain_one
from smoothgrad_ray.command import SmoothGradError, command_line

MODEL = os.environ["SMOOTHGRAD_MODEL"]
OPTIONS = {"preset": "zero-one", "samples": 150, "seed": 4242, "reproducible": True}
FLAGS = ["--model", MODEL, "--preset", "zero-one", "--samples", "150", "--seed", "4242", "--reproducible"]
PHOTOS = sorted(str(path) for path in Path("photos").resolve().iterdir())


def smoothgrad(*arguments):
    return subprocess.run([*command_line(), *arguments], check=True, capture_output=True, text=True).stdout


def processes():
    """{pid of a `smoothgrad batch` of this test: pid of the worker that drives it}"""
    found = {}
    for folder in Path("/proc").iterdir():
        try:
            words = (folder / "cmdline").read_text().split("\0")
            if "batch" in words and "4242" in words and os.environ["SMOOTHGRAD"] in words:
                found[int(folder.name)] = int((folder / "stat").read_text().rsplit(")")[-1].split()[1])
        except (OSError, ValueError):
            continue
    return found


class OnTwoWorkers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
        ray.data.DataContext.get_current().enable_progress_bars = False
        smoothgrad("batch", *PHOTOS, *FLAGS, "--output", "one", "--attributions", "float16")
        lines = Path("one/results.jsonl").read_text().splitlines()
        cls.expected = {json.loads(line)["id"]: line for line in lines}

    @classmethod
    def tearDownClass(cls):
        ray.shutdown()

    def explained(self, **more):
        rows = [{"path": path, "number": i} for i, path in enumerate(PHOTOS)]
        dataset = ray.data.from_items(rows, override_num_blocks=25)
        return explain(dataset, MODEL, workers=2, batch_size=8, **OPTIONS, **more)

    def assert_as_of_one(self, rows):
        self.assertEqual(sorted(row["id"] for row in rows), PHOTOS)
        for row in rows:
            self.assertEqual(PHOTOS[row["number"]], row["id"])
            self.assertIsNone(row["failed"])
            self.assertEqual(self.without_files(row["result"]), self.without_files(self.expected[row["id"]]))

    def without_files(self, line):
        """All but where its file is."""
        files = json.dumps(json.loads(line)["files"], separators=(",", ":"))
        self.assertIn(files, line)
        return line.replace(files, "")

    def test_bytes_are_those_of_one_process(self):
        rows = self.explained(attributions="float16").take_all()
        self.assert_as_of_one(rows)
        for row in rows:
            path = json.loads(self.expected[row["id"]])["files"]["attribution"]
            self.assertEqual(row["attribution"], Path("one", path).read_bytes())
        self.assertEqual(np.load(io.BytesIO(rows[0]["attribution"])).dtype, np.float16)

    def test_a_killed_worker_costs_nothing_but_time(self):
        for victim in ("the worker", "its process"):
            with self.subTest(victim):
                rows = []
                for row in self.explained(attributions="float16").iter_rows():
                    rows.append(row)
                    if len(rows) == 24:
                        process, worker = next(iter(processes().items()))
                        os.kill(worker if victim == "the worker" else process, signal.SIGKILL)
                self.assert_as_of_one(rows)

    def test_a_folder_becomes_a_parquet_file(self):
        Path("photos/broken.png").write_text("no photo")
        dataset = ray.data.read_binary_files("photos", include_paths=True)
        explain(dataset, MODEL, measures=["agreement"], **OPTIONS).write_parquet("table")
        Path("photos/broken.png").unlink()
        table = parquet.read_table("table").to_pylist()
        self.assertEqual(len(table), len(PHOTOS) + 1)
        for row in table:
            if row["id"].endswith("broken.png"):
                self.assertIn("is not a photo that can be read", row["failed"])
                self.assertIsNone(row["target"])
            else:
                self.assertTrue(-1 <= dict(row["measures"])["agreement"] <= 1)
                self.assertEqual(row["samples"], OPTIONS["samples"])

    def test_a_wrong_option_is_said(self):
        dataset = ray.data.from_items([{"path": PHOTOS[0]}])
        with self.assertRaisesRegex(Exception, "noise must be a number of at least 0, not -1"):
            explain(dataset, MODEL, workers=1, noise=-1).take_all()

    def test_samples_of_one_photo_are_those_of_one_run(self):
        options = {**OPTIONS, "samples": 2000, "target": 3}
        result = explain_one(PHOTOS[0], model=MODEL, shards=3, **options)
        typed = [*FLAGS, "--samples", "2000", "--target", "3"]
        report = json.loads(smoothgrad("explain", PHOTOS[0], *typed, "--attribution", "one.npy", "--json", "-o", "one.png"))
        whole = np.load("one.npy").astype(np.float64)
        self.assertEqual(result["report"]["samples"], 2000)
        difference = np.linalg.norm(result["attribution"] - whole) / np.linalg.norm(whole)
        self.assertLess(difference, 1e-6)
        self.assertAlmostEqual(result["report"]["relativeError"] / report["relativeError"], 1, delta=1e-6)
        self.assertEqual(result["map"].shape, whole.shape[2:])


if __name__ == "__main__":
    unittest.main()
