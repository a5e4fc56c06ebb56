"""Cases of Resize and LpPool: PyTorch's interpolate where it has the mode, else plain indices."""

import numpy
import torch
import torch.nn.functional as F

from windows import pad


def resize(function, scales=None, sizes=None, opset=13, **attributes):
    def build(pair, x):
        if opset < 11:
            inputs = [x, numpy.array(scales, numpy.float32)]
        else:
            inputs = [x, None, None if sizes else numpy.array(scales, numpy.float32)]
            if sizes:
                inputs.append(numpy.array(sizes, numpy.int64))
        return pair.node('Resize', inputs, lambda v, *_: function(v), **attributes)

    return {'build': build, 'opset': opset, 'shape': (1, 2, 5, 4)}


def interpolate(mode, size, align=None):
    return lambda v: F.interpolate(v, size, mode=mode, align_corners=align)


def picked(rows, cols):
    return lambda v: v[:, :, rows][:, :, :, cols]


def asymmetric_linear(v):
    """Twice as many rows and columns, the last of which has nothing behind it."""

    def along(v, axis):
        behind = torch.cat([v.narrow(axis, 1, v.size(axis) - 1), v.narrow(axis, v.size(axis) - 1, 1)], axis)
        return torch.stack([v, (v + behind) / 2], axis + 1).flatten(axis, axis + 1)

    return along(along(v, 2), 3)


def smoothed(mode, size):
    return lambda v: F.interpolate(v, size, mode=mode, antialias=True)


def smoothed_with_border(mode):
    """Half as many columns, those outside being as the border is."""

    def function(v):
        wide = F.pad(v, (8, 8, 0, 0), mode='replicate')
        return F.interpolate(wide, (v.size(2), wide.size(3) // 2), mode=mode, antialias=True)[:, :, :, 4:-4]

    return function


def cubic_of_inside(v):
    """Twice as many rows and columns, without weights for what lies outside."""
    above, below = (
        F.interpolate(F.pad(part, (3, 3, 3, 3)), scale_factor=2, mode='bicubic')[:, :, 6:-6, 6:-6] for part in (v, torch.ones_like(v))
    )
    return above / below


SMOOTH = {'antialias': 1, 'opset': 18}
CUBIC = {'mode': 'cubic', 'cubic_coeff_a': -0.5}


def lp_pool(p, kernel, strides=(1, 1), pads=(0, 0, 0, 0), dilations=(1, 1), named=None, **attributes):
    def pool(v):
        y = pad(v.abs().pow(p), pads)
        weights = torch.ones(v.size(1), 1, *kernel, dtype=v.dtype)
        return F.conv2d(y, weights, None, strides, 0, dilations, v.size(1)).pow(1 / p)

    def build(pair, x):
        given = {'pads': pads} if named is None else dict(named)
        if p != 2:
            given['p'] = p
        if dilations != (1, 1):
            given['dilations'] = dilations
        return pair.node('LpPool', [x], pool, kernel_shape=kernel, strides=strides, **given, **attributes)

    return {'build': build, 'opset': 18}


TWICE = [1, 1, 2, 2]

CASES = {
    'resize_nearest': resize(interpolate('nearest', (10, 8)), TWICE, coordinate_transformation_mode='asymmetric', nearest_mode='floor'),
    'resize_nearest_default': resize(picked([0, 0, 1, 1, 2, 2, 3, 3, 4, 4], [0, 0, 1, 1, 2, 2, 3, 3]), TWICE),
    'resize_nearest_opset_10': resize(interpolate('nearest', (10, 12)), [1, 1, 2, 3], opset=10),
    'resize_nearest_smaller': resize(picked([0, 1, 2, 3, 4], [1, 2, 3]), sizes=[1, 2, 5, 3], nearest_mode='ceil'),
    'resize_linear': resize(interpolate('bilinear', (10, 8), False), TWICE, mode='linear'),
    'resize_linear_pytorch': resize(
        interpolate('bilinear', (7, 9), False), sizes=[1, 2, 7, 9], mode='linear', coordinate_transformation_mode='pytorch_half_pixel'
    ),
    'resize_linear_corners': resize(
        interpolate('bilinear', (9, 7), True), sizes=[1, 2, 9, 7], mode='linear', coordinate_transformation_mode='align_corners'
    ),
    'resize_linear_asymmetric': resize(asymmetric_linear, TWICE, mode='linear', coordinate_transformation_mode='asymmetric'),
    'resize_linear_axes': resize(interpolate('bilinear', (5, 10), False), [2.5], opset=18, mode='linear', axes=[3]),
    'resize_cubic': resize(interpolate('bicubic', (8, 7), False), sizes=[1, 2, 8, 7], mode='cubic'),
    'resize_cubic_corners': resize(
        interpolate('bicubic', (10, 8), True), TWICE, mode='cubic', coordinate_transformation_mode='align_corners'
    ),
    'resize_cubic_inside': resize(cubic_of_inside, TWICE, mode='cubic', exclude_outside=1),
    'resize_linear_antialias': resize(smoothed('bilinear', (2, 3)), sizes=[1, 2, 2, 3], mode='linear', exclude_outside=1, **SMOOTH),
    'resize_cubic_antialias': resize(smoothed('bicubic', (3, 2)), sizes=[1, 2, 3, 2], exclude_outside=1, **CUBIC, **SMOOTH),
    'resize_linear_antialias_border': resize(smoothed_with_border('bilinear'), [0.5], axes=[3], mode='linear', **SMOOTH),
    'resize_cubic_antialias_border': resize(smoothed_with_border('bicubic'), [0.5], axes=[3], **CUBIC, **SMOOTH),
    'resize_linear_antialias_larger': resize(interpolate('bilinear', (10, 8), False), TWICE, mode='linear', **SMOOTH),
    'lp_pool': lp_pool(2, (3, 2), (2, 1)),
    'lp_pool_3_padded': lp_pool(3, (3, 3), (2, 2), (1, 1, 1, 1)),
    'lp_pool_1_dilated': lp_pool(1, (2, 2), dilations=(2, 3)),
    'lp_pool_same': lp_pool(2, (2, 2), (2, 2), (0, 0, 1, 1), named={'auto_pad': 'SAME_UPPER'}),
}
