"""Cases of arithmetic, branches, reductions, dense layers, reshaping, and of the ways in which a file stores numbers."""

import numpy
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper

from activations import relu
from network_pair import sparse_tensor
from windows import conv, pad

HALF, DOUBLE = numpy.float16, numpy.float64
TORCH_OPERATORS = {'Add': torch.add, 'Mul': torch.mul}


def with_constant(op, *shape, first=False):
    """x and a constant of that shape, which is the first operand if so wished."""

    def build(pair, x):
        constant = pair.constant(pair.uniform(0.5, 2, *shape))
        return pair.node(op, [constant, x] if first else [x, constant], TORCH_OPERATORS[op])

    return {'build': build}


def residual(pair, x):
    return relu(pair, pair.node('Add', [conv(pair, x, 3, 3, pads=(1, 1, 1, 1)), x], torch.add))


def gate(pair, x, mean):
    """x times sigmoid(convolution of a mean of x), the mean over space or over channels: squeeze and excitation."""
    y = pair.node('Sigmoid', [mean(pair, x)], torch.sigmoid)
    return pair.node('Mul', [y, x], torch.mul)


def space_mean(pair, x):
    return conv(pair, pair.node('GlobalAveragePool', [x], lambda v: v.mean((2, 3), keepdim=True)), 3, 3, kernel=(1, 1))


def one_channel(pair, x):
    return conv(pair, x, 3, 1, kernel=(1, 1))


def concat(axis, parts):
    """parts: functions of (pair, x)."""

    def build(pair, x):
        return pair.node('Concat', [part(pair, x) for part in parts], lambda *v: torch.cat(v, axis), axis=axis)

    return {'build': build}


def part(out, **options):
    return lambda pair, x: conv(pair, x, 3, out, **options)


def reduce_mean(keep, axes, as_input, opset=17):
    def build(pair, x):
        inputs, attributes = [x], {}
        if as_input:
            inputs.append(numpy.array(axes, numpy.int64))
        else:
            attributes['axes'] = axes
        y = pair.node('ReduceMean', inputs, lambda v, *_: v.mean((2, 3), keepdim=bool(keep)), keepdims=keep, **attributes)
        return conv(pair, y, 3, 4, kernel=(1, 1)) if keep else y

    if keep:
        return {'build': build, 'opset': opset}
    return {'build': lambda pair, x: gemm(pair, build(pair, x), 3), 'opset': opset, 'tail': False}


def gemm(pair, x, inputs, outputs=4, bias=True, bias_shape=None, trans=1, alpha=1.0, beta=1.0):
    weights = pair.weights(outputs, inputs)
    operands = [x, weights if trans else weights.T.copy()]
    if bias:
        operands.append(pair.weights(*(bias_shape or (outputs,))))

    def function(v, w, b=0.0):
        return alpha * v @ (w.T if trans else w) + beta * b

    return pair.node('Gemm', operands, function, transB=trans, alpha=alpha, beta=beta)


def vector(build, size=7):
    return {'build': build, 'shape': (1, size), 'tail': False}


def perceptron(pair, x):
    return gemm(pair, relu(pair, gemm(pair, x, 7, 9)), 9)


def matmul(pair, x):
    y = pair.node('MatMul', [x, pair.weights(4, 7).T.copy()], torch.matmul)
    return pair.node('Add', [y, pair.weights(4)], torch.add)


def reshape(shape, opset=17):
    def build(pair, x):
        y = conv(pair, x, 3, 4, strides=(2, 1))
        return gemm(pair, pair.node('Reshape', [y, numpy.array(shape, numpy.int64)], lambda v, s: v.flatten(1)), 36)

    return {'build': build, 'opset': opset, 'tail': False}


def flatten(axis):
    def build(pair, x):
        return gemm(pair, pair.node('Flatten', [x], lambda v: v.flatten(1), axis=axis), 105)

    return {'build': build, 'tail': False}


def padded(value, then_conv, attribute=False, same=False):
    """Pad (top 1, left 2, bottom 0, right 3), as attributes before opset 11."""

    def build(pair, x):
        pads, inputs, attributes = [0, 0, 1, 2, 0, 0, 0, 3], [x], {}
        if attribute:
            attributes = {'pads': pads, 'value': value}
        else:
            inputs += [numpy.array(pads, numpy.int64), numpy.float32(value)]
        y = pair.node('Pad', inputs, lambda v, *_: pad(v, (1, 2, 0, 3), value), **attributes)
        if not then_conv:
            return y
        if same:  # of the padded image, 8 x 10
            return conv(pair, y, 3, 4, strides=(2, 2), pads=(0, 0, 1, 1), name_pads={'auto_pad': 'SAME_UPPER'})
        return conv(pair, y, 3, 4, strides=(2, 2), pads=(0, 1, 1, 0))

    return {'build': build, 'opset': 10 if attribute else 17}


def same_again(op, **options):
    """Operators that leave x as it is, between two convolutions."""
    opset = options.pop('opset', 17)
    inputs = options.pop('inputs', [])

    def build(pair, x):
        y = pair.node(op, [part(4)(pair, x), *inputs], lambda v, *_: v, **options)
        return conv(pair, y, 4, 3, kernel=(1, 1))

    return {'build': build, 'opset': opset}


def constant_nodes(pair, x):
    """Weights and a scalar from Constant nodes."""
    weights = pair.weights(4, 3, 1, 1)
    made = pair.node('Constant', [], lambda: torch.from_numpy(weights).double(), value=numpy_helper.from_array(weights))
    y = pair.node('Conv', [x, made], F.conv2d)
    scalar = pair.node('Constant', [], lambda: torch.tensor(2.5).double(), value_float=2.5)
    return pair.node('Mul', [y, scalar], torch.mul)


def listed_constants(pair, x):
    """Numbers from every attribute of Constant."""
    row = pair.node('Constant', [], lambda: torch.tensor([0.5, 2, 1, -1, 3]).double(), value_floats=[0.5, 2.0, 1.0, -1.0, 3.0])
    y = pair.node('Mul', [x, row], torch.mul)
    exponent = pair.node('Constant', [], lambda: torch.tensor(2).double(), value_int=2)
    y = pair.node('Pow', [y, exponent], torch.pow)
    shape = pair.node('Constant', [], lambda: None, value_ints=[1, -1])
    return pair.node('Reshape', [y, shape], lambda v, _: v.flatten(1))


def cast_constant(kind, numbers):
    """x times a constant of integers or booleans that a Cast makes floats."""

    def build(pair, x):
        made = pair.node('Cast', [numpy.array(numbers, kind)], lambda v: v.double(), to=TensorProto.FLOAT)
        return pair.node('Mul', [x, made], torch.mul)

    return {'build': build}


def cast_to_bool(pair, x):
    condition = pair.node('Cast', [numpy.array([0, 0.5, -2, 0, 1], numpy.float32)], lambda v: v != 0, to=TensorProto.BOOL)
    return pair.node('Where', [condition, x, numpy.float32(0.25)], torch.where)


def cast_weights(stored):
    """Weights stored as another type, each with a Cast to float32."""

    def build(pair, x):
        weights = pair.node('Cast', [pair.weights(4, 3, 3, 3).astype(stored)], lambda w: w, to=TensorProto.FLOAT)
        bias = pair.node('Cast', [pair.weights(4).astype(stored)], lambda b: b, to=TensorProto.FLOAT)
        return pair.node('Conv', [x, weights, bias], F.conv2d)

    return {'build': build}


def in_fields(data_type, cast):
    """Weights in float_data, int32_data or double_data instead of raw bytes."""

    def build(pair, x):
        array = pair.weights(4, 3, 3, 3).astype(helper.tensor_dtype_to_np_dtype(data_type))
        name = pair.constant(array, lambda n: helper.make_tensor(n, data_type, array.shape, array.flatten()))
        if cast:
            name = pair.node('Cast', [name], lambda w: w, to=TensorProto.FLOAT)
        return pair.node('Conv', [x, name], F.conv2d)

    return {'build': build}


def sparse(in_node):
    """Weights of which every third is there: an initialiser, or the value of a node."""

    def build(pair, x):
        weights = pair.weights(4, 3, 3, 3)
        weights.flat[numpy.arange(weights.size) % 3 > 0] = 0
        if not in_node:
            return pair.node('Conv', [x, pair.sparse_constant(weights)], F.conv2d)
        made = pair.node('Constant', [], lambda: torch.from_numpy(weights).double(), sparse_value=sparse_tensor(weights, 'w'))
        return pair.node('Conv', [x, made], F.conv2d)

    return {'build': build}


def dead_branch(pair, x):
    """A node that nothing reads must not matter, nor take the place of what is read."""
    y = conv(pair, x, 3, 4)
    relu(pair, y)
    return y


def softmax_inside(axis, opset):
    def build(pair, x):
        y = pair.node('Flatten', [conv(pair, x, 3, 2, strides=(2, 2))], lambda v: v.flatten(1))
        return gemm(pair, pair.node('Softmax', [y], lambda v: v.softmax(1), axis=axis), 12)

    return {'build': build, 'opset': opset, 'tail': False}


def softmax_of_pixels(pair, x):
    return pair.node('Softmax', [x], lambda v: v.softmax(1), axis=1)


CASES = {
    'add_residual': {'build': residual},
    'add_itself': {'build': lambda p, x: p.node('Add', [x, x], torch.add)},
    'add_number': with_constant('Add'),
    'add_channels': with_constant('Add', 3, 1, 1),
    'add_channels_first': with_constant('Add', 1, 3, 1, 1, first=True),
    'add_pixels': with_constant('Add', 7, 5),
    'add_row_of_pixels': with_constant('Add', 1, 1, 1, 5),
    'add_everything': with_constant('Add', 1, 3, 7, 5),
    'mul_itself': {'build': lambda p, x: p.node('Mul', [x, x], torch.mul)},
    'mul_number': with_constant('Mul'),
    'mul_channels': with_constant('Mul', 3, 1, 1),
    'mul_pixels': with_constant('Mul', 1, 1, 7, 5),
    'mul_column_of_pixels_first': with_constant('Mul', 7, 1, first=True),
    'mul_number_first': with_constant('Mul', first=True),
    'add_vector_first': vector(lambda p, x: p.node('Add', [p.weights(1, 7), gemm(p, x, 7, 7)], torch.add)),
    'mul_squeeze_excitation': {'build': lambda p, x: gate(p, x, space_mean)},
    'mul_gate_of_pixels': {'build': lambda p, x: gate(p, x, one_channel)},
    'concat_channels': concat(1, [part(2, pads=(1, 1, 1, 1)), lambda p, x: x, part(4, kernel=(1, 1))]),
    'concat_height': concat(2, [part(2), part(2, kernel=(2, 3))]),
    'concat_width_negative_axis': concat(-1, [part(2), part(2, kernel=(3, 2))]),
    'concat_vectors': vector(lambda p, x: gemm(p, p.node('Concat', [x, gemm(p, x, 7)], lambda *v: torch.cat(v, 1), axis=1), 11)),
    'global_average_pool': {'build': lambda p, x: p.node('GlobalAveragePool', [x], lambda v: v.mean((2, 3), keepdim=True))},
    'reduce_mean_keeping': reduce_mean(1, [2, 3], False),
    'reduce_mean_dropping': reduce_mean(0, [2, 3], False),
    'reduce_mean_negative_axes': reduce_mean(0, [-1, -2], False),
    'reduce_mean_axes_input': reduce_mean(1, [-2, -1], True, opset=18),
    'gemm': vector(lambda p, x: gemm(p, x, 7)),
    'gemm_not_transposed': vector(lambda p, x: gemm(p, x, 7, trans=0, alpha=0.5, beta=2.0)),
    'gemm_without_bias': vector(lambda p, x: gemm(p, x, 7, outputs=17, bias=False)),
    'gemm_bias_row': vector(lambda p, x: gemm(p, x, 7, bias_shape=(1, 4), beta=0.25)),
    'gemm_bias_number': vector(lambda p, x: gemm(p, x, 7, bias_shape=(1,))),
    'gemm_perceptron': vector(perceptron),
    'matmul': vector(matmul),
    'flatten': flatten(1),
    'flatten_negative_axis': flatten(-3),
    'reshape': reshape([1, -1]),
    'reshape_copying_batch': reshape([0, 36], opset=13),
    'pad_number': padded(0.5, then_conv=False),
    'pad_before_conv': padded(0.0, then_conv=True),
    'pad_number_before_conv': padded(-0.75, then_conv=True),
    'pad_before_conv_same': padded(0.0, then_conv=True, same=True),
    'pad_attributes': padded(0.0, then_conv=True, attribute=True),
    'identity': same_again('Identity'),
    'dropout': same_again('Dropout', outputs=2, inputs=[numpy.float32(0.5)]),
    'dropout_opset_10': same_again('Dropout', ratio=0.5, opset=10),
    'cast_of_activation': same_again('Cast', to=TensorProto.FLOAT),
    'constant_nodes': {'build': constant_nodes},
    'constant_lists': {'build': listed_constants},
    'cast_integers': cast_constant(numpy.int32, [1, -2, 3, 0, 5]),
    'cast_booleans': cast_constant(numpy.bool_, [True, False, True, True, False]),
    'cast_to_booleans': {'build': cast_to_bool},
    'cast_to_double_and_back': {
        'build': lambda p, x: p.node('Cast', [p.node('Cast', [x], lambda v: v, to=TensorProto.DOUBLE)], lambda v: v, to=TensorProto.FLOAT)
    },
    'dropout_opset_12': same_again('Dropout', inputs=[numpy.float32(0.5), numpy.array(False)], seed=3, opset=12),
    'reshape_allow_zero': {
        'build': lambda p, x: p.node('Reshape', [x, numpy.array([1, -1], numpy.int64)], lambda v, _: v.flatten(1), allowzero=1)
    },
    'flatten_vector': vector(lambda p, x: gemm(p, p.node('Flatten', [x], lambda v: v, axis=1), 7)),
    'gemm_bias_scalar': vector(lambda p, x: gemm(p, x, 7, bias_shape=(), alpha=-1.5, beta=-0.5)),
    'stored_float16': cast_weights(HALF),
    'stored_float64': cast_weights(DOUBLE),
    'stored_float_data': in_fields(TensorProto.FLOAT, cast=False),
    'stored_float16_in_int32_data': in_fields(TensorProto.FLOAT16, cast=True),
    'stored_double_data': in_fields(TensorProto.DOUBLE, cast=True),
    'stored_sparse': sparse(in_node=False),
    'stored_sparse_in_node': sparse(in_node=True),
    'listed_initialisers': {'build': part(4), 'opset': 8, 'ir_version': 3, 'list_initialisers': True},
    'open_batch': {'build': part(4), 'open_batch': True},
    'dead_branch': {'build': dead_branch},
    'softmax_last': {'build': part(2), 'softmax': 'before'},
    'softmax_last_kept': {'build': part(2), 'softmax': 'after'},
    'softmax_inside': softmax_inside(-1, 13),
    'softmax_opset_11': softmax_inside(1, 11),
    'softmax_of_pixels': {'build': softmax_of_pixels},
}
