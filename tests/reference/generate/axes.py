"""Cases of reductions and softmaxes over any axes of values of any rank."""

import torch

from reductions import FUNCTIONS
from steps import (
    beside,
    binary,
    case,
    chain,
    channels_last,
    ints,
    linear,
    pointwise,
    reshape,
    row,
    signal,
    step,
    straight,
    tokens,
    transpose,
    volume,
)


def reduced(pair, x, op, axes=None, keep=None):
    """Axes are an input where the opset has them there: 13 for ReduceSum, 18 for the others. None: all axes."""
    inputs, attributes = [x], {}
    if axes is not None and pair.opset >= (13 if op == 'ReduceSum' else 18):
        inputs.append(ints(*axes))
    elif axes is not None:
        attributes['axes'] = axes
    if keep is not None:
        attributes['keepdims'] = keep

    def function(v, *_):
        return FUNCTIONS[op](v, tuple(range(v.dim()) if axes is None else axes), keepdim=keep != 0)

    return pair.node(op, inputs, function, **attributes)


def reduce(base, op, axes=None, keep=None, opset=17, **options):
    return chain(base, step(reduced, op, axes, keep), row, opset=opset, **options)


def scores(base, op, axes, keep=0, opset=17, after=None):
    """What is left is the logits."""

    def build(pair, x):
        y = reduced(pair, base(pair, x), op, axes, keep)
        return after(pair, y) if after else y

    return case(build, opset=opset, tail=False)


def average_tokens(pair, x):
    """The head of a transformer without a class token."""
    return reduced(pair, tokens(pair, x), 'ReduceMean', [1], 0)


def centred(pair, x):
    """A value minus its own mean, over every axis and over the first alone."""
    y = tokens(pair, x)
    y = binary(pair, 'Sub', y, reduced(pair, y, 'ReduceMean', None, 1))
    return binary(pair, 'Mul', y, reduced(pair, y, 'ReduceSum', [0], 0))


def softmaxed(pair, x, op, axis=None):
    """Before opset 13 all axes from axis on are one."""
    function = torch.softmax if op == 'Softmax' else torch.log_softmax

    def flat(v):
        at = 1 if axis is None else axis % v.dim()
        return function(v.reshape(*v.shape[:at], -1), -1).view_as(v)

    attributes = {} if axis is None else {'axis': axis}
    if pair.opset < 13:
        return pair.node(op, [x], flat, **attributes)
    return pair.node(op, [x], lambda v: function(v, -1 if axis is None else axis), **attributes)


def softmax(base, op='Softmax', axis=None, opset=17):
    return chain(base, step(softmaxed, op, axis), opset=opset)


def made(channels):
    return step(pointwise, channels)


def gate(pair, x):
    """A weight a token, and the sum of what is weighed: attention pooling."""
    y = tokens(pair, x)
    weights = softmaxed(pair, linear(pair, y, 5, 1, bias=False), 'Softmax', 1)
    return reduced(pair, binary(pair, 'Mul', y, weights), 'ReduceSum', [1], 0)


def split_attention(pair, x):
    """ResNeSt and SKNet: a softmax over two branches, then their sum."""
    y = reshape(pair, pointwise(pair, x, 6), 1, 2, 3, 4, 6)
    mean = reduced(pair, y, 'ReduceMean', [1, 3, 4], 0)
    weights = softmaxed(pair, reshape(pair, linear(pair, mean, 3, 6), 1, 2, 3, 1, 1), 'Softmax', 1)
    return reduced(pair, binary(pair, 'Mul', y, weights), 'ReduceSum', [1], 0)


CASES = {
    'reduce_mean_tokens': case(average_tokens),
    'reduce_mean_tokens_keeping': reduce(tokens, 'ReduceMean', [1], 1),
    'reduce_mean_of_each_token': reduce(tokens, 'ReduceMean', [-1]),
    'reduce_mean_all': reduce(tokens, 'ReduceMean'),
    'reduce_mean_all_dropping': reduce(tokens, 'ReduceMean', keep=0),
    'reduce_mean_axis_0': reduce(made(5), 'ReduceMean', [0], 0),
    'reduce_mean_batch_and_channels': reduce(made(5), 'ReduceMean', [0, 1], 0),
    'reduce_mean_batch_and_pixels': reduce(made(5), 'ReduceMean', [0, 2, 3], 1),
    'reduce_mean_channels_of_channels_last': chain(
        made(5), channels_last, step(reduced, 'ReduceMean', [3], 1), step(beside, 'Mul', 4, 6, 1)
    ),
    'reduce_mean_pixels_of_channels_last': chain(made(5), channels_last, step(reduced, 'ReduceMean', [1, 2], 0)),
    'reduce_mean_of_own': case(centred),
    'reduce_mean_volume': reduce(volume, 'ReduceMean', [2, 3, 4], 0),
    'reduce_mean_volume_frames': reduce(volume, 'ReduceMean', [2], 0),
    'reduce_mean_volume_outside_in': reduce(volume, 'ReduceMean', [4, 1], 1),
    'reduce_mean_volume_all_but_rows': reduce(volume, 'ReduceMean', [0, 1, 2, 4], 0, opset=18),
    'reduce_mean_axis_3_of_rank_4': reduce(made(5), 'ReduceMean', [3], 0),
    'reduce_sum_tokens': reduce(tokens, 'ReduceSum', [1], 0),
    'reduce_sum_volume': reduce(volume, 'ReduceSum', [-1, -4], 0),
    'reduce_sum_rank_1': chain(made(5), step(reshape, -1), step(reduced, 'ReduceSum', [0], 1), row),
    'reduce_sum_rank_2': chain(made(5), step(reshape, 24, 5), step(reduced, 'ReduceSum', [0], 1), row),
    'reduce_max_tokens': reduce(tokens, 'ReduceMax', [1], 0),
    'reduce_max_volume': reduce(volume, 'ReduceMax', [2], 0, opset=18),
    'reduce_max_all': reduce(straight, 'ReduceMax'),
    'reduce_min_signal': reduce(signal, 'ReduceMin', [2], 1),
    'reduce_l2_tokens': reduce(tokens, 'ReduceL2', [-1], 1),
    'reduce_l2_volume': reduce(volume, 'ReduceL2', [2, 4], 0, opset=18),
    'reduce_l2_all': reduce(tokens, 'ReduceL2', keep=0, opset=18),
    'reduce_sum_square_tokens': reduce(tokens, 'ReduceSumSquare', [1], 0),
    'reduce_log_sum_exp_tokens': reduce(tokens, 'ReduceLogSumExp', [1], 0),
    'reduce_log_sum_exp_volume': reduce(volume, 'ReduceLogSumExp', [1, 4], 1, opset=18),
    'reduce_to_scores': scores(made(5), 'ReduceMean', [2, 3]),
    'reduce_tokens_to_scores': scores(tokens, 'ReduceMean', [1]),
    'reduce_signal_to_scores': scores(signal, 'ReduceMax', [2]),
    'reduce_volume_to_scores': scores(volume, 'ReduceLogSumExp', [1, 3, 4]),
    'reduce_rows_to_scores': scores(made(5), 'ReduceSum', [1, 3]),
    'reduce_to_pixel_of_scores': scores(made(5), 'ReduceMean', [2, 3], 1),
    'reduce_to_scores_of_rank_1': scores(made(5), 'ReduceMean', [0, 2, 3]),
    'reduce_to_token_of_scores': scores(tokens, 'ReduceMean', [1], 1),
    'softmax_tokens': softmax(tokens, axis=-1),
    'softmax_tokens_default_axis': softmax(tokens),
    'softmax_over_tokens': softmax(tokens, axis=1),
    'softmax_over_tokens_in_file_order': softmax(straight, axis=1),
    'softmax_signal': softmax(signal, axis=2),
    'softmax_image_rows': softmax(made(5), axis=-2),
    'softmax_channels_last': chain(made(5), channels_last, step(softmaxed, 'Softmax', 3)),
    'softmax_volume': softmax(volume, axis=4),
    'softmax_volume_frames': softmax(volume, axis=2),
    'softmax_volume_channels': softmax(volume, axis=1),
    'softmax_rank_1': chain(made(5), step(reshape, -1), step(softmaxed, 'Softmax', 0), row),
    'softmax_matrix_columns': chain(made(5), step(reshape, 5, 24), step(softmaxed, 'Softmax', 0), row),
    'softmax_leading_axis': chain(made(5), step(transpose, 1, 0, 2, 3), step(softmaxed, 'Softmax', 0), row),
    'softmax_pools_tokens': case(gate),
    'softmax_of_branches': case(split_attention),
    'softmax_tokens_opset_11': softmax(tokens, axis=2, opset=11),
    'softmax_tokens_flattened_opset_11': softmax(tokens, axis=1, opset=11),
    'softmax_default_axis_opset_11': softmax(volume, opset=11),
    'softmax_image_axis_2_opset_11': softmax(made(5), axis=2, opset=11),
    'log_softmax_tokens': softmax(tokens, 'LogSoftmax', -1),
    'log_softmax_over_tokens': softmax(tokens, 'LogSoftmax', 1),
    'log_softmax_volume': softmax(volume, 'LogSoftmax', 3),
    'log_softmax_volume_channels': softmax(volume, 'LogSoftmax', 1),
    'log_softmax_tokens_opset_11': softmax(tokens, 'LogSoftmax', 2, opset=11),
}
