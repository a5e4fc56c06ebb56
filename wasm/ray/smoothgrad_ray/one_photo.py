"""One photo over many machines: ranges of samples that do not overlap, saved where they were computed, merged in one place."""

import json
import os
import tempfile

import numpy as np
import ray

from .command import flags, run

# What the merging run computes itself: a pair.
_FIRST = 2


def ranges(samples, shards):
    """[(first sample, samples)] of _FIRST and up, each from an even number on: noise may come in pairs."""
    pairs = (samples - _FIRST + 1) // 2
    edges = [_FIRST + 2 * (pairs * i // shards) for i in range(shards)] + [samples]
    return [(low, high - low) for low, high in zip(edges, edges[1:]) if high > low]


def explain_one(photo, samples=2000, model="efficientnet-lite0", *, shards=None, cpus=1, command=None, **options):
    """Explains one photo, a path or encoded bytes, by `shards` tasks of `cpus` lanes each (default: as many as there are CPUs for).

    options: the flags of `smoothgrad explain`: target=282, seed=1, reproducible=True, ...
    -> {"report": what `explain --json` says, "attribution": [1, C, H, W], "map": [H, W], "saved": bytes, to be merged again}
    """
    if samples <= _FIRST:
        raise ValueError(f"samples must be above {_FIRST}, not {samples}")
    if shards is None:
        shards = max(1, int(ray.cluster_resources().get("CPU", 1)) // cpus)
    if not isinstance(photo, bytes):
        with open(photo, "rb") as file:
            photo = file.read()
    shared = ray.put(photo)
    typed = flags({"model": model, "threads": cpus, **options})
    part = ray.remote(num_cpus=cpus, max_retries=-1)(_part)
    saved = [part.remote(shared, [*typed, *_range(*each)], command) for each in ranges(samples, shards)]
    whole = ray.remote(num_cpus=cpus, max_retries=-1)(_whole)
    return ray.get(whole.remote(shared, [*typed, *_range(0, _FIRST)], command, *saved))


def _range(first, samples):
    return flags({"first_sample": first, "samples": samples})


def _explain(folder, photo, arguments, command, **outputs):
    path = os.path.join(folder, "photo")
    with open(path, "wb") as file:
        file.write(photo)
    files = flags({name: os.path.join(folder, file) for name, file in outputs.items()})
    output = ["--output", os.path.join(folder, "map.png"), "--json"]
    return json.loads(run(["explain", path, *arguments, *files, *output], command))


def _read(folder, name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def _part(photo, arguments, command):
    with tempfile.TemporaryDirectory(prefix="smoothgrad-") as folder:
        _explain(folder, photo, arguments, command, save="part.run")
        return _read(folder, "part.run")


def _whole(photo, arguments, command, *saved):
    with tempfile.TemporaryDirectory(prefix="smoothgrad-") as folder:
        parts = []
        for i, content in enumerate(saved):
            parts.append(os.path.join(folder, f"{i}.run"))
            with open(parts[-1], "wb") as file:
                file.write(content)
        outputs = {"save": "all.run", "raw": "map.npy", "attribution": "attribution.npy"}
        report = _explain(folder, photo, [*arguments, "--merge", *parts], command, **outputs)
        return {
            "report": {name: value for name, value in report.items() if name not in ("photo", "output")},
            "attribution": np.load(os.path.join(folder, "attribution.npy")),
            "map": np.load(os.path.join(folder, "map.npy")),
            "saved": _read(folder, "all.run"),
        }
