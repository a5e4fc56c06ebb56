"""The Python side of `npm run zoo`: lines of JSON in and out, one answer a call. Started by python.mjs in the venv that was named.

{"call": "packages"} -> versions of what this venv has
{"call": "probe", "folder"} -> a model with an operator that nobody has, whose refusal names those that are there
{"call": "make", "family", "name", "size", "options", "exporters", "batches", "folder"} -> the reference and a file a variant
{"call": "embed", "path"} -> the same model without a .data file
{"call": "nodes", "folder", "claimed", "only"} -> rows of ONNX's node tests
"""

import contextlib
import importlib.metadata
import json
import pathlib
import sys
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).parent))
PACKAGES = ('onnx', 'torch', 'torchvision', 'timm', 'onnxscript', 'tensorflow', 'tensorflow-cpu', 'keras', 'tf2onnx', 'numpy')


def packages() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(name)
    return found


def short(error: BaseException) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return f'{type(error).__name__}: {lines[0] if lines else ""}'[:300]


def probe(folder: str) -> str:
    import onnx
    from onnx import TensorProto, helper

    sides = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 3]) for name in ('x', 'y')]
    graph = helper.make_graph([helper.make_node('NoSuchOperator', ['x'], ['y'])], 'probe', sides[:1], sides[1:])
    path = pathlib.Path(folder) / 'probe.onnx'
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)], ir_version=8), path)
    return str(path)


def written(variant: dict, path: pathlib.Path, write) -> dict:
    """Runs one exporter; what it says when it cannot is the row's."""
    begin = time.perf_counter()
    try:
        write(path)
    except Exception as error:  # exporters raise anything
        return {**variant, 'exportError': short(error)}
    return {**variant, 'path': str(path), 'exportSeconds': time.perf_counter() - begin}


def make_torch(family: str, name: str, size: int, options: dict, exporters: list, batches: list, folder: pathlib.Path):
    from torch_export import export
    from torch_networks import build
    from torch_reference import torch_reference

    network, shape = build(family, name, size, options), (1, 3, size, size)
    reference = torch_reference(network, shape)
    files = [
        written({'exporter': exporter, 'batch': batch}, folder / f'{exporter}-{batch}.onnx',
                lambda path, e=exporter, b=batch: export(network, shape, e, b, path))
        for exporter in exporters
        for batch in batches
    ]
    return reference, files


def make_light(name: str, folder: pathlib.Path):
    """Two networks of one graph, so two references."""
    import onnx
    from light_models import load
    from onnx_in_torch import OnnxInTorch
    from torch_reference import torch_reference

    for way, model in load(name).items():
        here = folder / way.replace(' ', '-')
        here.mkdir(exist_ok=True)
        yield torch_reference(OnnxInTorch(model).eval(), (1, 3, 224, 224)), here, [
            written({'exporter': way, 'batch': 'static'}, here / 'model.onnx', lambda path, m=model: onnx.save(m, path))
        ]


def make(family: str, name: str, size: int, options: dict, exporters: list, batches: list, folder: str) -> list[dict]:
    here = pathlib.Path(folder)
    if family == 'onnx':
        made = make_light(name, here)
    elif family == 'keras':
        from keras_networks import export, keras_reference

        reference = keras_reference(name, size)
        files = [written({'exporter': 'tf2onnx', 'batch': 'static'}, here / 'model.onnx', lambda path: export(name, size, path))]
        made = [(reference, here, files)]
    else:
        reference, files = make_torch(family, name, size, options, exporters, batches, here)
        made = [(reference, here, files)]
    rows = []
    for reference, place, files in made:
        reference.save(place)
        known = {'folder': str(place), 'target': reference.target, 'seed': reference.seed}
        rows += [{**known, 'float32Error': reference.float32_error, **file} for file in files]
    return rows


def embed(path: str) -> str:
    from torch_export import embed as embed_weights

    return str(embed_weights(pathlib.Path(path)))


def nodes(folder: str, claimed: list | None, only: list) -> list[dict]:
    from node_tests import write_node_tests

    return write_node_tests(pathlib.Path(folder), claimed, only)


CALLS = {'packages': packages, 'probe': probe, 'make': make, 'embed': embed, 'nodes': nodes}


def main() -> None:
    answers = sys.stdout
    sys.stdout = sys.stderr  # exporters print
    for line in sys.stdin:
        call = json.loads(line)
        try:
            answer = {'answer': CALLS[call.pop('call')](**call)}
        except Exception as error:  # a network that cannot be made is a row of the table
            traceback.print_exc()
            answer = {'error': short(error)}
        print(json.dumps(answer), file=answers, flush=True)


main()
