"""Cases of the functions of one operand: the table of smooth ones, the gates with a threshold or slopes, and softmaxes."""

import torch
import torch.nn.functional as F

from activations import prelu
from windows import conv


def function(op, torch_function, opset=17, before=None, scale=None, **attributes):
    """before: a function of (pair, x) that keeps within the domain. scale: x times it, to reach the bends."""

    def build(pair, x):
        if scale is not None:
            x = pair.node('Mul', [x, pair.uniform(scale, scale, 1)], torch.mul)
        return pair.node(op, [before(pair, x) if before else x], torch_function, **attributes)

    return {'build': build, 'opset': opset}


def positive(pair, x):
    return pair.node('Exp', [x], torch.exp)


def thresholded(pair, x, alpha=None):
    attributes = {} if alpha is None else {'alpha': alpha}
    threshold = 1.0 if alpha is None else alpha
    y = conv(pair, x, 3, 4, pads=(1, 1, 1, 1))
    y = pair.node('ThresholdedRelu', [y], lambda v: torch.where(v > threshold, v, 0.0), kinks=[threshold], **attributes)
    return conv(pair, y, 4, 3)


def softmax(op, axis, opset=17):
    torch_function = torch.softmax if op == 'Softmax' else torch.log_softmax

    def build(pair, x):
        if opset >= 13:
            return pair.node(op, [x], lambda v: torch_function(v, axis), axis=axis)
        return pair.node(op, [x], lambda v: torch_function(v.flatten(1), 1).view_as(v), axis=axis)

    return {'build': build, 'opset': opset}


CASES = {
    'abs': function('Abs', torch.abs),
    'celu': function('Celu', torch.celu),
    'celu_alpha': function('Celu', lambda v: F.celu(v, 0.4), alpha=0.4),
    'cos': function('Cos', torch.cos),
    'elu': function('Elu', F.elu),
    'elu_alpha': function('Elu', lambda v: F.elu(v, 0.7), alpha=0.7),
    'erf': function('Erf', torch.erf),
    'exp': function('Exp', torch.exp),
    'gelu': function('Gelu', F.gelu, opset=20),
    'gelu_tanh': function('Gelu', lambda v: F.gelu(v, approximate='tanh'), opset=20, approximate='tanh'),
    'hard_sigmoid': function('HardSigmoid', lambda v: (0.2 * v + 0.5).clamp(0, 1), scale=3),
    'hard_sigmoid_torch': function('HardSigmoid', F.hardsigmoid, scale=3, alpha=1 / 6, beta=0.5),
    'hard_swish': function('HardSwish', F.hardswish, scale=3),
    'log': function('Log', torch.log, before=positive),
    'mish': function('Mish', F.mish, opset=18),
    'neg': function('Neg', torch.neg),
    'reciprocal': function('Reciprocal', torch.reciprocal, before=positive),
    'selu': function('Selu', F.selu),
    'selu_alpha_gamma': function('Selu', lambda v: 1.5 * F.elu(v, 0.5), alpha=0.5, gamma=1.5),
    'sin': function('Sin', torch.sin),
    'softplus': function('Softplus', F.softplus),
    'softsign': function('Softsign', F.softsign),
    'sqrt': function('Sqrt', torch.sqrt, before=positive),
    'swish_operator': function('Swish', F.silu, opset=24),
    'swish_operator_alpha': function('Swish', lambda v: v * torch.sigmoid(1.5 * v), opset=24, alpha=1.5),
    'thresholded_relu': {'build': thresholded},
    'thresholded_relu_alpha': {'build': lambda p, x: thresholded(p, x, 0.25)},
    'prelu_slope_a_row': {'build': lambda p, x: prelu(p, x, 7, 1)},
    'prelu_slope_an_element': {'build': lambda p, x: prelu(p, x, 3, 7, 5)},
    'log_softmax_of_channels': softmax('LogSoftmax', 1),
    'log_softmax_of_columns': softmax('LogSoftmax', -1),
    'log_softmax_opset_11': softmax('LogSoftmax', 1, opset=11),
    'softmax_of_rows': softmax('Softmax', 2),
    'softmax_of_columns': softmax('Softmax', -1),
    'softmax_image_opset_11': softmax('Softmax', 1, opset=11),
}
