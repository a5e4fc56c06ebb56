"""Operators on values of any rank, written once for the tables of cases: each adds one node, or the few that a framework writes."""

import numpy
import torch
import torch.nn.functional as F

from windows import conv

SMALL = (1, 3, 4, 6)  # no two axes alike
FAR = numpy.iinfo(numpy.int64).max
BINARY = {
    'Add': torch.add,
    'Sub': torch.sub,
    'Mul': torch.mul,
    'Div': torch.div,
    'Pow': torch.pow,
    'Max': torch.maximum,
    'Min': torch.minimum,
    'Sum': torch.add,
    'Mean': lambda a, b: (a + b) / 2,
    'MatMul': torch.matmul,
}


def ints(*values):
    return numpy.array(values, numpy.int64)


def case(build, shape=SMALL, **options):
    return {'build': build, 'shape': shape, 'thin': True, **options}


def chain(*steps, **options):
    """A case of functions of (pair, value), one after the other."""

    def build(pair, x):
        for step in steps:
            x = step(pair, x)
        return x

    return case(build, **options)


def step(function, *arguments, **options):
    """function(pair, x, ...) with its arguments, for chain()."""
    return lambda pair, x: function(pair, x, *arguments, **options)


def reshape(pair, x, *shape, **attributes):
    def function(v, _):
        return v.reshape([v.shape[k] if size == 0 else size for k, size in enumerate(shape)])

    return pair.node('Reshape', [x, ints(*shape)], function, **attributes)


def transpose(pair, x, *perm):
    """Without a perm the axes come in reverse, which is the operator's default."""
    if not perm:
        return pair.node('Transpose', [x], lambda v: v.permute(*range(v.dim() - 1, -1, -1)))
    return pair.node('Transpose', [x], lambda v: v.permute(perm), perm=perm)


def flatten(pair, x, axis=None):
    def function(v):
        at = 1 if axis is None else axis + v.dim() if axis < 0 else axis
        return v.reshape(int(numpy.prod(v.shape[:at])), -1)

    return pair.node('Flatten', [x], function, **({} if axis is None else {'axis': axis}))


def with_axes(pair, op, x, axes, function):
    """Squeeze and Unsqueeze: axes are an input from opset 13 on. None: no axes are given."""
    if axes is None:
        return pair.node(op, [x], function)
    if pair.opset < 13:
        return pair.node(op, [x], function, axes=axes)
    return pair.node(op, [x, ints(*axes)], lambda v, _: function(v))


def squeeze(pair, x, *axes):
    return with_axes(pair, 'Squeeze', x, axes or None, lambda v: torch.squeeze(v, axes) if axes else torch.squeeze(v))


def unsqueeze(pair, x, *axes):
    def function(v):
        rank = v.dim() + len(axes)
        for axis in sorted(a % rank for a in axes):
            v = v.unsqueeze(axis)
        return v

    return with_axes(pair, 'Unsqueeze', x, axes, function)


def binary(pair, op, left, right):
    """Names of values or arrays."""
    return pair.node(op, [left, right], BINARY[op])


def beside(pair, x, op, *shape, first=False):
    """A constant of that shape on the right of x, or on its left."""
    constant = pair.uniform(0.5, 2, *shape)
    return binary(pair, op, constant, x) if first else binary(pair, op, x, constant)


def linear(pair, x, inputs, outputs, bias=True):
    """A linear layer as PyTorch writes it for more than two dimensions."""
    y = binary(pair, 'MatMul', x, pair.weights(outputs, inputs).T.copy())
    return binary(pair, 'Add', pair.weights(outputs), y) if bias else y


def unary(pair, x, op, function, **attributes):
    return pair.node(op, [x], function, **attributes)


def exp(pair, x):
    return pair.node('Exp', [x], torch.exp)


def gelu(pair, x):
    """By Erf, as PyTorch writes it before opset 20."""
    y = binary(pair, 'Div', x, numpy.float32(1.4142135623730951))
    y = binary(pair, 'Add', pair.node('Erf', [y], torch.erf), numpy.float32(1))
    return binary(pair, 'Mul', binary(pair, 'Mul', x, y), numpy.float32(0.5))


def softmax(pair, x, axis=-1):
    return pair.node('Softmax', [x], lambda v: v.softmax(axis), axis=axis)


def slices(pair, x, starts, ends, axes, steps=None):
    """Steps may be negative, which PyTorch's indices cannot be."""
    parts = [starts, ends, axes, steps or [1] * len(axes)]

    def function(v, *_):
        for start, end, axis, by in zip(*parts, strict=True):
            chosen = range(v.shape[axis])[start : None if end == -FAR else end : by]
            v = v.index_select(axis, torch.tensor(list(chosen)))
        return v

    return pair.node('Slice', [x, *(ints(*part) for part in parts[: 4 if steps else 3])], function)


def split(pair, x, axis, sizes, as_input=True, **attributes):
    """The names of the parts; as_input=False: equal parts, of which the file says nothing."""
    inputs = [x, ints(*sizes)] if as_input else [x]
    made = pair.node('Split', inputs, None, outputs=len(sizes), axis=axis, **attributes)
    pair.program.pop()  # a step of the program has one output: each part is a step
    names = [made.removesuffix('.0') + f'.{k}' for k in range(len(sizes))]
    for k, name in enumerate(names):
        pair.program.append((lambda v, k=k: torch.split(v, sizes, axis)[k], [x], name, None))
    return names


def concat(pair, values, axis):
    return pair.node('Concat', values, lambda *v: torch.cat(v, axis), axis=axis)


def gather(pair, x, indices, axis=0):
    """indices: a number, a list, a list of lists."""
    chosen = numpy.array(indices, numpy.int64)

    def function(v, _):
        size = v.shape[axis]
        y = v.index_select(axis, torch.tensor([int(k) % size for k in chosen.flatten()]))
        at = axis % v.dim()
        return y.reshape(*v.shape[:at], *chosen.shape, *v.shape[at + 1 :])

    return pair.node('Gather', [x, chosen], function, axis=axis)


def layer_norm(pair, x, *sizes, axis=-1, bias=True, **attributes):
    """sizes: of the axes from axis on."""
    inputs = [x, pair.uniform(0.5, 2, *sizes)] + ([pair.weights(1, *sizes)[0]] if bias else [])

    def function(v, scale, shift=None):
        return F.layer_norm(v, sizes, scale, shift, attributes.get('epsilon', 1e-5))

    return pair.node('LayerNormalization', inputs, function, axis=axis, **attributes)


def pointwise(pair, x, out, channels=3, **options):
    return conv(pair, x, channels, out, kernel=(1, 1), **options)


def tokens(pair, x, channels=5, pixels=24):
    """[1, pixels, channels], the transpose of what a convolution made."""
    y = reshape(pair, pointwise(pair, x, channels), 1, channels, pixels)
    return transpose(pair, y, 0, 2, 1)


def patches(pair, x, channels=8, count=6):
    """[1, count, channels]: a convolution of 2 x 2 patches, as the first layer of a transformer."""
    y = conv(pair, x, 3, channels, kernel=(2, 2), strides=(2, 2))
    return transpose(pair, reshape(pair, y, 1, channels, count), 0, 2, 1)


def straight(pair, x):
    """[1, 24, 5] without a transpose: other elements than those of tokens()."""
    return reshape(pair, pointwise(pair, x, 5), 1, 24, 5)


def signal(pair, x, channels=3):
    """[1, channels, 24]"""
    return reshape(pair, pointwise(pair, x, channels), 1, channels, 24)


def volume(pair, x):
    """[1, 2, 3, 4, 6]"""
    return reshape(pair, pointwise(pair, x, 6), 1, 2, 3, 4, 6)


def channels_last(pair, x):
    return transpose(pair, x, 0, 2, 3, 1)


def channels_first(pair, x):
    return transpose(pair, x, 0, 3, 1, 2)


def row(pair, x):
    """[1, all], for values whose first axis is not of one element."""
    return reshape(pair, x, 1, -1)
