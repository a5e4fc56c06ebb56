"""Cases of Conv and of the poolings: every way in which a window can lie on an image."""

import torch
import torch.nn.functional as F

INFINITY = float('inf')


def pad(x, pads, value=0.0):
    """pads in ONNX's order: top, left, bottom, right."""
    top, left, bottom, right = pads
    return F.pad(x, (left, right, top, bottom), value=value)


def conv(pair, x, channels, out, kernel=(3, 3), bias=True, pads=(0, 0, 0, 0), strides=(1, 1), dilations=(1, 1), group=1, name_pads=None):
    """name_pads: attributes that stand for pads in the file (auto_pad)."""
    inputs = [x, pair.weights(out, channels // group, *kernel)]
    if bias:
        inputs.append(pair.weights(out))
    attributes = {'pads': pads} if name_pads is None else name_pads
    return pair.node(
        'Conv',
        inputs,
        lambda v, w, b=None: F.conv2d(pad(v, pads), w, b, strides, 0, dilations, group),
        kernel_shape=kernel,
        strides=strides,
        dilations=dilations,
        group=group,
        **attributes,
    )


def conv_case(channels=3, out=4, height=7, width=5, **options):
    return {'build': lambda pair, x: conv(pair, x, channels, out, **options), 'shape': (1, channels, height, width)}


def same(mode):
    return {'name_pads': {'auto_pad': mode}}


def bare_conv(pair, x):
    return pair.node('Conv', [x, pair.weights(4, 3, 3, 3)], F.conv2d)


def max_pool(kernel, pads=(0, 0, 0, 0), strides=(1, 1), dilations=(1, 1), ceil=False, shift=0.0, named=None):
    """ceil: like PyTorch's ceil_mode, for symmetric pads. shift: added before, so that every value is negative."""

    def pool(v):
        if ceil:
            return F.max_pool2d(v, kernel, strides, pads[:2], dilations, ceil_mode=True)
        return F.max_pool2d(pad(v, pads, -INFINITY), kernel, strides, 0, dilations)

    def build(pair, x):
        if shift:
            x = pair.node('Add', [x, pair.uniform(shift, shift, 1)], torch.add)
        attributes = {'pads': pads} if named is None else named
        if ceil:
            attributes['ceil_mode'] = 1
        if dilations != (1, 1):
            attributes['dilations'] = dilations
        return pair.node('MaxPool', [x], pool, kernel_shape=kernel, strides=strides, **attributes)

    return {'build': build}


def average_pool(kernel, pads=(0, 0, 0, 0), strides=(1, 1), include=False, ceil=False, named=None, dilations=None):
    def pool(v):
        if dilations:
            channels = v.shape[1]
            ones = torch.ones(channels, 1, *kernel, dtype=v.dtype)
            total = F.conv2d(pad(v, pads), ones, None, strides, 0, dilations, channels)
            taps = F.conv2d(pad(torch.ones_like(v), pads, float(include)), ones, None, strides, 0, dilations, channels)
            return total / taps
        if ceil:
            return F.avg_pool2d(v, kernel, strides, pads[:2], ceil_mode=True, count_include_pad=include)
        mean = F.avg_pool2d(pad(v, pads), kernel, strides)
        return mean if include else mean / F.avg_pool2d(pad(torch.ones_like(v), pads), kernel, strides)

    def build(pair, x):
        attributes = {'pads': pads} if named is None else named
        if ceil:
            attributes['ceil_mode'] = 1
        if dilations:
            attributes['dilations'] = dilations
        return pair.node('AveragePool', [x], pool, kernel_shape=kernel, strides=strides, count_include_pad=int(include), **attributes)

    return {'build': build, 'opset': 19 if dilations else 17}


def conv_transpose(channels, out, kernel=(3, 3), strides=(1, 1), pads=(0, 0), extra=(0, 0), dilations=(1, 1), group=1, bias=True, named=None):
    """pads: of height and of width, before and after alike. named: attributes that stand for pads in the file."""

    def build(pair, x):
        inputs = [x, pair.weights(channels, out // group, *kernel)]
        if bias:
            inputs.append(pair.weights(out))
        given = {'pads': [*pads, *pads], 'output_padding': extra} if named is None else named

        def function(v, w, b=None):
            return F.conv_transpose2d(v, w, b, strides, pads, extra, group, dilations)

        return pair.node('ConvTranspose', inputs, function, strides=strides, dilations=dilations, group=group, **given)

    return {'build': build, 'shape': (1, channels, 4, 5)}


CASES = {
    'conv_transpose': conv_transpose(3, 4),
    'conv_transpose_1x1': conv_transpose(3, 4, kernel=(1, 1)),
    'conv_transpose_2x2_stride_2': conv_transpose(3, 2, kernel=(2, 2), strides=(2, 2)),
    'conv_transpose_padded': conv_transpose(3, 4, strides=(2, 3), pads=(1, 1), extra=(1, 2), bias=False),
    'conv_transpose_grouped': conv_transpose(4, 6, kernel=(3, 2), strides=(2, 1), group=2),
    'conv_transpose_depthwise': conv_transpose(4, 4, strides=(2, 2), pads=(1, 1), extra=(1, 1), group=4),
    'conv_transpose_dilated': conv_transpose(2, 3, pads=(2, 1), dilations=(2, 1)),
    'conv_transpose_same_upper': conv_transpose(
        2, 3, kernel=(4, 4), strides=(2, 2), pads=(1, 1), named={'auto_pad': 'SAME_UPPER'}
    ),
    'conv_transpose_output_shape_beyond': conv_transpose(
        2, 3, strides=(3, 2), extra=(1, 1), named={'output_shape': [13, 12]}
    ),
    'conv_transpose_output_shape': conv_transpose(
        2, 3, kernel=(4, 4), strides=(2, 2), pads=(1, 1), named={'output_shape': [8, 10]}
    ),
    'conv_1x1': conv_case(channels=5, out=9, kernel=(1, 1)),
    'conv_1x1_stride_2': conv_case(kernel=(1, 1), strides=(2, 2)),
    'conv_3x3': conv_case(pads=(1, 1, 1, 1)),
    'conv_without_bias': conv_case(bias=False),
    'conv_bare': {'build': bare_conv},
    'conv_tensorflow_same': conv_case(height=8, width=6, pads=(0, 0, 1, 1), strides=(2, 2)),
    'conv_four_pads': conv_case(pads=(1, 0, 2, 3)),
    'conv_wide_pads': conv_case(kernel=(1, 1), pads=(2, 3, 3, 2)),
    'conv_7x7_stride_2': conv_case(height=9, width=11, kernel=(7, 7), pads=(3, 3, 3, 3), strides=(2, 2)),
    'conv_5x2_stride_1x3': conv_case(height=8, width=9, kernel=(5, 2), pads=(2, 0, 2, 1), strides=(1, 3)),
    'conv_stride_beyond_kernel': conv_case(height=9, width=8, kernel=(2, 1), strides=(3, 2)),
    'conv_dilated': conv_case(pads=(2, 2, 2, 2), dilations=(2, 2)),
    'conv_dilated_strided': conv_case(height=9, width=9, pads=(2, 1, 2, 1), strides=(2, 2), dilations=(2, 1)),
    'conv_grouped': conv_case(channels=4, out=6, pads=(1, 1, 1, 1), group=2),
    'conv_grouped_strided': conv_case(channels=9, out=6, pads=(1, 0, 0, 1), strides=(2, 1), group=3),
    'conv_depthwise': conv_case(channels=5, out=5, pads=(1, 1, 1, 1), group=5),
    'conv_depthwise_5x5_stride_2': conv_case(channels=17, out=17, height=6, kernel=(5, 5), pads=(1, 2, 2, 2), strides=(2, 2), group=17),
    'conv_depthwise_dilated': conv_case(channels=4, out=4, pads=(2, 2, 2, 2), dilations=(2, 2), group=4),
    'conv_depthwise_multiplier': conv_case(channels=3, out=6, pads=(1, 1, 1, 1), group=3),
    'conv_same_upper': conv_case(height=8, pads=(0, 1, 1, 1), strides=(2, 2), **same('SAME_UPPER')),
    'conv_same_lower': conv_case(height=8, pads=(1, 1, 0, 1), strides=(2, 2), **same('SAME_LOWER')),
    'conv_valid': conv_case(**same('VALID')),
    'conv_one_pixel': conv_case(channels=1, height=1, width=1, pads=(1, 1, 1, 1)),
    'max_pool': max_pool((2, 2), strides=(2, 2)),
    'max_pool_overlapping': max_pool((3, 3), pads=(1, 1, 1, 1), strides=(2, 2)),
    'max_pool_negative': max_pool((3, 2), pads=(1, 1, 1, 0), strides=(1, 1), shift=-9.0),
    'max_pool_asymmetric': max_pool((3, 3), pads=(0, 1, 2, 0), strides=(2, 2)),
    'max_pool_ceil': max_pool((2, 2), strides=(2, 2), ceil=True),
    'max_pool_ceil_padded': max_pool((4, 4), pads=(1, 1, 1, 1), strides=(2, 2), ceil=True),
    'max_pool_dilated': max_pool((2, 2), dilations=(3, 2)),
    'max_pool_same_upper': max_pool((2, 2), pads=(0, 0, 1, 1), strides=(2, 2), named={'auto_pad': 'SAME_UPPER'}),
    'average_pool': average_pool((2, 2), strides=(2, 2)),
    'average_pool_counting_pads': average_pool((3, 3), pads=(1, 1, 1, 1), strides=(2, 2), include=True),
    'average_pool_not_counting_pads': average_pool((3, 3), pads=(1, 1, 1, 1), strides=(2, 2)),
    'average_pool_asymmetric': average_pool((3, 2), pads=(2, 0, 1, 1), strides=(2, 1)),
    'average_pool_asymmetric_counting': average_pool((3, 2), pads=(2, 0, 1, 1), strides=(2, 1), include=True),
    'average_pool_ceil': average_pool((2, 2), strides=(2, 2), ceil=True),
    'average_pool_ceil_counting': average_pool((4, 4), pads=(1, 1, 1, 1), strides=(2, 2), include=True, ceil=True),
    'average_pool_dilated': average_pool((2, 2), pads=(1, 0, 0, 1), dilations=(3, 2)),
    'average_pool_dilated_counting': average_pool((2, 2), pads=(1, 0, 0, 1), dilations=(3, 2), include=True),
    'average_pool_valid': average_pool((3, 2), strides=(2, 2), named={'auto_pad': 'VALID'}),
    'average_pool_same_upper_counting': average_pool(
        (3, 3), pads=(1, 1, 1, 1), strides=(2, 2), include=True, named={'auto_pad': 'SAME_UPPER'}
    ),
    'max_pool_storage_order': max_pool((2, 2), strides=(2, 2), named={'storage_order': 1}),
    'max_pool_same_lower': max_pool((2, 2), pads=(1, 1, 0, 0), strides=(2, 2), named={'auto_pad': 'SAME_LOWER'}),
    'max_pool_valid': max_pool((3, 3), strides=(2, 2), named={'auto_pad': 'VALID'}),
    'average_pool_same_lower': average_pool((2, 2), pads=(1, 1, 0, 0), strides=(2, 2), named={'auto_pad': 'SAME_LOWER'}),
}
