"""Cases of normalisations on values of any rank: the operators, and what PyTorch wrote before there were any."""

import numpy
import torch
import torch.nn.functional as F

from steps import (
    beside,
    binary,
    case,
    chain,
    channels_first,
    channels_last,
    layer_norm,
    linear,
    patches,
    pointwise,
    reshape,
    signal,
    step,
    straight,
    tokens,
    transpose,
    volume,
)


def by_hand(pair, x, op, axes, function=torch.mean):
    """A reduction that keeps its axes."""
    return pair.node(op, [x], lambda v: function(v, axes, keepdim=True), axes=axes)


def layer_norm_by_hand(pair, x, axis=-1, scale_shape=(5,), divide='Div', axes_as_input=False):
    """As PyTorch writes it before opset 17."""

    def mean(y):
        if axes_as_input:
            return pair.node('ReduceMean', [y, numpy.array([axis])], lambda v, _: v.mean(axis, keepdim=True))
        return by_hand(pair, y, 'ReduceMean', [axis])

    centred = binary(pair, 'Sub', x, mean(x))
    variance = mean(binary(pair, 'Pow', centred, numpy.float32(2)))
    deviation = pair.node('Sqrt', [binary(pair, 'Add', variance, numpy.float32(1e-5))], torch.sqrt)
    if divide == 'Div':
        y = binary(pair, 'Div', centred, deviation)
    else:
        y = binary(pair, 'Mul', centred, pair.node('Reciprocal', [deviation], torch.reciprocal))
    y = binary(pair, 'Mul', y, pair.uniform(0.5, 2, *scale_shape))
    return binary(pair, 'Add', y, pair.weights(1, *scale_shape)[0])


def rms_norm_by_hand(pair, x, size=5):
    square = by_hand(pair, binary(pair, 'Pow', x, numpy.float32(2)), 'ReduceMean', [-1])
    deviation = pair.node('Sqrt', [binary(pair, 'Add', square, numpy.float32(1e-6))], torch.sqrt)
    y = binary(pair, 'Mul', x, pair.node('Reciprocal', [deviation], torch.reciprocal))
    return binary(pair, 'Mul', pair.uniform(0.5, 2, size), y)


def simple_norm(pair, x, size=5):
    """Of squares by a product with itself, as Llama's in some exports; divided by the norm."""
    op, function = ('ReduceSum', torch.sum) if pair.opset < 13 else ('ReduceMean', torch.mean)
    square = by_hand(pair, binary(pair, 'Mul', x, x), op, [-1], function)
    return binary(pair, 'Div', x, pair.node('Sqrt', [binary(pair, 'Add', square, numpy.float32(1e-6))], torch.sqrt))


def group_norm_by_hand(pair, x, channels=6, groups=2):
    """As PyTorch writes it before opset 18: InstanceNormalization of [1, groups, all], then a scale a channel."""
    y = reshape(pair, x, 0, groups, -1)
    ones, zeros = numpy.ones(groups, numpy.float32), numpy.zeros(groups, numpy.float32)
    y = instance_norm(pair, y, ones, zeros)
    y = reshape(pair, y, 1, channels, 4, 6)
    y = binary(pair, 'Mul', y, pair.uniform(0.5, 2, channels, 1, 1))
    return binary(pair, 'Add', y, pair.weights(1, channels, 1, 1)[0])


def group_norm(pair, x, channels=6, groups=2, **attributes):
    """A scale a group at opset 18, a channel from opset 21 on."""
    count = groups if pair.opset < 21 else channels
    inputs = [x, pair.uniform(0.5, 2, count), pair.weights(1, count)[0]]

    def function(v, scale, shift):
        by = channels // count
        scale, shift = (y.repeat_interleave(by) for y in (scale, shift))
        return F.group_norm(v, groups, scale, shift, attributes.get('epsilon', 1e-5))

    return pair.node('GroupNormalization', inputs, function, num_groups=groups, **attributes)


def instance_norm(pair, x, scale, shift, **attributes):
    def function(v, *parameters):
        return F.instance_norm(v, None, None, *parameters, eps=attributes.get('epsilon', 1e-5))

    return pair.node('InstanceNormalization', [x, scale, shift], function, **attributes)


def instance_norm_of(channels):
    return lambda pair, x: instance_norm(pair, x, pair.uniform(0.5, 2, channels), pair.weights(1, channels)[0])


def rms_norm(pair, x, *sizes, axis=-1, **attributes):
    def function(v, scale):
        return F.rms_norm(v, sizes, scale, attributes.get('epsilon', 1e-5))

    return pair.node('RMSNormalization', [x, pair.uniform(0.5, 2, *sizes)], function, axis=axis, **attributes)


def scale_alone(pair, x, channels=5):
    """LayerNormalization whose scale is one number, or spreads."""

    def function(v, scale):
        return F.layer_norm(v, (24, channels)) * scale

    return pair.node('LayerNormalization', [x, pair.uniform(0.5, 2, 24, 1)], function, axis=1)


def lp_norm(axis, p):
    return lambda pair, x: pair.node('LpNormalization', [x], lambda v: v / v.norm(p, axis, keepdim=True), axis=axis, p=p)


def batch_norm(channels):
    def build(pair, x):
        inputs = [x, *(pair.uniform(-1, 1, channels) for _ in range(3)), pair.uniform(0.2, 2, channels)]
        return pair.node(
            'BatchNormalization', inputs, lambda v, scale, bias, mean, variance: F.batch_norm(v, mean, variance, scale, bias, eps=1e-5)
        )

    return build


def pre_norm(pair, x):
    """Norm, linear layer, and the sum with what went in, twice: a transformer's skeleton."""
    for _ in range(2):
        x = binary(pair, 'Add', x, linear(pair, layer_norm(pair, x, 8), 8, 8))
    return layer_norm(pair, x, 8, epsilon=1e-6)


def there_and_back(pair, x):
    """ConvNeXt's LayerNorm2d: over the channels of [N, C, H, W]."""
    y = layer_norm(pair, channels_last(pair, pointwise(pair, x, 6)), 6, epsilon=1e-6)
    return pointwise(pair, channels_first(pair, y), 3, 6)


def norm_of_channels_by_hand(pair, x):
    """The same without a transpose."""
    return layer_norm_by_hand(pair, pointwise(pair, x, 6), axis=1, scale_shape=(6, 1, 1))


def made(channels):
    return step(pointwise, channels)


CASES = {
    'layer_norm': chain(tokens, step(layer_norm, 5)),
    'layer_norm_in_file_order': chain(straight, step(layer_norm, 5)),
    'layer_norm_without_bias': chain(tokens, step(layer_norm, 5, bias=False)),
    'layer_norm_epsilon': chain(tokens, step(layer_norm, 5, epsilon=0.1)),
    'layer_norm_positive_axis': chain(tokens, step(layer_norm, 5, axis=2)),
    'layer_norm_two_axes': chain(tokens, step(layer_norm, 24, 5, axis=1)),
    'layer_norm_scale_spreads': chain(tokens, scale_alone),
    'layer_norm_image': chain(made(5), step(layer_norm, 5, 4, 6, axis=1)),
    'layer_norm_image_without_bias': chain(made(5), step(layer_norm, 5, 4, 6, axis=-3, bias=False)),
    'layer_norm_pixels': chain(made(5), step(layer_norm, 4, 6, axis=2, epsilon=1e-3)),
    'layer_norm_rows': chain(made(5), step(layer_norm, 6)),
    'layer_norm_channels_last': case(there_and_back),
    'layer_norm_everything_last': chain(made(5), channels_last, step(layer_norm, 4, 6, 5, axis=1), seed=1),
    'layer_norm_rank_5': chain(volume, step(layer_norm, 4, 6, axis=-2)),
    'layer_norm_windows': chain(tokens, step(reshape, 4, 6, 5), step(layer_norm, 5), step(reshape, 1, -1)),
    'layer_norm_vector': chain(step(reshape, 1, 72), step(layer_norm, 72)),
    'layer_norm_twice': chain(patches, pre_norm),
    'layer_norm_before_linear': chain(tokens, step(layer_norm, 5), step(linear, 5, 4)),
    'layer_norm_by_hand': chain(tokens, layer_norm_by_hand),
    'layer_norm_by_hand_opset_11': chain(tokens, layer_norm_by_hand, opset=11),
    'layer_norm_by_hand_reciprocal': chain(tokens, step(layer_norm_by_hand, divide='Mul', axes_as_input=True), opset=18),
    'layer_norm_by_hand_channels': case(norm_of_channels_by_hand),
    'layer_norm_by_hand_columns': chain(tokens, step(layer_norm_by_hand, axis=1, scale_shape=(24, 1))),
    'group_norm_opset_18': chain(made(6), group_norm, opset=18, check=False),
    'group_norm_opset_21': chain(made(6), group_norm, opset=21),
    'group_norm_each_channel': chain(made(6), step(group_norm, groups=6, epsilon=0.1), opset=21),
    'group_norm_one_group': chain(made(6), step(group_norm, groups=1), opset=21),
    'group_norm_signal': chain(step(signal, channels=6), step(group_norm, groups=3), opset=21),
    'group_norm_volume': chain(volume, step(reshape, 1, 6, 2, 3, 4), step(group_norm, groups=2), opset=21),
    'group_norm_after_transpose': chain(step(tokens, channels=6), step(transpose, 0, 2, 1), group_norm, opset=21),
    'group_norm_by_hand': chain(made(6), group_norm_by_hand),
    'group_norm_by_hand_each_channel': chain(made(6), step(group_norm_by_hand, groups=6)),
    'group_norm_by_hand_opset_11': chain(made(6), step(group_norm_by_hand, groups=3), opset=11),
    'rms_norm': chain(tokens, step(rms_norm, 5), opset=23),
    'rms_norm_epsilon': chain(tokens, step(rms_norm, 5, epsilon=0.1), opset=23),
    'rms_norm_two_axes': chain(tokens, step(rms_norm, 24, 5, axis=1), opset=23),
    'rms_norm_image': chain(made(5), step(rms_norm, 5, 4, 6, axis=1), opset=23),
    'rms_norm_by_hand': chain(tokens, rms_norm_by_hand),
    'rms_norm_by_hand_of_products': chain(tokens, simple_norm),
    'rms_norm_by_hand_of_a_sum': chain(tokens, simple_norm, step(beside, 'Mul', 5), opset=11),
    'instance_norm_signal': chain(step(signal, channels=5), instance_norm_of(5)),
    'instance_norm_volume': chain(volume, instance_norm_of(2)),
    'instance_norm_after_transpose': chain(tokens, step(transpose, 0, 2, 1), instance_norm_of(5)),
    'instance_norm_tokens': chain(tokens, instance_norm_of(24)),
    'lp_norm_tokens': chain(tokens, lp_norm(-1, 2)),
    'lp_norm_signal': chain(step(signal, channels=5), lp_norm(1, 2)),
    'lp_norm_tokens_1': chain(tokens, lp_norm(1, 1)),
    'lp_norm_volume': chain(volume, lp_norm(2, 2)),
    'batch_norm_signal': chain(step(signal, channels=5), batch_norm(5)),
    'batch_norm_volume': chain(volume, batch_norm(2)),
    'batch_norm_tokens': chain(tokens, step(transpose, 0, 2, 1), batch_norm(5), step(transpose, 0, 2, 1)),
    'batch_norm_vector': chain(step(reshape, 1, 72), batch_norm(72)),
}
