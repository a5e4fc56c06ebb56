"""Cases of operators on several operands: values, constants on either side, everything that spreads."""

import numpy
import torch

from activations import sigmoid
from steps import binary
from windows import conv


def positive(pair, x):
    return pair.node('Exp', [x], torch.exp)


def constant(op, *shape, first=False, base=None):
    """A constant beside x, or beside base(pair, x)."""

    def build(pair, x):
        value = base(pair, x) if base else x
        number = pair.constant(pair.uniform(0.5, 2, *shape))
        return binary(pair, op, number, value) if first else binary(pair, op, value, number)

    return {'build': build}


def two(op, left, right):
    return {'build': lambda pair, x: binary(pair, op, left(pair, x), right(pair, x))}


def itself(_pair, x):
    return x


def column(pair, x):
    """[1, 1, 7, 1]"""
    y = pair.node('ReduceMean', [x], lambda v: v.mean((1, 3), keepdim=True), axes=[1, 3], keepdims=1)
    return pair.node('Add', [y, numpy.float32(0.5)], torch.add)


def power(exponent):
    def build(pair, x):
        base = x if exponent == 2 else positive(pair, x)
        return pair.node('Pow', [base, numpy.array(exponent)], lambda v, e: v ** e.double())

    return {'build': build}


def many(op, combine):
    """Three operands: one spread over the others, one a constant."""

    def build(pair, x):
        operands = [conv(pair, x, 3, 3, kernel=(1, 1)), column(pair, x), pair.uniform(-0.5, 0.5, 3, 1, 5)]
        return pair.node(op, operands, lambda *v: combine(torch.stack(torch.broadcast_tensors(*v))))

    return {'build': build}


def where(*shape, swap=False, number=None):
    def build(pair, x):
        condition = pair.constant(pair.random.uniform(0, 1, shape) < 0.5)
        other = conv(pair, x, 3, 3, kernel=(1, 1)) if number is None else numpy.float32(number)
        choices = [other, x] if swap else [x, other]
        return pair.node('Where', [condition, *choices], torch.where)

    return {'build': build}


def vector(build, size=7):
    return {'build': build, 'shape': (1, size)}


CASES = {
    'sub_number': constant('Sub'),
    'sub_channels_first': constant('Sub', 3, 1, 1, first=True),
    'sub_pixels': constant('Sub', 7, 5),
    'sub_pixels_first': constant('Sub', 7, 5, first=True),
    'sub_column': two('Sub', column, itself),
    'div_number': constant('Div'),
    'div_channels': constant('Div', 1, 3, 1, 1),
    'div_number_first': constant('Div', first=True, base=positive),
    'div_row_of_pixels': constant('Div', 5),
    'div_values': two('Div', itself, positive),
    'div_column': two('Div', itself, lambda p, x: positive(p, column(p, x))),
    'pow_square': power(2),
    'pow_square_float': power(2.0),
    'pow_cube_integer': power(3),
    'pow_fraction': power(-0.5),
    'pow_channels': constant('Pow', 3, 1, 1, base=positive),
    'pow_number_first': constant('Pow', first=True),
    'pow_values': two('Pow', positive, itself),
    'max_number': constant('Max'),
    'max_pixels_first': constant('Max', 7, 5, first=True),
    'max_values': two('Max', itself, column),
    'max_three': many('Max', lambda v: v.amax(0)),
    'min_channels': constant('Min', 3, 1, 1),
    'min_values': two('Min', column, itself),
    'min_three': many('Min', lambda v: v.amin(0)),
    'sum_two': two('Sum', itself, column),
    'sum_three': many('Sum', lambda v: v.sum(0)),
    'mean_two': constant('Mean', 3, 7, 5),
    'mean_three': many('Mean', lambda v: v.mean(0)),
    'max_one': {'build': lambda p, x: p.node('Max', [sigmoid(p, x)], lambda v: v)},
    'where_values': where(3, 7, 5),
    'where_channels': where(1, 3, 1, 1, swap=True),
    'where_number': where(7, 1, number=-0.5),
    'where_number_first': where(5, number=0.25, swap=True),
    'sub_vector_first': vector(lambda p, x: p.node('Sub', [p.weights(1, 7), x], torch.sub)),
    'div_vector': vector(lambda p, x: p.node('Div', [p.weights(7), positive(p, x)], torch.div)),
}
