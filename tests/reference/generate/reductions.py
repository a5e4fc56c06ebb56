"""Cases of reductions, and of normalisations that divide by one."""

import numpy
import torch
import torch.nn.functional as F

FUNCTIONS = {
    'ReduceMean': torch.mean,
    'ReduceSum': torch.sum,
    'ReduceMax': torch.amax,
    'ReduceMin': torch.amin,
    'ReduceL1': lambda v, axes, keepdim: v.abs().sum(axes, keepdim),
    'ReduceL2': lambda v, axes, keepdim: v.square().sum(axes, keepdim).sqrt(),
    'ReduceSumSquare': lambda v, axes, keepdim: v.square().sum(axes, keepdim),
    'ReduceLogSumExp': torch.logsumexp,
}


def reduce(op, axes, keep=None, opset=13, shape=(1, 3, 7, 5)):
    """Axes as an input where the opset has them there: 13 for ReduceSum, 18 for the others."""

    def build(pair, x):
        inputs, attributes = [x], {}
        if opset >= (13 if op == 'ReduceSum' else 18):
            inputs.append(numpy.array(axes, numpy.int64))
        else:
            attributes['axes'] = axes
        if keep is not None:
            attributes['keepdims'] = keep
        return pair.node(op, inputs, lambda v, *_: FUNCTIONS[op](v, tuple(axes), keepdim=keep != 0), **attributes)

    return {'build': build, 'opset': opset, 'shape': shape}


def nothing(pair, x):
    return pair.node('ReduceSum', [x], lambda v: v, noop_with_empty_axes=1)


def pool(op, function, **attributes):
    return {'build': lambda pair, x: pair.node(op, [x], function, **attributes)}


def lp_pool(p):
    return lambda v: v.abs().pow(p).sum((2, 3), keepdim=True).pow(1 / p)


def lp_normalization(axis, p):
    return lambda v: v / v.norm(p, axis, keepdim=True)


def lrn(size, alpha=1e-4, beta=0.75, bias=1.0):
    before, after = (size - 1) // 2, size // 2

    def function(v):
        padded = F.pad(v.square(), (0, 0, 0, 0, before, after))
        total = sum(padded[:, k : k + v.shape[1]] for k in range(size))
        return v / (bias + alpha / size * total).pow(beta)

    return function


def instance_norm(pair, x, **attributes):
    inputs = [x, pair.uniform(0.5, 2, 3), pair.weights(3)]
    return pair.node(
        'InstanceNormalization',
        inputs,
        lambda v, scale, shift: F.instance_norm(v, weight=scale, bias=shift, eps=attributes.get('epsilon', 1e-5)),
        **attributes,
    )


NEIGHBOURS = {'shape': (1, 7, 3, 4)}

CASES = {
    'reduce_mean_channels': reduce('ReduceMean', [1], 1),
    'reduce_mean_rows': reduce('ReduceMean', [-2]),
    'reduce_mean_image': reduce('ReduceMean', [1, 2, 3]),
    'reduce_mean_leaving_columns': reduce('ReduceMean', [1, 2], 0, opset=18),
    'reduce_mean_vector': reduce('ReduceMean', [1], 1, shape=(1, 7)),
    'reduce_sum': reduce('ReduceSum', [2, 3], 0),
    'reduce_sum_opset_11': reduce('ReduceSum', [-1], 1, opset=11),
    'reduce_sum_leaving_rows': reduce('ReduceSum', [-1, 1], 0),
    'reduce_sum_nothing': {'build': nothing},
    'reduce_max': reduce('ReduceMax', [2, 3], 0),
    'reduce_max_channels': reduce('ReduceMax', [1], 1, opset=18),
    'reduce_max_columns': reduce('ReduceMax', [3]),
    'reduce_min': reduce('ReduceMin', [-1, -2], 1),
    'reduce_min_vector': reduce('ReduceMin', [-1], 1, shape=(1, 9), opset=18),
    'reduce_l1': reduce('ReduceL1', [2, 3], 1),
    'reduce_l1_channels': reduce('ReduceL1', [1], 1, opset=18),
    'reduce_l2': reduce('ReduceL2', [2, 3], 0),
    'reduce_l2_channels': reduce('ReduceL2', [-3], 1, opset=18),
    'reduce_l2_vector': reduce('ReduceL2', [1], 1, shape=(1, 7)),
    'reduce_sum_square': reduce('ReduceSumSquare', [2], 1),
    'reduce_log_sum_exp': reduce('ReduceLogSumExp', [2, 3], 0),
    'reduce_log_sum_exp_channels': reduce('ReduceLogSumExp', [1], 1, opset=18),
    'global_max_pool': pool('GlobalMaxPool', lambda v: v.amax((2, 3), keepdim=True)),
    'global_lp_pool': pool('GlobalLpPool', lp_pool(2)),
    'global_lp_pool_1': pool('GlobalLpPool', lp_pool(1), p=1),
    'global_lp_pool_3': pool('GlobalLpPool', lp_pool(3), p=3),
    'lp_normalization': pool('LpNormalization', lp_normalization(-1, 2)),
    'lp_normalization_channels': pool('LpNormalization', lp_normalization(1, 2), axis=1, p=2),
    'lp_normalization_rows_1': pool('LpNormalization', lp_normalization(2, 1), axis=2, p=1),
    'lrn': {**pool('LRN', lrn(5), size=5), **NEIGHBOURS},
    'lrn_wide': {**pool('LRN', lrn(9, 0.5, 0.6, 2.0), size=9, alpha=0.5, beta=0.6, bias=2.0), **NEIGHBOURS},
    'lrn_strong': {**pool('LRN', lrn(3, 2.0, 1.5, 0.5), size=3, alpha=2.0, beta=1.5, bias=0.5), **NEIGHBOURS},
    'instance_normalization': {'build': instance_norm},
    'instance_normalization_epsilon': {'build': lambda p, x: instance_norm(p, x, epsilon=0.1)},
}
