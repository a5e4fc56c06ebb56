"""Cases of windows on [N, C, L] and on values that are not an image's order, of resizing and sampling, and of images with channels last."""

import numpy
import torch
import torch.nn.functional as F

from activations import relu
from normalisations import batch_norm
from steps import (
    SMALL,
    beside,
    binary,
    case,
    chain,
    channels_first,
    channels_last,
    ints,
    layer_norm,
    linear,
    pointwise,
    reshape,
    row,
    signal,
    squeeze,
    step,
    tokens,
    transpose,
    unsqueeze,
    volume,
)
from windows import conv

LINE = (1, 3, 1, 20)
LAST = (1, 4, 6, 3)


def line(pair, x):
    """[1, 3, 20] of an image of one row."""
    return squeeze(pair, x, 2)


def conv_1d(pair, x, out, channels=3, kernel=3, stride=1, pads=(0, 0), dilation=1, group=1, bias=True, **named):
    inputs = [x, pair.weights(out, channels // group, kernel)] + ([pair.weights(1, out)[0]] if bias else [])

    def function(v, w, b=None):
        return F.conv1d(F.pad(v, pads), w, b, stride, 0, dilation, group)

    attributes = named or {'pads': pads}
    return pair.node('Conv', inputs, function, kernel_shape=[kernel], strides=[stride], dilations=[dilation], group=group, **attributes)


def bare_conv_1d(pair, x):
    return pair.node('Conv', [x, pair.weights(4, 3, 3)], F.conv1d)


def conv_transpose_1d(pair, x, out, channels=3, kernel=3, stride=1, pads=(0, 0), more=0, dilation=1, group=1):
    inputs = [x, pair.weights(channels, out // group, kernel), pair.weights(1, out)[0]]

    def function(v, w, b):
        y = F.conv_transpose1d(v, w, None, stride, 0, more, group, dilation)
        return y[:, :, pads[0] : y.shape[2] - pads[1]] + b[:, None]

    return pair.node(
        'ConvTranspose',
        inputs,
        function,
        kernel_shape=[kernel],
        strides=[stride],
        pads=pads,
        output_padding=[more],
        dilations=[dilation],
        group=group,
    )


def max_pool(pair, x, kernel, stride=1, pads=(0, 0), dilation=1, **named):
    def function(v):
        return F.max_pool1d(F.pad(v, pads, value=-torch.inf), kernel, stride, 0, dilation)

    return pair.node('MaxPool', [x], function, kernel_shape=[kernel], strides=[stride], pads=pads, dilations=[dilation], **named)


def max_pool_ceil(pair, x):
    return pair.node('MaxPool', [x], lambda v: F.max_pool1d(v, 3, 2, ceil_mode=True), kernel_shape=[3], strides=[2], ceil_mode=1)


def average_pool(pair, x, kernel, stride=1, pad=0, include=False):
    def function(v):
        return F.avg_pool1d(v, kernel, stride, pad, count_include_pad=include)

    attributes = {'count_include_pad': 1} if include else {}
    return pair.node('AveragePool', [x], function, kernel_shape=[kernel], strides=[stride], pads=[pad, pad], **attributes)


def global_pool(op, function):
    return lambda pair, x: pair.node(op, [x], function)


def residual_line(pair, x):
    """A 1-D residual block: batch-norm behind each convolution."""
    y = conv_1d(pair, line(pair, x), 4, pads=(1, 1))
    z = relu(pair, batch_norm(4)(pair, y))
    z = batch_norm(4)(pair, conv_1d(pair, z, 4, 4, pads=(1, 1)))
    return relu(pair, binary(pair, 'Add', z, y))


def conv_of_tokens(pair, x):
    """Depthwise convolution inside a transformer: tokens to an image and back."""
    y = linear(pair, tokens(pair, x), 5, 6)
    y = reshape(pair, transpose(pair, y, 0, 2, 1), 1, 6, 4, 6)
    y = conv(pair, y, 6, 6, pads=(1, 1, 1, 1), group=6)
    return linear(pair, transpose(pair, reshape(pair, y, 1, 6, 24), 0, 2, 1), 6, 2)


def conv_1d_of_tokens(pair, x):
    """Over tokens, as channels of a line."""
    return conv_1d(pair, tokens(pair, x), 4, 24, kernel=2)


def channel_attention(pair, x):
    """ECA: a convolution of one dimension over the means of the channels."""
    y = pointwise(pair, x, 6)
    mean = pair.node('GlobalAveragePool', [y], lambda v: v.mean((2, 3), keepdim=True))
    mean = transpose(pair, squeeze(pair, mean, -1), 0, 2, 1)
    weights = conv_1d(pair, mean, 1, 1, pads=(1, 1), bias=False)
    weights = pair.node('Sigmoid', [unsqueeze(pair, transpose(pair, weights, 0, 2, 1), -1)], torch.sigmoid)
    return binary(pair, 'Mul', y, weights)


def resize(mode, scale=None, size=None, **attributes):
    """Of [1, 3, 20]."""

    def function(v, *_):
        if mode == 'nearest':
            return F.interpolate(v, size, scale, 'nearest')
        return F.interpolate(v, size, scale, 'linear', align_corners=attributes['coordinate_transformation_mode'] == 'align_corners')

    def build(pair, x):
        y = conv_1d(pair, line(pair, x), 3)
        inputs = [y, None, numpy.array([1, 1, scale], numpy.float32)] if scale else [y, None, None, ints(1, 3, size)]
        return pair.node('Resize', inputs, function, mode=mode, **attributes)

    return case(build, LINE)


def resize_channels_last(pair, x):
    """Of pixels of [N, H, W, C], as TensorFlow's graphs say it."""
    y = channels_last(pair, pointwise(pair, x, 3))
    scales = numpy.array([1, 2, 2, 1], numpy.float32)

    def function(v, _):
        return F.interpolate(v.permute(0, 3, 1, 2), scale_factor=2, mode='nearest').permute(0, 2, 3, 1)

    attributes = {'mode': 'nearest', 'coordinate_transformation_mode': 'asymmetric', 'nearest_mode': 'floor'}
    return pair.node('Resize', [y, None, scales], function, **attributes)


def grid_sample(mode='bilinear', padding='zeros', corners=0, opset=16):
    """A grid of 3 x 5 points, some of them outside."""

    def build(pair, x):
        names = {'linear': 'bilinear', 'cubic': 'bicubic'}
        grid = pair.uniform(-1.4, 1.4, 1, 3, 5, 2)

        def function(v, g):
            return F.grid_sample(v, g, names.get(mode, mode), padding, bool(corners))

        y = pointwise(pair, x, 2)
        return pair.node('GridSample', [y, grid], function, mode=mode, padding_mode=padding, align_corners=corners)

    return case(build, opset=opset)


def last_to_first(pair, x):
    return conv(pair, channels_first(pair, x), 3, 4)


def last_normalised(pair, x):
    """What a Keras graph begins with: a scale and a shift a channel, then the transpose."""
    y = beside(pair, beside(pair, x, 'Mul', 3), 'Add', 3)
    return conv(pair, channels_first(pair, y), 3, 4)


CASES = {
    'conv_1d': chain(line, step(conv_1d, 4), shape=LINE),
    'conv_1d_bare': chain(line, bare_conv_1d, shape=LINE),
    'conv_1d_strided': chain(line, step(conv_1d, 4, kernel=5, stride=3, pads=(1, 2)), shape=LINE),
    'conv_1d_dilated': chain(line, step(conv_1d, 4, dilation=2, pads=(2, 2)), shape=LINE),
    'conv_1d_one_element': chain(signal, step(conv_1d, 5, kernel=1)),
    'conv_1d_grouped': chain(step(signal, channels=4), step(conv_1d, 6, 4, group=2)),
    'conv_1d_depthwise': chain(signal, step(conv_1d, 3, group=3, pads=(2, 0), bias=False)),
    'conv_1d_same_upper': chain(line, step(conv_1d, 4, kernel=4, pads=(1, 2), auto_pad='SAME_UPPER'), shape=LINE),
    'conv_1d_after_transpose': chain(tokens, step(transpose, 0, 2, 1), step(conv_1d, 4, 5)),
    'conv_1d_of_tokens': case(conv_1d_of_tokens),
    'conv_1d_residual': case(residual_line, LINE),
    'conv_1d_channel_attention': case(channel_attention),
    'conv_transpose_1d': chain(line, step(conv_transpose_1d, 4), shape=LINE),
    'conv_transpose_1d_strided': chain(line, step(conv_transpose_1d, 2, stride=2, pads=(1, 0), more=1), shape=LINE),
    'conv_transpose_1d_grouped': chain(signal, step(conv_transpose_1d, 3, group=3, dilation=2)),
    'max_pool_1d': chain(line, step(max_pool, 3, 2), shape=LINE),
    'max_pool_1d_padded': chain(line, step(conv_1d, 4), step(max_pool, 4, 2, (1, 2)), shape=LINE),
    'max_pool_1d_dilated': chain(line, step(max_pool, 3, 1, dilation=2), shape=LINE),
    'max_pool_1d_ceil': chain(line, max_pool_ceil, shape=LINE),
    'average_pool_1d': chain(line, step(average_pool, 4, 2), shape=LINE),
    'average_pool_1d_padded': chain(line, step(average_pool, 3, 2, 1), shape=LINE),
    'average_pool_1d_counting': chain(line, step(average_pool, 3, 2, 1, include=True), shape=LINE),
    'average_pool_1d_of_tokens': chain(tokens, step(average_pool, 5, 2)),
    'global_average_pool_1d': chain(step(signal, channels=5), global_pool('GlobalAveragePool', lambda v: v.mean(2, keepdim=True))),
    'global_max_pool_1d': chain(step(signal, channels=5), global_pool('GlobalMaxPool', lambda v: v.amax(2, keepdim=True))),
    'global_average_pool_volume': chain(volume, global_pool('GlobalAveragePool', lambda v: v.mean((2, 3, 4), keepdim=True))),
    'conv_after_transpose': chain(step(transpose, 0, 1, 3, 2), step(conv, 3, 4)),
    'conv_of_rows_as_channels': chain(step(transpose, 0, 2, 3, 1), step(conv, 4, 3, kernel=(3, 2))),
    'conv_of_tokens': case(conv_of_tokens),
    'max_pool_after_transpose': chain(
        step(transpose, 0, 1, 3, 2), lambda p, x: p.node('MaxPool', [x], lambda v: F.max_pool2d(v, 2, 1), kernel_shape=[2, 2])
    ),
    'resize_1d_nearest': resize('nearest', 2, coordinate_transformation_mode='asymmetric', nearest_mode='floor'),
    'resize_1d_linear': resize('linear', 2, coordinate_transformation_mode='half_pixel'),
    'resize_1d_linear_corners': resize('linear', size=31, coordinate_transformation_mode='align_corners'),
    'resize_1d_smaller': resize('linear', size=7, coordinate_transformation_mode='half_pixel'),
    'resize_channels_last': case(resize_channels_last),
    'grid_sample': grid_sample(),
    'grid_sample_corners': grid_sample(corners=1),
    'grid_sample_border': grid_sample(padding='border'),
    'grid_sample_reflection_corners': grid_sample(padding='reflection', corners=1),
    'grid_sample_nearest': grid_sample('nearest'),
    'grid_sample_bicubic': grid_sample('bicubic'),
    'grid_sample_bicubic_border_corners': grid_sample('bicubic', 'border', 1),
    'grid_sample_opset_20': grid_sample('linear', opset=20),
    'grid_sample_cubic_opset_20': grid_sample('cubic', 'reflection', opset=20),
    'input_channels_last': chain(last_to_first, shape=LAST),
    'input_channels_last_scaled': chain(last_normalised, shape=LAST),
    'input_channels_last_normalised': chain(step(layer_norm, 3), shape=LAST),
    'input_channels_last_linear': chain(step(linear, 3, 5), shape=LAST),
    'input_channels_last_reshaped': chain(step(reshape, 1, 24, 3), step(linear, 3, 5), step(beside, 'Mul', 24, 5), shape=LAST),
    'input_mean_of_pixels': chain(step(reshape, 3, 24), step(beside, 'Mul', 24), row, shape=SMALL),
}
