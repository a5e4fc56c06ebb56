"""Cases of attention: as frameworks write it in products and softmaxes, and as the operator of opset 23."""

import numpy
import torch

from activations import clip
from steps import (
    binary,
    case,
    channels_first,
    channels_last,
    concat,
    gather,
    ints,
    linear,
    patches,
    pointwise,
    reshape,
    row,
    slices,
    softmax,
    split,
    squeeze,
    transpose,
    unsqueeze,
)

TOKENS, CHANNELS, HEADS = 6, 8, 2
HEAD = CHANNELS // HEADS
SCALE = numpy.float32(HEAD**-0.5)


def of_one_layer(pair, x, taken):
    """q, k, v of [1, heads, tokens, 4], from one linear layer's [3, 1, heads, tokens, 4]."""
    y = reshape(pair, linear(pair, x, CHANNELS, 3 * CHANNELS), 1, TOKENS, 3, HEADS, HEAD)
    return taken(pair, transpose(pair, y, 2, 0, 3, 1, 4))


def gathered(pair, y):
    return [gather(pair, y, k) for k in range(3)]


def split_first(pair, y):
    return [squeeze(pair, part, 0) for part in split(pair, y, 0, [1, 1, 1])]


def sliced(pair, y):
    return [squeeze(pair, slices(pair, y, [k], [k + 1], [0]), 0) for k in range(3)]


def to_heads(pair, x, heads=HEADS):
    return transpose(pair, reshape(pair, x, 1, -1, heads, HEAD), 0, 2, 1, 3)


def from_heads(pair, x, tokens=TOKENS):
    """The heads side by side again, and the last linear layer."""
    y = reshape(pair, transpose(pair, x, 0, 2, 1, 3), 1, tokens, CHANNELS)
    return linear(pair, y, CHANNELS, CHANNELS)


def attend(pair, q, k, v, added=(), scale=SCALE):
    """added: constants (arrays) that are added to the scores."""
    scores = binary(pair, 'MatMul', q, transpose(pair, k, 0, 1, 3, 2))
    if scale is not None:
        scores = binary(pair, 'Mul', scores, scale)
    for constant in added:
        scores = binary(pair, 'Add', scores, constant)
    return binary(pair, 'MatMul', softmax(pair, scores), v)


def attention(taken=gathered, added=None):
    def build(pair, x):
        q, k, v = of_one_layer(pair, patches(pair, x), taken)
        return from_heads(pair, attend(pair, q, k, v, added(pair) if added else ()))

    return case(build)


def split_channels(pair, x):
    """Split of [1, tokens, 24] and then heads of each part; the queries are scaled."""
    parts = split(pair, linear(pair, patches(pair, x), CHANNELS, 3 * CHANNELS), -1, [CHANNELS] * 3)
    q, k, v = (to_heads(pair, part) for part in parts)
    return from_heads(pair, attend(pair, binary(pair, 'Div', q, numpy.float32(2)), k, v, scale=None))


def scaled_on_both_sides(pair, x):
    """As PyTorch exports scaled_dot_product_attention: the keys are transposed at once, and each takes the scale's root."""
    y = patches(pair, x)
    q, k, v = (linear(pair, y, CHANNELS, CHANNELS) for _ in range(3))
    root = numpy.float32(SCALE**0.5)
    k = transpose(pair, reshape(pair, k, 1, TOKENS, HEADS, HEAD), 0, 2, 3, 1)
    scores = binary(pair, 'MatMul', binary(pair, 'Mul', to_heads(pair, q), root), binary(pair, 'Mul', k, root))
    return from_heads(pair, binary(pair, 'MatMul', softmax(pair, scores), to_heads(pair, v)))


def one_head(pair, x):
    y = patches(pair, x)
    q, k, v = (linear(pair, y, CHANNELS, HEAD) for _ in range(3))
    scores = binary(pair, 'Mul', binary(pair, 'MatMul', q, transpose(pair, k, 0, 2, 1)), SCALE)
    return binary(pair, 'MatMul', softmax(pair, scores, 2), v)


def non_local(pair, x):
    """Over the pixels of an image: [1, pixels, pixels] of 1 x 1 convolutions."""
    q, k, v = (reshape(pair, pointwise(pair, x, 4), 1, 4, 24) for _ in range(3))
    scores = softmax(pair, binary(pair, 'MatMul', transpose(pair, q, 0, 2, 1), k))
    y = binary(pair, 'MatMul', v, transpose(pair, scores, 0, 2, 1))
    return binary(pair, 'Add', pointwise(pair, reshape(pair, y, 1, 4, 4, 6), 3, 4), x)


def of_channels(pair, x):
    """Cross-covariance attention: the channels attend, and queries and keys are divided by their norms."""
    y = reshape(pair, linear(pair, patches(pair, x), CHANNELS, 3 * CHANNELS), 1, TOKENS, 3, HEADS, HEAD)
    q, k, v = gathered(pair, transpose(pair, y, 2, 0, 3, 4, 1))
    q, k = (unit_length(pair, y) for y in (q, k))
    scores = binary(pair, 'Mul', binary(pair, 'MatMul', q, transpose(pair, k, 0, 1, 3, 2)), pair.uniform(0.5, 2, HEADS, 1, 1))
    y = binary(pair, 'MatMul', softmax(pair, scores), v)
    return linear(pair, reshape(pair, transpose(pair, y, 0, 3, 1, 2), 1, TOKENS, CHANNELS), CHANNELS, CHANNELS)


def unit_length(pair, x):
    norm = pair.node('ReduceL2', [x], lambda v: v.norm(2, -1, keepdim=True), axes=[-1], keepdims=1)
    return binary(pair, 'Div', x, clip(pair, norm, 1e-12, None))


def of_cosines(pair, x):
    """Swin V2: norms over the last axis, a scale a head."""
    q, k, v = of_one_layer(pair, patches(pair, x), gathered)
    return from_heads(pair, attend(pair, unit_length(pair, q), unit_length(pair, k), v, scale=pair.uniform(2, 4, HEADS, 1, 1)))


def linear_attention(pair, x):
    """Softmaxes of the queries over channels and of the keys over tokens; the keys meet the values first."""
    q, k, v = of_one_layer(pair, patches(pair, x), gathered)
    context = binary(pair, 'MatMul', transpose(pair, softmax(pair, k, 2), 0, 1, 3, 2), v)
    return from_heads(pair, binary(pair, 'MatMul', softmax(pair, q), context))


def learnt_query(pair, x):
    """One query that is a constant asks all tokens."""
    y = patches(pair, x)
    k, v = (to_heads(pair, linear(pair, y, CHANNELS, CHANNELS)) for _ in range(2))
    return from_heads(pair, attend(pair, pair.constant(pair.weights(1, 1, HEADS, 1, HEAD)[0]), k, v), tokens=1)


def shared_keys(pair, x):
    """Multi-query attention: one head of keys and values for all queries."""
    y = patches(pair, x)
    q = to_heads(pair, linear(pair, y, CHANNELS, CHANNELS))
    k, v = (unsqueeze(pair, linear(pair, y, CHANNELS, HEAD), 1) for _ in range(2))
    return from_heads(pair, attend(pair, q, k, v))


def masked_windows(pair, x):
    """Swin: [windows, heads, 4, 4] take a bias a head, and [1, windows, heads, 4, 4] a mask a window."""
    y = channels_last(pair, pointwise(pair, x, CHANNELS))
    y = transpose(pair, reshape(pair, y, 1, 2, 2, 3, 2, CHANNELS), 0, 1, 3, 2, 4, 5)
    y = reshape(pair, y, -1, 4, CHANNELS)
    y = reshape(pair, linear(pair, y, CHANNELS, 3 * CHANNELS), 6, 4, 3, HEADS, HEAD)
    q, k, v = gathered(pair, transpose(pair, y, 2, 0, 3, 1, 4))
    scores = binary(pair, 'MatMul', binary(pair, 'Mul', q, SCALE), transpose(pair, k, 0, 1, 3, 2))
    table = gather(pair, pair.weights(1, 9, HEADS)[0], [4, 3, 1, 0, 5, 4, 2, 1, 7, 6, 4, 3, 8, 7, 5, 4])
    bias = unsqueeze(pair, transpose(pair, reshape(pair, table, 4, 4, HEADS), 2, 0, 1), 0)
    scores = binary(pair, 'Add', scores, bias)
    mask = numpy.where(pair.random.uniform(0, 1, (6, 1, 4, 4)) < 0.3, -100, 0).astype(numpy.float32)
    scores = binary(pair, 'Add', reshape(pair, scores, 1, 6, HEADS, 4, 4), mask[None])
    scores = softmax(pair, reshape(pair, scores, -1, HEADS, 4, 4))
    y = reshape(pair, transpose(pair, binary(pair, 'MatMul', scores, v), 0, 2, 1, 3), 6, 4, CHANNELS)
    y = linear(pair, y, CHANNELS, CHANNELS)
    y = transpose(pair, reshape(pair, y, 1, 2, 3, 2, 2, CHANNELS), 0, 1, 3, 2, 4, 5)
    return pointwise(pair, channels_first(pair, reshape(pair, y, 1, 4, 6, CHANNELS)), 3, CHANNELS)


def class_attention(pair, x):
    """A constant token beside the image's, and only it asks."""
    y = patches(pair, x)
    token = pair.node('Expand', [pair.weights(1, 1, CHANNELS), ints(1, 1, CHANNELS)], lambda v, _: v)
    y = concat(pair, [token, y], 1)
    q = unsqueeze(pair, linear(pair, gather(pair, y, 0, 1), CHANNELS, CHANNELS), 1)
    k, v = (to_heads(pair, linear(pair, y, CHANNELS, CHANNELS)) for _ in range(2))
    return from_heads(pair, attend(pair, to_heads(pair, q), k, v), tokens=1)


def attention_pool(pair, x):
    """CLIP's: the mean asks all pixels and itself, positions added."""
    y = reshape(pair, pointwise(pair, x, CHANNELS), 1, CHANNELS, 24)
    y = transpose(pair, y, 2, 0, 1)
    mean = pair.node('ReduceMean', [y], lambda v: v.mean(0, keepdim=True), axes=[0], keepdims=1)
    y = binary(pair, 'Add', concat(pair, [mean, y], 0), pair.weights(1, 25, 1, CHANNELS)[0])
    q = linear(pair, gather(pair, y, [0]), CHANNELS, CHANNELS)
    k, v = (linear(pair, y, CHANNELS, CHANNELS) for _ in range(2))
    q, k, v = (transpose(pair, reshape(pair, part, -1, HEADS, HEAD), 1, 0, 2) for part in (q, k, v))
    scores = softmax(pair, binary(pair, 'Mul', binary(pair, 'MatMul', q, transpose(pair, k, 0, 2, 1)), SCALE))
    y = reshape(pair, transpose(pair, binary(pair, 'MatMul', scores, v), 1, 0, 2), 1, CHANNELS)
    return linear(pair, y, CHANNELS, CHANNELS)


def bias(pair):
    return [pair.weights(1, HEADS, TOKENS, TOKENS)]


def mask(pair):
    return [numpy.where(numpy.arange(TOKENS) < 4, 0, -100).astype(numpy.float32)]


def causal(pair):
    """No token sees a later one: minus infinity above the diagonal."""
    return [numpy.triu(numpy.full((TOKENS, TOKENS), -numpy.inf, numpy.float32), 1)]


def bias_and_mask(pair):
    return [*bias(pair), *mask(pair)]


def operator(dims=4, heads=HEADS, pairs=HEADS, masked=None, softcap=0.0, scale=None, **attributes):
    """Attention of opset 23; pairs: heads of keys and values. dims: of its operands."""

    def function(q, k, v, added=None):
        if dims == 3:
            q, k, v = (y.unflatten(2, (-1, HEAD)).transpose(1, 2) for y in (q, k, v))
        k, v = (y.repeat_interleave(heads // pairs, 1) for y in (k, v))
        scores = q @ k.transpose(-1, -2) * (HEAD**-0.5 if scale is None else scale)
        if softcap:
            scores = softcap * torch.tanh(scores / softcap)
        if added is not None:
            scores = scores.masked_fill(~added, -numpy.inf) if added.dtype == torch.bool else scores + added
        if attributes.get('is_causal'):
            scores = scores + torch.full(scores.shape[-2:], -numpy.inf, dtype=q.dtype).triu(1)
        y = scores.softmax(-1) @ v
        return y.transpose(1, 2).flatten(2) if dims == 3 else y

    def build(pair, x):
        y = patches(pair, x)
        operands = [linear(pair, y, CHANNELS, count * HEAD) for count in (heads, pairs, pairs)]
        named = dict(attributes)
        if dims == 4:
            operands = [to_heads(pair, part, count) for part, count in zip(operands, (heads, pairs, pairs), strict=True)]
        else:
            named |= {'q_num_heads': heads, 'kv_num_heads': pairs}
        if masked:
            operands.append(masked(pair))
        for name, value in (('softcap', softcap), ('scale', scale)):
            if value:
                named[name] = value
        return row(pair, pair.node('Attention', operands, function, **named))

    return case(build, opset=23)


CASES = {
    'attention_gathered': {**attention(), 'seed': 1},
    'attention_split': attention(split_first),
    'attention_sliced': attention(sliced),
    'attention_split_channels': case(split_channels),
    'attention_scaled_on_both_sides': case(scaled_on_both_sides),
    'attention_one_head': case(one_head),
    'attention_relative_bias': attention(added=bias),
    'attention_mask': attention(split_first, added=mask),
    'attention_causal_mask': attention(added=causal),
    'attention_bias_and_mask': attention(added=bias_and_mask),
    'attention_of_windows': case(masked_windows),
    'attention_of_pixels': case(non_local),
    'attention_of_channels': case(of_channels),
    'attention_of_cosines': case(of_cosines),
    'attention_linear': case(linear_attention),
    'attention_learnt_query': case(learnt_query),
    'attention_shared_keys': case(shared_keys),
    'attention_class_token': case(class_attention),
    'attention_pool': case(attention_pool, seed=2),
    'attention_operator': operator(),
    'attention_operator_of_rank_3': operator(3),
    'attention_operator_scale': operator(scale=0.3),
    'attention_operator_causal': operator(is_causal=1),
    'attention_operator_mask': operator(masked=lambda pair: pair.weights(1, TOKENS, TOKENS)[0]),
    'attention_operator_mask_of_booleans': operator(masked=lambda pair: numpy.tril(numpy.ones((TOKENS, TOKENS), bool), 1)),
    'attention_operator_mask_of_heads': operator(3, masked=lambda pair: pair.weights(1, HEADS, TOKENS, TOKENS)),
    'attention_operator_shared_keys': operator(heads=4, pairs=2),
    'attention_operator_shared_keys_of_rank_3': operator(3, heads=4, pairs=1),
    'attention_operator_softcap': operator(softcap=1.5),
    'attention_operator_softcap_causal': operator(3, softcap=1.5, is_causal=1),
    'attention_operator_mask_causal': operator(masked=lambda pair: pair.weights(1, TOKENS, TOKENS)[0], is_causal=1),
}
