"""Cases of operators that only move elements: slices, splits, paddings, blocks, transposes, dimensions of 1."""

import numpy
import torch
import torch.nn.functional as F

from windows import conv

FAR = numpy.iinfo(numpy.int64).max


def ints(*values):
    return numpy.array(values, numpy.int64)


def slices(starts, ends, axes, steps=None, opset=13, function=None):
    def build(pair, x):
        y = conv(pair, x, 3, 4, kernel=(1, 1))
        if opset < 10:
            return pair.node('Slice', [y], function, starts=starts, ends=ends, axes=axes)
        inputs = [ints(*part) for part in (starts, ends, axes, steps) if part is not None]
        return pair.node('Slice', [y, *inputs], lambda v, *_: function(v))

    return {'build': build, 'opset': opset}


def split(axis, sizes, opset=13, order=None, **attributes):
    """The parts, put together again in another order; order: which of them are read."""

    def build(pair, x):
        y = conv(pair, x, 3, 4, kernel=(1, 1))
        inputs = [y]
        if sizes and opset >= 13:
            inputs.append(ints(*sizes))
        elif sizes:
            attributes['split'] = sizes
        count = attributes.get('num_outputs', len(sizes or [0, 0]))
        dims = torch.zeros(1, 4, 7, 5).size(axis)
        parts = sizes or [min(-(-dims // count), dims - k * -(-dims // count)) for k in range(count)]
        made = pair.node('Split', inputs, lambda v, *_: v, outputs=count, axis=axis, **attributes)
        outputs = [made.replace('.0', f'.{k}') for k in range(count)]
        # One step of the program is one output: each part is a function of what was split.
        pair.program.pop()
        for k, name in enumerate(outputs):
            pair.program.append((lambda v, k=k: torch.split(v, parts, axis)[k], [y], name, None))
        read = [outputs[k] for k in (order or range(count - 1, -1, -1))]
        return pair.node('Concat', read, lambda *v: torch.cat(v, axis), axis=axis)

    return {'build': build, 'opset': opset}


def pad(mode, pads, torch_function, axes=None, value=None, opset=18):
    def build(pair, x):
        inputs = [x, ints(*pads)]
        if value is not None or axes is not None:
            inputs.append(None if value is None else numpy.float32(value))
        if axes is not None:
            inputs.append(ints(*axes))
        return pair.node('Pad', inputs, lambda v, *_: torch_function(v), mode=mode)

    return {'build': build, 'opset': opset}


def wrapped(v):
    return F.pad(v, (1, 2, 2, 1), mode='circular')


def blocks(op, function, channels, height, width, **attributes):
    return {
        'build': lambda pair, x: pair.node(op, [x], function, **attributes),
        'shape': (1, channels, height, width),
    }


def depth_to_space(b):
    def function(v):
        n, c, h, w = v.shape
        y = v.reshape(n, b, b, c // (b * b), h, w)
        return y.permute(0, 3, 4, 1, 5, 2).reshape(n, c // (b * b), h * b, w * b)

    return function


def space_to_depth(b):
    def function(v):
        n, c, h, w = v.shape
        y = v.reshape(n, c, h // b, b, w // b, b)
        return y.permute(0, 3, 5, 1, 2, 4).reshape(n, c * b * b, h // b, w // b)

    return function


def transpose(*order):
    return {'build': lambda pair, x: pair.node('Transpose', [x], lambda v: v.permute(order), perm=order)}


def there_and_back(pair, x):
    """As a Keras or ConvNeXt graph has it: channels last for a while."""
    y = pair.node('Transpose', [x], lambda v: v.permute(0, 2, 3, 1), perm=[0, 2, 3, 1])
    y = pair.node('Mul', [y, pair.uniform(0.5, 2, 3)], torch.mul)
    return pair.node('Transpose', [y], lambda v: v.permute(0, 3, 1, 2), perm=[0, 3, 1, 2])


def excited(opset):
    """Squeeze to a vector, a dense layer, Unsqueeze to a gate."""

    def axes(pair, op, x, function):
        if opset >= 13:
            return pair.node(op, [x, ints(2, -1)], lambda v, _: function(v))
        return pair.node(op, [x], function, axes=[2, 3])

    def build(pair, x):
        y = pair.node('GlobalAveragePool', [x], lambda v: v.mean((2, 3), keepdim=True))
        y = axes(pair, 'Squeeze', y, lambda v: v[:, :, 0, 0])
        y = pair.node('Gemm', [y, pair.weights(3, 3), pair.weights(3)], lambda v, w, b: F.linear(v, w, b), transB=1)
        y = axes(pair, 'Unsqueeze', y, lambda v: v[:, :, None, None])
        return pair.node('Mul', [x, y], torch.mul)

    return {'build': build, 'opset': opset}


def column_and_back(pair, x):
    """[1, C, H, W] to [1, H] and to [1, 1, H, 1]."""
    y = pair.node('ReduceMean', [x], lambda v: v.mean((1, 3), keepdim=True), axes=[1, 3])
    y = pair.node('Squeeze', [y, ints(1, 3)], lambda v, _: v[:, 0, :, 0])
    y = pair.node('Softmax', [y], lambda v: v.softmax(1), axis=1)
    y = pair.node('Unsqueeze', [y, ints(1, 3)], lambda v, _: v[:, None, :, None])
    return pair.node('Mul', [y, x], torch.mul)


def flat_then_shifted(pair, x):
    """What follows Flatten has other channels than the convolution before it, which must not take it over."""
    y = pair.node('Flatten', [conv(pair, x, 3, 1)], lambda v: v.flatten(1))
    y = pair.node('Add', [y, pair.weights(15)], torch.add)
    return pair.node('Mul', [y, pair.uniform(0.5, 2, 15)], torch.mul)


def unsqueezed_then_scaled(pair, x):
    y = conv(pair, x, 3, 4, kernel=(7, 5))
    y = pair.node('Squeeze', [y, ints(2, 3)], lambda v, _: v[:, :, 0, 0])
    y = pair.node('Unsqueeze', [y, ints(1, 2)], lambda v, _: v[:, None, None])
    return pair.node('Mul', [y, pair.uniform(0.5, 2, 4)], torch.mul)


CASES = {
    'flatten_then_vector': {'build': flat_then_shifted},
    'unsqueeze_then_row': {'build': unsqueezed_then_scaled},
    'slice_channels': slices([1], [3], [1], function=lambda v: v[:, 1:3]),
    'slice_pixels': slices([1, -4], [-1, FAR], [2, 3], function=lambda v: v[:, :, 1:-1, -4:]),
    'slice_steps': slices([0, 1], [FAR, FAR], [2, 3], [2, 3], function=lambda v: v[:, :, ::2, 1::3]),
    'slice_backwards': slices([-1], [-FAR], [3], [-1], function=lambda v: v.flip(3)),
    'slice_whole_batch': slices([0, 0], [FAR, 2], [0, 1], function=lambda v: v[:, :2]),
    'slice_attributes': slices([0, 1], [3, 100], [1, 2], opset=9, function=lambda v: v[:, :3, 1:]),
    'split_channels': split(1, [1, 3]),
    'split_equal': split(1, None),
    'split_rows': split(2, [2, 4, 1]),
    'split_attribute': split(-1, [2, 3], opset=11),
    'split_number': split(3, None, opset=18, num_outputs=3),
    'split_unread': split(1, [2, 1, 1], order=[2, 0]),
    'pad_reflect': pad('reflect', [0, 0, 2, 1, 0, 0, 1, 3], lambda v: F.pad(v, (1, 3, 2, 1), mode='reflect')),
    'pad_edge': pad('edge', [0, 0, 2, 1, 0, 0, 1, 3], lambda v: F.pad(v, (1, 3, 2, 1), mode='replicate')),
    'pad_wrap': pad('wrap', [0, 0, 2, 1, 0, 0, 1, 2], wrapped, opset=19),
    'pad_axes': pad('constant', [1, 0, 2, 1], lambda v: F.pad(v, (1, 2, 0, 1), value=0.5), axes=[-1, 2], value=0.5),
    'pad_channels': pad('constant', [0, 1, 0, 0, 0, 2, 0, 0], lambda v: F.pad(v, (0, 0, 0, 0, 1, 2), value=-1.0), value=-1.0),
    'pad_cropping': pad('constant', [0, 0, -1, 2, 0, 0, 1, -2], lambda v: F.pad(v, (2, -2, -1, 1))),
    'depth_to_space': blocks('DepthToSpace', depth_to_space(2), 8, 3, 2, blocksize=2),
    'depth_to_space_crd': blocks('DepthToSpace', lambda v: F.pixel_shuffle(v, 3), 18, 2, 1, blocksize=3, mode='CRD'),
    'space_to_depth': blocks('SpaceToDepth', space_to_depth(2), 3, 4, 6, blocksize=2),
    'transpose_image': transpose(0, 1, 3, 2),
    'transpose_to_channels_last': transpose(0, 2, 3, 1),
    'transpose_all': transpose(0, 3, 1, 2),
    'transpose_nothing': transpose(0, 1, 2, 3),
    'transpose_there_and_back': {'build': there_and_back},
    'squeeze_unsqueeze': excited(13),
    'squeeze_unsqueeze_opset_11': excited(11),
    'squeeze_column': {'build': column_and_back},
}
