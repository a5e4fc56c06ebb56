"""Cases of the ReLU family, the smooth activations and batch-norm, alone and behind layers that may take them over."""

import numpy
import torch
import torch.nn.functional as F

from windows import conv

SIX = numpy.float32(6)


def relu(pair, x):
    return pair.node('Relu', [x], F.relu, kinks=[0])


def clip(pair, x, low, high, **attributes):
    """Bounds as inputs, or as attributes (opsets 6 to 10) where those are given."""
    bounds = [] if attributes else [None if b is None else numpy.float32(b) for b in (low, high)]
    kinks = [b for b in (low, high) if b is not None]
    return pair.node('Clip', [x, *bounds], lambda v, *_: v.clamp(low, high), kinks=kinks, **attributes)


def scaled(pair, x, factor):
    """x times a number, so that a clamp has something to clamp."""
    return pair.node('Mul', [x, numpy.float32(factor)], torch.mul)


def leaky(pair, x, alpha=None):
    attributes = {} if alpha is None else {'alpha': alpha}
    return pair.node('LeakyRelu', [x], lambda v: F.leaky_relu(v, 0.01 if alpha is None else alpha), kinks=[0], **attributes)


def prelu(pair, x, *slope_shape):
    slope = pair.uniform(-0.5, 0.5, *slope_shape)
    return pair.node('PRelu', [x, slope], lambda v, s: torch.where(v > 0, v, s * v), kinks=[0])


def batch_norm(pair, x, channels):
    shift = [pair.uniform(-1, 1, channels) for _ in range(3)]
    inputs = [x, shift[0], shift[1], shift[2], pair.uniform(0.2, 2, channels)]
    return pair.node(
        'BatchNormalization',
        inputs,
        lambda v, scale, bias, mean, variance: F.batch_norm(v, mean, variance, scale, bias, eps=1e-3),
        epsilon=1e-3,
    )


def batch_norm_as_trained(pair, x):
    """momentum is of training, and so says nothing here; epsilon as it is by default."""
    inputs = [x, *(pair.uniform(-1, 1, 3) for _ in range(3)), pair.uniform(0.2, 2, 3)]
    return pair.node(
        'BatchNormalization',
        inputs,
        lambda v, scale, bias, mean, variance: F.batch_norm(v, mean, variance, scale, bias, eps=1e-5),
        momentum=0.1,
        training_mode=0,
    )


def sigmoid(pair, x):
    return pair.node('Sigmoid', [x], torch.sigmoid)


def hidden(pair, x, activation, channels=4):
    """Convolution, activation, convolution: the rule changes what passes between two layers."""
    x = conv(pair, x, 3, channels, pads=(1, 1, 1, 1))
    return conv(pair, activation(pair, x), channels, 3)


def shared_before(pair, x):
    """A convolution read by a Relu and by an Add: the Relu must not be fused into it."""
    y = conv(pair, x, 3, 3, pads=(1, 1, 1, 1))
    return pair.node('Add', [relu(pair, y), y], torch.add)


def normed_and_read(pair, x):
    """A convolution read by a batch-norm and by an Add: the batch-norm must not be folded into it."""
    y = conv(pair, x, 3, 3, kernel=(1, 1))
    return pair.node('Add', [y, batch_norm(pair, y, 3)], torch.add)


def mobile_block(pair, x):
    """Inverted residual: expand, depthwise, project, each with batch-norm; clamps at 6; a skip around it."""
    y = clip(pair, batch_norm(pair, conv(pair, scaled(pair, x, 4), 3, 6, kernel=(1, 1), bias=False), 6), 0, SIX)
    y = clip(pair, batch_norm(pair, conv(pair, y, 6, 6, pads=(1, 1, 1, 1), group=6, bias=False), 6), 0, SIX)
    y = batch_norm(pair, conv(pair, y, 6, 3, kernel=(1, 1), bias=False), 3)
    return pair.node('Add', [x, y], torch.add)


def clip_twice(pair, x):
    """The second clamp is wider on one side and narrower on the other."""
    return clip(pair, clip(pair, x, -0.5, 2), -1, 0.5)


def swish(pair, x):
    return pair.node('Mul', [x, sigmoid(pair, x)], torch.mul)


CASES = {
    'relu': {'build': relu},
    'relu_between': {'build': lambda p, x: hidden(p, x, relu)},
    'clip_twice': {'build': lambda p, x: hidden(p, x, clip_twice)},
    'relu_shared': {'build': shared_before},
    'relu_max_pool': {'build': lambda p, x: p.node('MaxPool', [relu(p, x)], lambda v: F.max_pool2d(v, 3, 1), kernel_shape=[3, 3])},
    'relu_many_units': {'build': lambda p, x: hidden(p, x, relu, channels=37)},
    'clip_inputs': {'build': lambda p, x: hidden(p, x, lambda q, y: clip(q, scaled(q, y, 4), 0, SIX))},
    'clip_attributes': {'build': lambda p, x: clip(p, scaled(p, x, 2), -0.5, 1.5, min=-0.5, max=1.5), 'opset': 10},
    'clip_opset_11': {'build': lambda p, x: clip(p, x, -0.75, 0.5), 'opset': 11},
    'clip_minimum_only': {'build': lambda p, x: clip(p, x, 0.25, None)},
    'clip_maximum_only': {'build': lambda p, x: clip(p, x, None, 0.25)},
    'leaky_relu': {'build': lambda p, x: hidden(p, x, lambda q, y: leaky(q, y, 0.3))},
    'leaky_relu_default': {'build': leaky},
    'prelu_one_slope': {'build': lambda p, x: prelu(p, x, 1)},
    'prelu_slope_a_channel': {'build': lambda p, x: hidden(p, x, lambda q, y: prelu(q, y, 4, 1, 1))},
    'sigmoid': {'build': sigmoid},
    'tanh': {'build': lambda p, x: p.node('Tanh', [x], torch.tanh)},
    'swish': {'build': swish},
    'batch_norm': {'build': lambda p, x: batch_norm(p, x, 3)},
    'batch_norm_momentum': {'build': batch_norm_as_trained},
    'batch_norm_after_conv': {'build': lambda p, x: batch_norm(p, conv(p, x, 3, 5, strides=(2, 1)), 5)},
    'batch_norm_before_conv': {'build': lambda p, x: conv(p, batch_norm(p, x, 3), 3, 4, pads=(1, 1, 1, 1))},
    'batch_norm_after_depthwise': {'build': lambda p, x: batch_norm(p, conv(p, x, 3, 3, bias=False, group=3), 3)},
    'batch_norm_relu': {'build': lambda p, x: hidden(p, x, lambda q, y: relu(q, batch_norm(q, y, 4)))},
    'batch_norm_after_relu': {'build': lambda p, x: hidden(p, x, lambda q, y: batch_norm(q, relu(q, y), 4))},
    'batch_norm_shared': {'build': normed_and_read},
    'batch_norm_opset_9': {'build': lambda p, x: batch_norm(p, conv(p, x, 3, 4), 4), 'opset': 9},
    'inverted_residual': {'build': mobile_block},
}
