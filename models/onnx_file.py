"""What the converters have in common: writing an ONNX file node by node, and holding it to manifest.json.

Weights are stored as float16 initialisers, each followed by a Cast to float32, so that every ONNX tool can run the file.
"""

import argparse
import hashlib
import json
import pathlib
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).resolve().parent
OPSET = 13
CLASSES = 1000


class GraphWriter:
    """Collects nodes and initialisers; every method returns the name of the value that it makes."""

    def __init__(self, weights):
        self.weights = dict(weights)
        self.nodes, self.initialisers = [], []

    def constant(self, name, array):
        self.initialisers.append(numpy_helper.from_array(numpy.asarray(array), name))
        return name

    def node(self, op, name, inputs, **attributes):
        self.nodes.append(helper.make_node(op, inputs, [name], name, **attributes))
        return name

    def take(self, name, shape):
        array = self.weights.pop(name)
        if array.shape != shape:
            raise ValueError(f'{name} has shape {array.shape}, expected {shape}')
        return array.astype(numpy.float64)

    def half(self, name, array):
        self.constant(f'{name}.weight.fp16', array.astype(numpy.float32).astype(numpy.float16))
        return self.node('Cast', f'{name}.weight', [f'{name}.weight.fp16'], to=TensorProto.FLOAT)

    def graph(self, name, size):
        """From `image` to `logits`. Every weight was used once, or a ValueError says which was not."""
        if self.weights:
            raise ValueError(f'weights that no layer uses: {sorted(self.weights)}')
        image = helper.make_tensor_value_info('image', TensorProto.FLOAT, [1, 3, size, size])
        logits = helper.make_tensor_value_info('logits', TensorProto.FLOAT, [1, CLASSES])
        return helper.make_graph(self.nodes, name, [image], [logits], self.initialisers)


def checked(data, digest, what):
    """The bytes, if they are those."""
    found = hashlib.sha256(data).hexdigest()
    if found != digest:
        raise ValueError(f'{what} has sha256 {found}, expected {digest}')
    return data


def write_model(graph, metadata):
    """-> bytes of the ONNX file, the same for the same input."""
    classes = (HERE / 'imagenet_classes.txt').read_text().splitlines()
    opsets = [helper.make_opsetid('', OPSET)]
    model = helper.make_model(graph, producer_name='smoothgrad', opset_imports=opsets, ir_version=8)
    helper.set_model_props(model, {**metadata, 'smoothgrad.classes': '\n'.join(classes)})
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString(deterministic=True)


def convert(name, description, published, make):
    """The converter's command line. make(path of what was published) -> graph, metadata."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument('published', help=published)
    parser.add_argument('-o', '--output', default=HERE / f'{name}.onnx', type=pathlib.Path)
    options = parser.parse_args()
    data = write_model(*make(options.published))
    digest = hashlib.sha256(data).hexdigest()
    expected = next(m['sha256'] for m in json.loads((HERE / 'manifest.json').read_text())['models'] if m['name'] == name)
    partial = options.output.with_name(f'{options.output.name}.partial')
    partial.write_bytes(data)
    partial.replace(options.output)
    print(f'{options.output}: {len(data)} bytes, sha256 {digest}')
    if digest != expected:
        sys.exit(f'models/manifest.json says sha256 {expected}: the conversion differs from the committed file')
