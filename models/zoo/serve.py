"""The Python side of `npm run zoo`: lines of JSON in and out, one answer a call. Started by python.mjs in the venv that was named.

{"call": "packages"} -> versions of what this venv has
{"call": "probe", "folder"} -> a model with an operator that nobody has, whose refusal names those that are there
{"call": "make", "family", "name", "size", "options", "exporters", "batches", "folder"} -> the reference and a file a variant
{"call": "nodes", "folder", "claimed", "only"} -> rows of ONNX's node tests
"""

import contextlib
import importlib.metadata
import json
import pathlib
import sys
import traceback

from make import make, short

PACKAGES = ('onnx', 'torch', 'torchvision', 'timm', 'onnxscript', 'tensorflow', 'tensorflow-cpu', 'keras', 'tf2onnx', 'numpy')


def packages() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(name)
    return found


def probe(folder: str) -> str:
    import onnx
    from onnx import TensorProto, helper

    sides = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 3]) for name in ('x', 'y')]
    graph = helper.make_graph([helper.make_node('NoSuchOperator', ['x'], ['y'])], 'probe', sides[:1], sides[1:])
    path = pathlib.Path(folder) / 'probe.onnx'
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)], ir_version=8), path)
    return str(path)


def nodes(folder: str, claimed: list | None, only: list) -> list[dict]:
    from node_tests import write_node_tests

    return write_node_tests(pathlib.Path(folder), claimed, only)


CALLS = {'packages': packages, 'probe': probe, 'make': make, 'nodes': nodes}


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
