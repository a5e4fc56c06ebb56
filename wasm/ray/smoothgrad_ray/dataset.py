"""A Ray dataset of photos to one of results: placement, back-pressure and the retries of lost workers are Ray's."""

import base64
import json
import os
import shutil
import tempfile

import pyarrow as pa
import ray
from ray.data import ActorPoolStrategy

from .command import SmoothGradError, WarmBatch, flags

# What becomes columns; all of a result is in `result`, as the line of JSON that `smoothgrad batch` wrote.
_COLUMNS = {
    "target": (pa.int64(), lambda result: result["target"]["index"]),
    "target_name": (pa.string(), lambda result: result["target"]["name"]),
    "samples": (pa.int64(), lambda result: result.get("samples")),
    "relative_error": (pa.float64(), lambda result: result.get("relativeError")),
    "corrected_error": (pa.float64(), lambda result: result.get("correctedError")),
    "measures": (pa.map_(pa.string(), pa.float64()), lambda result: list(result.get("measures", {}).items())),
}


def explain(dataset, model="efficientnet-lite0", *, workers=None, cpus=1, column=None, batch_size=16,
            attributions=None, command=None, **options):
    """Maps rows with a photo to rows with its result.

    dataset: rows with encoded `bytes` (as ray.data.read_binary_files has them), with a `path`, or with another `column` of
        either; `id` (default: the path) and `target` are taken, all other columns are handed through.
    model: a shipped name, or a file that every machine has at the same place.
    workers, cpus: how many processes (default: as many as there are CPUs for), and how many lanes each has.
    attributions: "float32" or "float16" adds a column `attribution`, the bytes of an .npy file of [1, C, H, W].
    command: how `smoothgrad` is started, as a list; default: the path in SMOOTHGRAD by node, else the one on the PATH.
    options: the flags of `smoothgrad batch`: samples=50, until_error=0.3, reproducible=True, measures=["reliability"], ...

    A photo that cannot be read has its reason in the column `failed`, and nulls.
    """
    if workers is None:
        # Not all at once: whoever reads the photos wants a CPU, too.
        most = max(1, int(ray.cluster_resources().get("CPU", 1)) // cpus)
        pool = ActorPoolStrategy(min_size=1, max_size=most)
    else:
        pool = ActorPoolStrategy(size=workers)
    return dataset.map_batches(
        _Explainer,
        fn_constructor_kwargs={
            "arguments": flags({"model": model, "threads": cpus, **options}),
            "column": column,
            "attributions": attributions,
            "command": command,
        },
        batch_size=batch_size,
        batch_format="pyarrow",
        num_cpus=cpus,
        compute=pool,
    )


class _Explainer:
    """One worker: a warm process, and a folder for what it writes."""

    def __init__(self, arguments, column, attributions, command):
        self._arguments = arguments
        self._column = column
        self._attributions = attributions
        self._command = command
        self._asked = 0
        self._folder = None
        self._batch = None
        self._start()

    def __call__(self, table):
        entries = [self._entry(row) for row in table.to_pylist()]
        try:
            lines = self._ask(entries)
        except SmoothGradError:
            if self._batch.code != _KILLED:
                raise
            # By the system, short of memory perhaps, and not by what it was asked.
            self._start()
            lines = self._ask(entries)
        results = [json.loads(line) for line in lines]
        handed = table.drop_columns([name for name in ("bytes", "target", "id", self._column) if name in table.column_names])
        for name, column in self._columns(entries, lines, results).items():
            if name in handed.column_names:
                raise ValueError(f"the dataset has a column {name}, which is one of the results: rename it")
            handed = handed.append_column(name, column)
        return handed

    def _start(self):
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
        files = []
        if self._attributions:
            self._folder = tempfile.mkdtemp(prefix="smoothgrad-")
            files = ["--attributions", self._attributions, "--output", self._folder, "--json"]
        self._batch = WarmBatch([*self._arguments, *files], self._command)

    def _entry(self, row):
        """(id of the row, what is asked)"""
        column = self._column or ("bytes" if "bytes" in row else "path")
        photo = row[column]
        name = row.get("id", row.get("path") if isinstance(photo, bytes) else photo)
        if name is None:
            raise ValueError('rows with "bytes" need an "id" or a "path"')
        if isinstance(photo, bytes):
            photo = f"data:application/octet-stream;base64,{base64.b64encode(photo).decode()}"
        # A number for the process: a batch that comes again, as after a loss, is no photo that is there twice.
        self._asked += 1
        entry = {"id": str(self._asked), "photo": photo}
        if row.get("target") is not None:
            entry["target"] = row["target"]
        return str(name), entry

    def _ask(self, entries):
        """The lines of results, with the ids of the rows in place of the numbers."""
        lines = self._batch.explain([entry for _, entry in entries])
        texts = []
        for (name, entry), line in zip(entries, lines):
            begin = f'{{"id":{json.dumps(entry["id"])}'
            if not line.startswith(begin):
                raise SmoothGradError(f"smoothgrad batch answered {line[:80]}")
            texts.append(f'{{"id":{json.dumps(name, ensure_ascii=False)}{line[len(begin):]}')
        return texts

    def _columns(self, entries, lines, results):
        failed = [result.get("failed", {}).get("message") for result in results]
        columns = {
            "id": pa.array([name for name, _ in entries], pa.string()),
            "failed": pa.array(failed, pa.string()),
        }
        for name, (kind, read) in _COLUMNS.items():
            columns[name] = pa.array([read(result) if "failed" not in result else None for result in results], kind)
        if self._attributions:
            columns["attribution"] = pa.array([self._attribution(result) for result in results], pa.large_binary())
        columns["result"] = pa.array(lines, pa.large_string())
        return columns

    def _attribution(self, result):
        if "failed" in result:
            return None
        path = os.path.join(self._folder, result["files"]["attribution"])
        with open(path, "rb") as file:
            content = file.read()
        os.remove(path)
        return content


_KILLED = -9
