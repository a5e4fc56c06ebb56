"""Cases whose activations are quantised as they come, by onnxruntime's own quantiser.

Weights and images are numbers that 8 bits hold exactly, so that onnxruntime rounds nothing and PyTorch, which never does, is right
to the last digit. What is between the layers of the network is rounded: there it is onnxruntime that is off.
"""

import pathlib
import tempfile

import numpy
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from activations import relu
from structure import F

STEP = 1 / 64


def levels(random, shape, lowest=-128):
    """Multiples of STEP up to 127, the largest and the smallest among them, so that a step of the quantiser is one of these."""
    whole = random.integers(lowest, 128, shape)
    whole.flat[0], whole.flat[-1] = lowest, 127
    return whole * STEP


def columns(random, shape):
    """The same, up to 127 in each column."""
    whole = random.integers(-127, 128, shape)
    whole[0] = 127
    return whole * STEP


def quantised(per_channel=False, weight_type=QuantType.QUInt8):
    def change(model):
        with tempfile.TemporaryDirectory() as folder:
            plain, made = (pathlib.Path(folder) / name for name in ('plain.onnx', 'made.onnx'))
            onnx.save(model, plain)
            quantize_dynamic(plain, made, per_channel=per_channel, weight_type=weight_type)
            changed = onnx.load(made)
        assert any(node.op_type == 'DynamicQuantizeLinear' for node in changed.graph.node)
        return changed

    return change


def matmul(weights, inputs=7, outputs=4):
    def build(pair, x):
        matrix = pair.constant(weights(pair.random, (inputs, outputs)).astype(numpy.float32))
        return pair.node('Add', [pair.node('MatMul', [x, matrix], torch.matmul), pair.weights(outputs)], torch.add)

    return build


def conv(pair, x, inputs, outputs, **attributes):
    weights = levels(pair.random, (outputs, inputs, 3, 3)).astype(numpy.float32)
    options = {'stride': attributes.get('strides', [1])[0], 'padding': attributes.get('pads', [0])[0]}
    return pair.node('Conv', [x, weights, pair.weights(outputs)], lambda v, w, b: F.conv2d(v, w, b, **options), **attributes)


def flatten(pair, x):
    return pair.node('Flatten', [x], lambda v: v.flatten(1))


def flat_conv(pair, x):
    return flatten(pair, conv(pair, x, 3, 3, pads=[1, 1, 1, 1]))


def network(pair, x):
    y = relu(pair, conv(pair, x, 3, 6, pads=[1, 1, 1, 1], strides=[2, 2]))
    y = relu(pair, conv(pair, y, 6, 8))
    return matmul(levels, 48, 4)(pair, flatten(pair, y))


LAST = {'tail': False, 'image': levels, 'change': quantised()}

CASES = {
    'quantised_dynamic_matmul': {'build': matmul(levels), 'shape': (1, 7), **LAST},
    'quantised_dynamic_matmul_columns': {
        **{'build': matmul(columns), 'shape': (1, 7), **LAST},
        'change': quantised(per_channel=True, weight_type=QuantType.QInt8),
    },
    'quantised_dynamic_conv': {'build': flat_conv, **LAST},
    'quantised_dynamic_network': {'build': network, 'shape': (1, 3, 8, 10), **LAST, 'rounding': 0.05},
}
