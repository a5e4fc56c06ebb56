"""Cases of values of any rank: reshapes and transposes of them, and element-wise operators that spread over their axes."""

import torch
import torch.nn.functional as F

from activations import clip, leaky, prelu, relu
from steps import (
    beside,
    binary,
    case,
    chain,
    channels_first,
    channels_last,
    concat,
    exp,
    flatten,
    gelu,
    linear,
    pointwise,
    reshape,
    row,
    signal,
    slices,
    softmax,
    squeeze,
    step,
    straight,
    tokens,
    transpose,
    unary,
    unsqueeze,
    volume,
)
from windows import conv


def made(channels):
    return step(pointwise, channels)


def shaped(*shape, **attributes):
    return step(reshape, *shape, **attributes)


def moved(*perm):
    return step(transpose, *perm)


def times(*shape):
    """Times a constant, so that elements in the wrong place show."""
    return step(beside, 'Mul', *shape)


def shuffle(group):
    """Between two convolutions, the channels of groups are put in turns."""

    def build(pair, x):
        y = conv(pair, x, 3, 6, pads=(1, 1, 1, 1))
        y = reshape(pair, y, 1, group, 6 // group, 4, 6)
        y = reshape(pair, transpose(pair, y, 0, 2, 1, 3, 4), 1, 6, 4, 6)
        return conv(pair, y, 6, 4, group=2)

    return case(build)


def windows(pair, x, size=2, channels=4, height=4, width=6):
    """[1, H, W, C] to [windows, size * size, C]."""
    y = reshape(pair, x, 1, height // size, size, width // size, size, channels)
    return reshape(pair, transpose(pair, y, 0, 1, 3, 2, 4, 5), -1, size * size, channels)


def unwindowed(pair, x, size=2, channels=4, height=4, width=6):
    y = reshape(pair, x, 1, height // size, width // size, size, size, channels)
    return reshape(pair, transpose(pair, y, 0, 1, 3, 2, 4, 5), 1, height, width, channels)


def partition(pair, x):
    y = windows(pair, channels_last(pair, pointwise(pair, x, 4)))
    return row(pair, beside(pair, y, 'Mul', 4, 4))


def partition_and_back(pair, x):
    y = windows(pair, channels_last(pair, pointwise(pair, x, 4)))
    y = unwindowed(pair, linear(pair, beside(pair, y, 'Add', 4, 4), 4, 4))
    return conv(pair, channels_first(pair, y), 4, 3)


def signal_and_back(pair, x):
    y = linear(pair, tokens(pair, x), 5, 7)
    return conv(pair, reshape(pair, transpose(pair, y, 0, 2, 1), 1, 7, 4, 6), 7, 2)


def flat_at(axis, base=made(5), inputs=24):
    """What Flatten made, times a matrix."""

    def build(pair, x):
        y = flatten(pair, base(pair, x), axis)
        return row(pair, binary(pair, 'MatMul', y, pair.weights(2, inputs).T.copy()))

    return case(build)


def rank_1(pair, x):
    """[72]"""
    return reshape(pair, exp(pair, x), -1)


def constant_beside(base, op, *shape, first=False):
    """A value that is divided by, or a base of powers, is made positive."""

    def build(pair, x):
        y = exp(pair, base(pair, x)) if (op, first) in (('Div', True), ('Pow', False)) else base(pair, x)
        return row(pair, beside(pair, y, op, *shape, first=first))

    return case(build)


def values(op, left, right):
    def build(pair, x):
        operands = [make(pair, x) for make in (left, right)]
        positive = {'Div': 1, 'Pow': 0}.get(op)
        if positive is not None:
            operands[positive] = exp(pair, operands[positive])
        return row(pair, binary(pair, op, *operands))

    return case(build)


def mean_over(*axes, keep=1, base=tokens):
    """A mean of base, for an operand that spreads."""

    def build(pair, x):
        y = base(pair, x)
        return pair.node('ReduceMean', [y], lambda v: v.mean(axes, keepdim=bool(keep)), axes=axes, keepdims=keep)

    return build


def many(op, combine):
    """Three operands of ranks 3, 1 and 3, the last in another order of memory."""

    def build(pair, x):
        operands = [tokens(pair, x), pair.uniform(-0.5, 0.5, 5), straight(pair, x)]
        return pair.node(op, operands, lambda *v: combine(torch.stack(torch.broadcast_tensors(*v))))

    return case(build)


def where(base, shape, other, swap=False):
    def build(pair, x):
        condition = pair.constant(pair.random.uniform(0, 1, shape) < 0.5)
        choices = [base(pair, x), other(pair, x)]
        return row(pair, pair.node('Where', [condition, *(choices[::-1] if swap else choices)], torch.where))

    return case(build)


def numbers(*shape):
    """A constant in the place of a value."""
    return lambda pair, _: pair.constant(pair.weights(1, *shape)[0])


def unit(base, activation, after=None):
    """A unit between two linear layers: the rule changes what passes between them."""

    def build(pair, x):
        y = activation(pair, base(pair, x))
        return after(pair, y) if after else y

    return case(build)


def after_transpose(pair, x):
    y = relu(pair, channels_last(pair, conv(pair, x, 3, 4, pads=(1, 1, 1, 1))))
    return conv(pair, channels_first(pair, beside(pair, y, 'Mul', 4)), 4, 3)


def inner(function, op, **attributes):
    return lambda pair, x: unary(pair, x, op, function, **attributes)


def swapped(pair, x):
    """[1, 24, 5], the elements of straight() after two transposes."""
    return transpose(pair, reshape(pair, transpose(pair, straight(pair, x), 0, 2, 1), 1, 5, 24), 0, 2, 1)


def concatenated_and_split(pair, x):
    """Two orders of memory side by side."""
    return concat(pair, [straight(pair, x), tokens(pair, x)], 2)


def seen_twice(view, activation=relu):
    """A value and a view of it, each with a unit of its own: neither may change what the other reads."""

    def build(pair, x):
        y = pointwise(pair, x, 5)
        left = reshape(pair, activation(pair, view(pair, y)), 1, -1)
        right = reshape(pair, activation(pair, beside(pair, y, 'Sub', 5, 1, 1)), 1, -1)
        return binary(pair, 'Add', binary(pair, 'Mul', left, right), reshape(pair, conv(pair, y, 5, 5, pads=(1, 1, 1, 1)), 1, -1))

    return case(build)


def perceptron_of_tokens(pair, x):
    """A residual block with a unit of the ReLU family, as some transformers have it."""
    y = tokens(pair, x)
    return binary(pair, 'Add', y, linear(pair, relu(pair, linear(pair, y, 5, 7)), 7, 5))


def plus_transpose(pair, x):
    """A matrix and its own transpose, of one memory."""
    y = binary(pair, 'MatMul', transpose(pair, straight(pair, x), 0, 2, 1), tokens(pair, x))
    return binary(pair, 'Mul', binary(pair, 'Add', y, transpose(pair, y, 0, 2, 1)), y)


RESHAPES = {
    'reshape_to_signal': chain(made(5), shaped(1, 5, 24), times(24)),
    'reshape_to_tokens': chain(tokens, times(24, 1)),
    'reshape_tokens_and_back': case(signal_and_back),
    'reshape_channel_shuffle': shuffle(2),
    'reshape_windows': case(partition),
    'reshape_windows_and_back': case(partition_and_back),
    'reshape_splits_channels': chain(made(6), shaped(1, 2, 3, 4, 6), times(3, 1, 6)),
    'reshape_splits_and_merges': chain(volume, times(3, 1, 1), shaped(1, 2, 12, 6), times(12, 1)),
    'reshape_merges_channels_and_rows': chain(made(5), shaped(1, 20, 6), times(20, 1)),
    'reshape_across_axes': chain(made(5), shaped(1, 8, 15), times(8, 1)),
    'reshape_across_pixels': chain(made(5), shaped(1, 5, 8, 3), step(conv, 5, 4)),
    'reshape_zero': chain(made(5), shaped(0, 0, -1), times(5, 1)),
    'reshape_zero_in_the_middle': chain(made(6), shaped(-1, 3, 0, 6), shaped(1, 2, 0, 18), times(18)),
    'reshape_minus_one_first': chain(made(5), shaped(-1, 6), times(6), row),
    'reshape_twice': chain(made(6), shaped(1, 6, 24), shaped(1, 3, 48), shaped(1, 6, 4, 6), step(conv, 6, 3)),
    'reshape_drops_the_batch': chain(made(5), shaped(5, 4, 6), times(5, 1, 1), shaped(20, 6), times(20, 1), row),
    'reshape_moves_the_batch': chain(made(5), shaped(5, 1, 4, 6), times(5, 1, 1, 1), shaped(1, 5, 4, 6), step(conv, 5, 3)),
    'reshape_to_one_dimension': chain(made(5), shaped(-1), times(120), row),
    'reshape_to_six': chain(made(4), shaped(1, 2, 2, 2, 2, 6), times(2, 1, 2, 1, 6), shaped(1, 4, 24)),
    'reshape_to_eight': chain(
        *(made(4), shaped(1, 2, 2, 2, 2, 2, 3, 1), moved(0, 3, 1, 5, 2, 4, 7, 6), times(2, 1, 2, 1, 1, 3)),
        *(step(softmax, 5), moved(7, 6, 5, 4, 3, 2, 1, 0), shaped(1, 4, 24)),
    ),
    'reshape_vector_to_image': chain(step(flatten), shaped(1, 3, 4, 6), step(conv, 3, 4)),
    'reshape_vector_to_tokens': chain(step(flatten), shaped(1, 24, 3), times(24, 3)),
    'reshape_image_opset_11': chain(made(5), shaped(0, 5, 24), moved(0, 2, 1), opset=11),
    'reshape_of_channels_of_a_slice': chain(made(6), step(slices, [1], [5], [1]), shaped(1, 2, 48), times(2, 1)),
    'reshape_of_rows_of_a_slice': chain(made(5), step(slices, [1, 0], [4, 5], [2, 3], [1, 2]), shaped(1, 5, 9), times(9)),
    'reshape_of_a_transpose': chain(made(5), channels_last, shaped(1, 24, 5), times(5)),
    'reshape_of_transposed_pixels': chain(made(5), moved(0, 1, 3, 2), shaped(1, 5, 24), times(24)),
    'reshape_after_pixels_moved': chain(made(5), moved(0, 3, 1, 2), shaped(1, 6, 20), times(20)),
    'reshape_seen_twice': seen_twice(shaped(1, 5, 24)),
    'transpose_seen_twice': seen_twice(channels_last),
    'transpose_of_reshape_seen_twice': seen_twice(lambda p, y: transpose(p, reshape(p, y, 1, 5, 24), 0, 2, 1)),
    'unsqueeze_seen_twice': seen_twice(step(unsqueeze, 0)),
    'transpose_plus_itself': case(plus_transpose),
    'flatten_axis_0': flat_at(0, inputs=120),
    'flatten_axis_2': flat_at(2),
    'flatten_axis_3': flat_at(3, inputs=6),
    'flatten_axis_minus_1': flat_at(-1, inputs=6),
    'flatten_axis_4': flat_at(4, inputs=1),
    'flatten_rank_3': chain(tokens, step(flatten)),
    'flatten_rank_3_axis_2': flat_at(2, tokens, 5),
    'flatten_rank_5_axis_3': flat_at(3, volume),
    'flatten_rank_1': chain(rank_1, step(flatten, 0), times(72)),
    'flatten_of_channels_last': chain(made(5), channels_last, step(flatten, 1)),
    'squeeze_axis_0': chain(made(5), step(squeeze, 0), times(5, 4, 6), step(unsqueeze, 0)),
    'squeeze_all': chain(step(conv, 3, 4, kernel=(4, 6)), step(squeeze), times(4), row),
    'squeeze_first_and_last': chain(step(conv, 3, 4, kernel=(4, 6)), step(squeeze, 0, -1), times(4, 1), row),
    'squeeze_height': chain(step(conv, 3, 5, kernel=(4, 1)), step(squeeze, 2), moved(0, 2, 1), times(6, 1)),
    'squeeze_opset_11': chain(step(conv, 3, 5, kernel=(4, 1)), step(squeeze, 2), times(6), opset=11),
    'squeeze_no_axes_opset_11': chain(step(conv, 3, 5, kernel=(4, 1)), step(squeeze), times(6), row, opset=11),
    'unsqueeze_image': chain(made(5), step(unsqueeze, 2), times(5, 1, 4, 6)),
    'unsqueeze_to_six': chain(made(5), step(unsqueeze, 0, -1), times(5, 4, 6, 1), shaped(1, 5, 24)),
    'unsqueeze_tokens': chain(tokens, step(unsqueeze, 1), step(conv, 1, 2)),
    'unsqueeze_tokens_last': chain(tokens, step(unsqueeze, -1), times(5, 1)),
    'unsqueeze_vector': chain(step(flatten), step(unsqueeze, 1), times(72)),
    'unsqueeze_rank_1': chain(rank_1, step(unsqueeze, 0, 2), times(72, 1)),
    'unsqueeze_opset_11': chain(tokens, step(unsqueeze, 1, 4), times(24, 5, 1), opset=11),
    'transpose_tokens': chain(tokens, times(24, 1), moved(0, 2, 1), times(5, 1)),
    'transpose_signal': chain(signal, moved(0, 2, 1), times(24, 1)),
    'transpose_signal_batch': chain(signal, moved(1, 0, 2), times(3, 1, 1), row),
    'transpose_signal_reversed': chain(signal, moved(), times(24, 1, 1), row),
    'transpose_image_batch': chain(made(5), moved(1, 0, 2, 3), times(5, 1, 1, 6), row),
    'transpose_image_pixels_first': chain(made(5), moved(2, 3, 0, 1), times(4, 1, 1, 5), row),
    'transpose_image_reversed': chain(made(5), moved(), times(6, 1, 1, 1), row),
    'transpose_rank_2': chain(step(flatten), moved(), times(72, 1), moved(1, 0)),
    'transpose_rank_5': chain(volume, moved(0, 2, 1, 3, 4), times(3, 1, 1, 6)),
    'transpose_rank_5_channels_last': chain(volume, moved(0, 2, 3, 4, 1), times(6, 2)),
    'transpose_rank_5_batch': chain(volume, moved(2, 0, 3, 1, 4), times(3, 1, 4, 1, 1), row),
    'transpose_rank_5_reversed': chain(volume, moved(), times(6, 1, 1, 1, 1), row),
    'transpose_rank_6': chain(made(4), shaped(1, 4, 2, 2, 3, 2), moved(0, 2, 4, 3, 5, 1), times(3, 1, 2, 4), shaped(6, 4, 4), row),
    'transpose_rank_6_batch': chain(made(4), shaped(1, 4, 2, 2, 3, 2), moved(3, 5, 0, 1, 2, 4), times(2, 1, 4, 1, 3), row),
    'transpose_twice': chain(volume, moved(0, 3, 1, 4, 2), moved(0, 4, 2, 1, 3), times(4, 1), shaped(1, -1)),
}

SPREADING = {
    'add_tokens_vector': constant_beside(tokens, 'Add', 5),
    'add_tokens_positions': constant_beside(tokens, 'Add', 1, 24, 5),
    'add_tokens_column_first': constant_beside(tokens, 'Add', 24, 1, first=True),
    'add_tokens_spreads_value': constant_beside(mean_over(1), 'Add', 1, 24, 1),
    'add_tokens_raises_rank': constant_beside(tokens, 'Add', 2, 1, 1, 1),
    'sub_volume_plane': constant_beside(volume, 'Sub', 3, 1, 6),
    'mul_volume_channels': constant_beside(volume, 'Mul', 2, 1, 1, 1),
    'mul_rank_1': constant_beside(rank_1, 'Mul', 72),
    'mul_rank_1_raises_rank': constant_beside(rank_1, 'Mul', 2, 1),
    'div_tokens_vector_first': constant_beside(tokens, 'Div', 5, first=True),
    'pow_tokens_vector': constant_beside(tokens, 'Pow', 5),
    'pow_rank_1_number': constant_beside(rank_1, 'Pow', 1),
    'pow_volume_number_first': constant_beside(volume, 'Pow', first=True),
    'max_tokens_vector': constant_beside(tokens, 'Max', 5),
    'add_orders_of_memory': values('Add', tokens, straight),
    'mul_orders_of_memory': values('Mul', tokens, straight),
    'div_orders_of_memory': values('Div', straight, tokens),
    'max_orders_of_memory': values('Max', swapped, tokens),
    'add_images_in_two_orders': values('Add', step(pointwise, 3), lambda p, x: transpose(p, reshape(p, x, 1, 4, 6, 3), 0, 3, 1, 2)),
    'mul_channels_last_by_first': values('Mul', channels_last, lambda p, x: reshape(p, pointwise(p, x, 3), 1, 4, 6, 3)),
    'add_value_of_rank_1': values('Add', tokens, mean_over(0, 1, keep=0)),
    'mul_value_of_rank_1_first': values('Mul', mean_over(0, 1, keep=0), straight),
    'sub_value_of_rank_2': values('Sub', tokens, mean_over(1, keep=0)),
    'mul_gate_of_tokens': values('Mul', tokens, mean_over(1)),
    'div_gate_of_positions': values('Div', straight, mean_over(2)),
    'add_outer': values('Add', mean_over(1), mean_over(2)),
    'mul_outer_of_ranks': values('Mul', mean_over(2, 3, base=step(pointwise, 4)), mean_over(0, 1, keep=0)),
    'pow_outer': values('Pow', mean_over(2), mean_over(1)),
    'sub_image_of_rank_3': values('Sub', step(pointwise, 3), lambda p, x: squeeze(p, x, 0)),
    'add_volume_value_of_rank_4': values('Add', volume, mean_over(2, 3, base=step(pointwise, 3))),
    'mul_volume_gate': values('Mul', volume, mean_over(2, 3, 4, base=volume)),
    'min_volume_value_of_rank_1': values('Min', volume, mean_over(0, 1, 2, keep=0, base=step(pointwise, 3))),
    'mean_rank_1_values': values('Mean', rank_1, lambda p, x: reshape(p, transpose(p, x, 0, 2, 3, 1), 72)),
    'sum_three_ranks': many('Sum', lambda v: v.sum(0)),
    'mean_three_ranks': many('Mean', lambda v: v.mean(0)),
    'max_three_ranks': many('Max', lambda v: v.amax(0)),
    'min_three_ranks': many('Min', lambda v: v.amin(0)),
    'where_tokens': where(tokens, (24, 1), straight),
    'where_tokens_vector': where(tokens, (5,), numbers(24, 5), swap=True),
    'where_tokens_spreads_value': where(tokens, (24, 5), mean_over(1)),
    'where_volume': where(volume, (3, 1, 6), mean_over(0, 1, 2, keep=0, base=step(pointwise, 3))),
    'where_rank_1': where(rank_1, (72,), numbers()),
    'concat_orders_of_memory': case(concatenated_and_split),
    'prelu_tokens_vector': unit(tokens, lambda p, x: prelu(p, x, 5)),
    'prelu_tokens_column': unit(tokens, lambda p, x: prelu(p, x, 24, 1)),
    'prelu_tokens_everything': unit(tokens, lambda p, x: prelu(p, x, 1, 24, 5)),
    'prelu_signal_channels': unit(signal, lambda p, x: prelu(p, x, 3, 1)),
    'relu_tokens': unit(tokens, relu, step(linear, 5, 4)),
    'relu_residual_tokens': case(perceptron_of_tokens),
    'relu_volume': unit(volume, relu),
    'relu_after_transpose': case(after_transpose),
    'clip_tokens': unit(tokens, lambda p, x: clip(p, x, -0.5, 0.75), step(linear, 5, 4)),
    'leaky_relu_tokens': unit(tokens, lambda p, x: leaky(p, x, 0.2), step(linear, 5, 4)),
    'gelu_tokens': {**unit(tokens, inner(F.gelu, 'Gelu'), step(linear, 5, 4)), 'opset': 20},
    'gelu_tokens_by_erf': unit(tokens, gelu, step(linear, 5, 4)),
    'sigmoid_volume': unit(volume, inner(torch.sigmoid, 'Sigmoid')),
    'hard_swish_tokens': unit(tokens, inner(F.hardswish, 'HardSwish')),
    'tanh_rank_1': unit(rank_1, inner(torch.tanh, 'Tanh'), row),
}

CASES = {**RESHAPES, **SPREADING}
