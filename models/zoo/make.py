"""One network of the zoo: its reference and a file for each variant of its exporter."""

import pathlib
import time
from collections.abc import Callable, Iterable

from reference import Reference

Made = tuple[Reference, pathlib.Path, list[dict]]  # what is right, the folder that it is saved to, the files it is right for


def short(error: BaseException) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return f'{type(error).__name__}: {lines[0] if lines else ""}'[:300]


def written(variant: dict, path: pathlib.Path, write: Callable[[pathlib.Path], None]) -> dict:
    """Runs one exporter; what it says when it cannot is the row's."""
    begin = time.perf_counter()
    try:
        write(path)
    except Exception as error:  # exporters raise anything
        return {**variant, 'exportError': short(error)}
    return {**variant, 'path': str(path), 'exportSeconds': time.perf_counter() - begin}


def make_torch(family: str, name: str, size: int, options: dict, exporters: list, batches: list, folder: pathlib.Path) -> Iterable[Made]:
    from torch_export import export
    from torch_networks import build
    from torch_reference import torch_reference

    network, shape = build(family, name, size, options), (1, 3, size, size)
    reference = torch_reference(network, shape)
    files = []
    for exporter in exporters:
        for batch in batches:
            variant, path = {'exporter': exporter, 'batch': batch}, folder / f'{exporter}-{batch}.onnx'
            files.append(written(variant, path, lambda to, e=exporter, b=batch: export(network, shape, e, b, to)))
    yield reference, folder, files


def make_keras(name: str, size: int, folder: pathlib.Path) -> Iterable[Made]:
    from keras_networks import export, keras_reference

    reference = keras_reference(name, size)
    variant = {'exporter': 'tf2onnx', 'batch': 'static'}
    yield reference, folder, [written(variant, folder / 'model.onnx', lambda to: export(name, size, to))]


def make_light(name: str, folder: pathlib.Path) -> Iterable[Made]:
    """Two networks of one graph, so two references."""
    import onnx
    from light_models import load
    from onnx_in_torch import OnnxInTorch
    from torch_reference import torch_reference

    for way, model in load(name).items():
        here = folder / way.replace(' ', '-')
        here.mkdir(exist_ok=True)
        network = OnnxInTorch(model).eval()
        rounded = [network.rounded(seed) for seed in range(2)] if way == 'as it is' else []
        reference = torch_reference(network, (1, 3, 224, 224), rounded)
        variant = {'exporter': way, 'batch': 'static'}
        yield reference, here, [written(variant, here / 'model.onnx', lambda to, m=model: onnx.save(m, to))]


def make(family: str, name: str, size: int, options: dict, exporters: list, batches: list, folder: str) -> list[dict]:
    """-> a row a file: its variant, path or exportError, and the folder of what is right."""
    here = pathlib.Path(folder)
    if family == 'onnx':
        made = make_light(name, here)
    elif family == 'keras':
        made = make_keras(name, size, here)
    else:
        made = make_torch(family, name, size, options, exporters, batches, here)
    rows = []
    for reference, place, files in made:
        reference.save(place)
        known = {'folder': str(place), 'target': reference.target, 'seed': reference.seed}
        known |= {'float32Error': reference.float32_error, 'float32Logits': reference.float32_logits}
        rows += [{**known, **file} for file in files]
    return rows
