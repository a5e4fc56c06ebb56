"""Cases of operators that pick, repeat and join elements of values of any rank."""

import numpy
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper

from activations import relu
from steps import (
    FAR,
    beside,
    binary,
    case,
    chain,
    channels_last,
    concat,
    gather,
    ints,
    linear,
    pointwise,
    reshape,
    row,
    signal,
    slices,
    split,
    squeeze,
    step,
    straight,
    tokens,
    transpose,
    unsqueeze,
    volume,
)
from windows import conv


def made(channels):
    return step(pointwise, channels)


def sliced(*arguments):
    return step(slices, *arguments)


def regrouped(base, axis, sizes, opset=17, as_input=True, order=None, **attributes):
    """The parts of a Split in another order; order: which of them are read."""

    def build(pair, x):
        parts = split(pair, base(pair, x), axis, sizes, as_input, **attributes)
        return row(pair, concat(pair, [parts[k] for k in (order or range(len(sizes) - 1, -1, -1))], axis))

    return case(build, opset=opset)


def halves(pair, x):
    """A gated linear unit: one half of the channels times the sigmoid of the other."""
    a, b = split(pair, tokens(pair, x, 10), -1, [5, 5], as_input=False)
    return binary(pair, 'Mul', a, pair.node('Sigmoid', [b], torch.sigmoid))


def by_attribute(pair, x):
    parts = split(pair, tokens(pair, x, 6), 2, [1, 2, 3], as_input=False, split=[1, 2, 3])
    return concat(pair, [parts[2], parts[0], parts[1]], 2)


def joined(axis, *bases):
    def build(pair, x):
        return row(pair, concat(pair, [base(pair, x) if callable(base) else pair.weights(1, *base)[0] for base in bases], axis))

    return case(build)


def class_token(pair, x):
    """A constant of [1, 1, 5], expanded to the batch, before the tokens."""
    token = pair.node('Expand', [pair.weights(1, 1, 5), ints(1, 1, 5)], lambda v, _: v)
    return binary(pair, 'Add', concat(pair, [token, tokens(pair, x)], 1), pair.weights(1, 25, 5))


def class_token_of_constant_of_shape(pair, x):
    """Expanded to a shape that is itself made of constants, as TorchScript writes expand(batch, -1, -1)."""
    ones = pair.node(
        'ConstantOfShape',
        [ints(3)],
        lambda _: torch.ones(3, dtype=torch.int64),
        value=helper.make_tensor('value', TensorProto.INT64, [1], [1]),
    )
    minus = pair.node('Mul', [ones, ints(-1)], torch.mul)
    wanted = ints(1, -1, -1)
    same = pair.node('Equal', [pair.constant(wanted), minus], torch.eq)
    shape = pair.node('Where', [same, ones, pair.constant(wanted)], torch.where)
    token = pair.node('Expand', [pair.weights(1, 1, 5), shape], lambda v, _: v)
    return concat(pair, [token, tokens(pair, x)], 1)


def expanded(pair, x, *shape):
    def function(v, _):
        return v * torch.ones(shape, dtype=v.dtype)

    return pair.node('Expand', [x, ints(*shape)], function)


def tiled(pair, x, *repeats):
    return pair.node('Tile', [x, ints(*repeats)], lambda v, r: v.repeat(r.tolist()))


def mean(*axes):
    return lambda pair, x: pair.node('ReduceMean', [x], lambda v: v.mean(axes, keepdim=True), axes=axes)


def gather_elements(pair, x, axis, *shape):
    """Random indices of that shape, every second counted from the end."""

    def build(size):
        indices = pair.random.integers(0, size, shape)
        indices.reshape(-1)[::2] -= size
        return indices

    size = {0: 1}.get(axis, shape[axis])
    indices = build(size)
    return pair.node('GatherElements', [x, indices], lambda v, i: v.gather(axis, i % size), axis=axis)


def gather_nd(pair, x, indices, batch_dims=0):
    chosen = numpy.array(indices, numpy.int64)

    def function(v, i):
        if batch_dims:
            return torch.stack([v[k][tuple(i[k].movedim(-1, 0))] for k in range(v.shape[0])])
        return v[tuple(i.movedim(-1, 0))]

    attributes = {'batch_dims': batch_dims} if batch_dims else {}
    return pair.node('GatherND', [x, chosen], function, **attributes)


def padded(pair, x, pads, mode='constant', value=None, axes=None):
    """pads: begins and then ends, as in the file."""

    def function(v, *_):
        rank = v.dim()
        begins, ends = [0] * rank, [0] * rank
        for k, axis in enumerate(range(rank) if axes is None else axes):
            begins[axis], ends[axis] = pads[k], pads[k + len(pads) // 2]
        if mode == 'constant':
            flat = [p for k in range(rank - 1, -1, -1) for p in (begins[k], ends[k])]
            return F.pad(v, flat, value=value or 0.0)
        for axis, size in enumerate(v.shape):
            places = numpy.pad(numpy.arange(size), (begins[axis], ends[axis]), mode)
            v = v.index_select(axis, torch.from_numpy(places))
        return v

    inputs = [x, ints(*pads)]
    if value is not None or axes is not None:
        inputs.append(None if value is None else numpy.float32(value))
    if axes is not None:
        inputs.append(ints(*axes))
    return pair.node('Pad', inputs, function, mode=mode)


def rolled(pair, x):
    """Shifts of [1, H, W, C] as PyTorch exports roll: slices that change places."""
    y = channels_last(pair, pointwise(pair, x, 5))
    for axis in (1, 2):
        y = concat(pair, [slices(pair, y, [1], [FAR], [axis]), slices(pair, y, [0], [1], [axis])], axis)
    return beside(pair, y, 'Mul', 4, 6, 5)


def patches_merged(pair, x):
    """Swin's: every second pixel, four times, side by side."""
    y = channels_last(pair, pointwise(pair, x, 3))
    parts = []
    for column in (0, 1):
        for line in (0, 1):
            part = slices(pair, y, [line], [FAR], [1], [2])
            parts.append(slices(pair, part, [column], [FAR], [2], [2]))
    y = reshape(pair, concat(pair, parts, -1), 1, 6, 12)
    return binary(pair, 'MatMul', y, pair.weights(12, 5))


def depth_to_rank_5(pair, x):
    y = conv(pair, x, 3, 8, kernel=(1, 1))
    y = pair.node('DepthToSpace', [y], lambda v: F.pixel_shuffle(v, 2), blocksize=2, mode='CRD')
    return beside(pair, reshape(pair, y, 1, 2, 4, 2, 12), 'Mul', 4, 1, 12)


def stacked(pair, x):
    """torch.stack: Unsqueeze and Concat, then a maximum over the new axis."""
    parts = [unsqueeze(pair, tokens(pair, x), 1) for _ in range(3)]
    y = concat(pair, parts, 1)
    return pair.node('ReduceMax', [y], lambda v: v.amax(1), axes=[1], keepdims=0)


def last_token(pair, x):
    return gather(pair, tokens(pair, x), -1, 1)


def first_token(pair, x):
    y = slices(pair, tokens(pair, x), [0], [1], [1])
    return squeeze(pair, y, 1)


def interleaved(pair, x):
    """Rotary positions: every second channel, negated, in the place of the other."""
    y = tokens(pair, x, 6)
    even, odd = (slices(pair, y, [k], [FAR], [2], [2]) for k in (0, 1))
    parts = [unsqueeze(pair, part, -1) for part in (pair.node('Neg', [odd], torch.neg), even)]
    turned = reshape(pair, concat(pair, parts, -1), 1, 24, 6)
    return binary(pair, 'Add', beside(pair, y, 'Mul', 24, 6), beside(pair, turned, 'Mul', 24, 6))


def parts_seen_twice(pair, x):
    """Units on parts of a value that is read whole too, and on what joins them again."""
    y = tokens(pair, x, 6)
    parts = [relu(pair, part) for part in split(pair, y, 2, [2, 4])]
    z = relu(pair, beside(pair, concat(pair, [y, *parts, y], 2), 'Sub', 18))
    return linear(pair, z, 18, 4)


def slice_seen_twice(pair, x):
    y = tokens(pair, x, 6)
    left = relu(pair, slices(pair, y, [1], [FAR], [1]))
    right = relu(pair, slices(pair, y, [0], [-1], [1]))
    first = relu(pair, beside(pair, gather(pair, y, 0, 1), 'Add', 6))
    return binary(pair, 'Sub', binary(pair, 'Mul', left, right), first)


SLICES = {
    'split_seen_twice': case(parts_seen_twice),
    'slice_seen_twice': case(slice_seen_twice),
    'slice_tokens': chain(tokens, sliced([1], [-3], [1])),
    'slice_tokens_steps': chain(tokens, sliced([1, 0], [FAR, FAR], [1, 2], [3, 2])),
    'slice_tokens_backwards': chain(tokens, sliced([-1, -2], [-FAR, 0], [1, 2], [-1, -2])),
    'slice_channels_last': chain(made(5), channels_last, sliced([1, 1], [3, FAR], [3, 1], [1, 2])),
    'slice_axis_0': chain(made(5), sliced([0, 1], [1, 3], [0, 1])),
    'slice_volume': chain(volume, sliced([1, 1, 0], [2, FAR, 6], [1, 2, 4], [1, 1, 4])),
    'slice_volume_backwards': chain(volume, sliced([-1, 2], [-FAR, -FAR], [3, 2], [-2, -1])),
    'slice_rank_1': chain(made(5), step(reshape, -1), sliced([100], [3], [0], [-7]), row),
    'slice_leading_axis': chain(made(5), step(squeeze, 0), sliced([1], [5], [0], [2]), row),
    'slice_patches_merged': case(patches_merged),
    'slice_rolled': case(rolled),
    'slice_first_token': case(first_token),
    'slice_interleaved': case(interleaved),
    'split_tokens': regrouped(tokens, 1, [10, 14]),
    'split_tokens_channels': regrouped(tokens, -1, [2, 3]),
    'split_gate': case(halves),
    'split_tokens_attribute': case(by_attribute, opset=11),
    'split_volume': regrouped(volume, 2, [1, 2]),
    'split_volume_number': regrouped(volume, 2, [2, 1], opset=18, as_input=False, num_outputs=2),
    'split_leading_axis': regrouped(lambda p, x: transpose(p, tokens(p, x), 2, 0, 1), 0, [2, 1, 2]),
    'split_axis_0_in_one': regrouped(tokens, 0, [1]),
}

GATHERS = {
    'gather_channel': chain(made(5), step(gather, 2, 1)),
    'gather_channels': chain(made(5), step(gather, [3, 0, -1, 0], 1)),
    'gather_channel_kept': chain(made(5), step(gather, [2], 1), step(conv, 1, 2)),
    'gather_rows': chain(made(5), step(gather, [3, 1, 1, -4, 0], 2)),
    'gather_columns_of_matrix': chain(made(5), step(gather, [[0, 5], [-1, 2]], 3)),
    'gather_batch': chain(made(5), step(gather, 0), row),
    'gather_batch_from_the_end': chain(tokens, step(gather, -1), row),
    'gather_class_token': chain(tokens, step(gather, 0, 1)),
    'gather_last_token': case(last_token),
    'gather_tokens': chain(tokens, step(gather, [23, 0, 5, 5, -2], 1)),
    'gather_token_channels': chain(straight, step(gather, [4, -4, 0], -1)),
    'gather_volume_frame': chain(volume, step(gather, 1, 2)),
    'gather_volume_pixels': chain(volume, step(gather, [[1, 0, 3]], 3)),
    'gather_rank_1': chain(made(5), step(reshape, -1), step(gather, [[7, 119], [-3, 7]], 0), row),
    'gather_leading_axis': chain(tokens, step(transpose, 1, 0, 2), step(gather, 3), row),
    'gather_elements_tokens': chain(tokens, step(gather_elements, 1, 1, 24, 5)),
    'gather_elements_fewer': chain(made(5), step(gather_elements, 2, 1, 3, 4, 5)),
    'gather_elements_image': chain(made(5), step(gather_elements, 1, 1, 5, 3, 6)),
    'gather_elements_batch': chain(tokens, step(gather_elements, 0, 2, 7, 5), row),
    'gather_nd_pixels': chain(made(5), step(gather_nd, [[[0, 1], [0, 4], [0, -2]]]), row),
    'gather_nd_tokens': chain(tokens, step(gather_nd, [[0, 3], [0, -1]]), row),
    'gather_nd_batch_dims': chain(tokens, step(gather_nd, [[[3], [17], [-1], [3]]], batch_dims=1)),
    'gather_nd_batch_dims_of_two': chain(made(5), step(gather_nd, [[[3, 1], [1, -1]]], batch_dims=1)),
    'expand_token': chain(tokens, mean(1), step(expanded, 1, 24, 5), step(beside, 'Mul', 24, 5)),
    'expand_both_ways': chain(tokens, mean(1), step(expanded, 1, 4, 1), step(beside, 'Mul', 4, 5)),
    'expand_raises_rank': chain(tokens, step(expanded, 2, 1, 24, 5), row),
    'expand_pixel': chain(made(5), mean(2, 3), step(expanded, 1, 5, 4, 6), step(conv, 5, 2)),
    'expand_rank_1': chain(tokens, step(gather, 3, 1), step(squeeze, 0), step(expanded, 3, 5), step(beside, 'Mul', 3, 5), row),
    'expand_volume': chain(volume, mean(2), step(expanded, 1, 2, 3, 4, 6), step(beside, 'Mul', 3, 4, 6)),
    'tile_tokens': chain(step(tokens, channels=3), step(tiled, 1, 2, 2)),
    'tile_image': chain(made(3), step(tiled, 1, 2, 1, 2), step(conv, 6, 2)),
    'tile_rank_1': chain(made(3), step(reshape, -1), step(tiled, 2), row),
    'tile_batch': chain(step(reshape, 1, 12, 6), step(tiled, 2, 1, 1), step(beside, 'Mul', 2, 12, 1), row),
    'concat_tokens': joined(1, tokens, straight),
    'concat_tokens_of_constants': joined(1, (1, 2, 5), tokens, (1, 1, 5)),
    'concat_token_channels': joined(-1, tokens, straight, (1, 24, 2)),
    'concat_volume': joined(2, volume, (1, 2, 1, 4, 6), volume),
    'concat_signals': joined(2, signal, signal),
    'concat_rank_1': joined(0, lambda p, x: reshape(p, x, -1), (3,)),
    'concat_batch': joined(0, step(tokens, channels=3), step(reshape, 1, 24, 3), (1, 24, 3)),
    'concat_class_token': case(class_token),
    'concat_class_token_torchscript': case(class_token_of_constant_of_shape),
    'concat_stacked': case(stacked),
    'pad_tokens': chain(tokens, step(padded, [0, 1, 0, 0, 2, 1])),
    'pad_tokens_reflect': chain(tokens, step(padded, [0, 2, 1, 0, 3, 4], 'reflect')),
    'pad_tokens_edge': chain(tokens, step(padded, [0, 1, 1, 0, 0, 2], 'edge')),
    'pad_signal_cropping': chain(signal, step(padded, [0, 1, -2, 0, 0, 3])),
    'pad_volume': chain(volume, step(padded, [0, 0, 1, 0, 2, 0, 1, 0, 1, 0], value=-0.5)),
    'pad_volume_axes': chain(volume, step(padded, [1, 2, 0, 1], axes=[2, 4]), opset=18),
    'pad_channels_last': chain(made(5), channels_last, step(padded, [0, 1, 0, 0, 0, 1, 2, 0])),
    'pad_batch_of_windows': chain(made(5), step(transpose, 1, 0, 2, 3), step(padded, [1, 0, 0, 0, 0, 0, 0, 1], value=1.0), row),
    'depth_to_space_then_rank_5': case(depth_to_rank_5),
}

CASES = {**SLICES, **GATHERS}
