"""One small network written twice at once, as ONNX nodes and as PyTorch calls, and the case folder made from the pair.

PyTorch (float64) is the oracle of the gradients; onnxruntime (float32) of the outputs, and both must agree on those.
Guided and deconvnet are hooks around the ReLU family: the gradient is cut at 0 on arrival; deconvnet then passes it on
unchanged, whether the unit was active or not.
"""

import json
import pathlib
import shutil

import numpy
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

LOGITS = 3
KINK = 1e-4  # no unit may be this close to a kink, where float32 and float64 could take different sides
ROUNDING = 1e-6  # how far gradients in float32 may be from those in float64


class NetworkPair:
    """Calls of node() add the same operation to both networks. Values are names; arrays become initialisers."""

    def __init__(self, opset, seed):
        self.opset = opset
        self.random = numpy.random.default_rng(seed)
        self.nodes, self.initialisers, self.sparse, self.program = [], [], [], []
        self.kinked = False
        self.constants = {}

    def weights(self, *shape):
        """Normal numbers that keep the size of activations, for [out, in...]."""
        fan_in = max(1, int(numpy.prod(shape[1:])))
        return (self.random.standard_normal(shape) / numpy.sqrt(fan_in)).astype(numpy.float32)

    def uniform(self, low, high, *shape):
        return self.random.uniform(low, high, shape).astype(numpy.float32)

    def constant(self, array, proto=None):
        """An initialiser; proto: how the file stores it, where that is not numpy_helper's way (raw bytes)."""
        name = f'constant{len(self.constants)}'
        self.constants[name] = torch.from_numpy(numpy.asarray(array).copy())
        self.initialisers.append(proto(name) if proto else numpy_helper.from_array(numpy.asarray(array), name))
        return name

    def sparse_constant(self, array):
        """An initialiser of which the file has the values that are not zero, and their places."""
        name = f'constant{len(self.constants)}'
        self.constants[name] = torch.from_numpy(array.copy())
        self.sparse.append(sparse_tensor(array, name))
        return name

    def node(self, op, inputs, function, kinks=None, outputs=1, **attributes):
        """Adds op; function(*tensors) is the same in PyTorch. kinks: thresholds of a unit of the ReLU family.

        None leaves an optional input out. Returns the name of the first output.
        """
        names = ['' if i is None else i if isinstance(i, str) else self.constant(i) for i in inputs]
        name = f'{op.lower()}{len(self.nodes)}'
        made = [f'{name}.{k}' for k in range(outputs)]
        self.nodes.append(helper.make_node(op, names, made, name, **attributes))
        self.program.append((function, [n for n in names if n], made[0], kinks))
        self.kinked |= kinks is not None
        return made[0]

    def run(self, x, result, rule='gradient'):
        values = {'image': x, **{k: v.to(x.dtype) if v.is_floating_point() else v for k, v in self.constants.items()}}
        for function, inputs, output, kinks in self.program:
            y = function(*(values[name] for name in inputs))
            if kinks is not None:
                z = values[inputs[0]]
                distance = min((z - kink).abs().min() for kink in kinks)
                assert distance > KINK, f'{output}: a unit is {distance} from its kink; take another seed'
                if rule == 'deconvnet':
                    y = z + (y - z).detach()
                if rule != 'gradient':
                    y.register_hook(lambda gradient: gradient.clamp(min=0))
            floats = torch.is_tensor(y) and y.is_floating_point()
            values[output] = y.to(x.dtype) if floats else y
        return values[result]


def sparse_tensor(array, name):
    places = numpy.flatnonzero(array)
    values = numpy_helper.from_array(array.flatten()[places], name)
    return helper.make_sparse_tensor(values, numpy_helper.from_array(places.astype(numpy.int64), f'{name}_places'), array.shape)


def to_model(pair, result, shape, scores, ir_version=8, open_batch=False, list_initialisers=False):
    """scores: the shape of what the network answers."""
    dims = ['batch', *shape[1:]] if open_batch else shape
    inputs = [helper.make_tensor_value_info('image', TensorProto.FLOAT, dims)]
    if list_initialisers:
        inputs += [helper.make_tensor_value_info(t.name, t.data_type, t.dims) for t in pair.initialisers]
    output = helper.make_tensor_value_info(result, TensorProto.FLOAT, scores)
    graph = helper.make_graph(pair.nodes, 'case', inputs, [output], pair.initialisers, sparse_initializer=pair.sparse)
    opsets = [helper.make_opsetid('', pair.opset)]
    return helper.make_model(graph, producer_name='smoothgrad-tests', opset_imports=opsets, ir_version=ir_version)


def save(path, array):
    numpy.save(path, numpy.ascontiguousarray(array, numpy.float32))


def write_case(
    folder,
    build,
    seed,
    shape=(1, 3, 7, 5),
    opset=17,
    tail=True,
    thin=False,
    softmax=None,
    target=1,
    fuse=True,
    check=True,
    image=lambda random, shape: random.standard_normal(shape),
    change=lambda model: model,
    rounding=1e-5,
    **options,
):
    """Writes folder/{model.onnx, case.json, input, output, gradient(, guided, deconvnet).npy}.

    build(pair, 'image') returns the value to explain; tail puts Flatten and Gemm to three logits behind it.
    thin: by way of one number, which keeps the file small.
    softmax: 'before' explains the logits before a final Softmax, 'after' its probabilities.
    fuse=False: onnxruntime runs the nodes as they are, where what it makes of them is wrong.
    check=False: onnx need not find the model good, which may have an operator that it no longer allows.
    change(model): what is written in place of the model; rounding: how far it may then be from PyTorch, whose output is the one
    that is written where that is more than usual.
    """
    pair = NetworkPair(opset, seed)
    value = build(pair, 'image')
    x = torch.from_numpy(image(pair.random, shape).astype(numpy.float32)).double()
    if tail:
        size = pair.run(x, value).numel()
        value = pair.node('Flatten', [value], lambda v: v.flatten(1), axis=1)
        for inputs, outputs in ((size, 1), (1, LOGITS)) if thin else ((size, LOGITS),):
            weights = [pair.weights(outputs, inputs), pair.weights(outputs)]
            value = pair.node('Gemm', [value, *weights], torch.nn.functional.linear, transB=1)
    result = value
    if softmax:
        result = pair.node('Softmax', [value], lambda v: v.softmax(1), axis=1)
    explained = result if softmax == 'after' else value
    output = pair.run(x, explained)
    model = change(to_model(pair, result, shape, output.shape, **options))
    if check:
        onnx.checker.check_model(model)
    rules = ('gradient', 'guided', 'deconvnet') if pair.kinked else ('gradient',)
    case = {'target': target, 'keep_softmax': softmax == 'after'}
    write_folder(folder, model, x, lambda leaf, rule: pair.run(leaf, explained, rule), case, rules, pair.run(x, result).numpy(), fuse, rounding)
    if explained != result:
        save(folder / 'output.npy', output.numpy())
    return folder


def write_folder(folder, model, x, explain, case, rules, expected, fuse=True, rounding=1e-5):
    """explain(image, rule): what is explained, in PyTorch; expected: what the model answers, in PyTorch."""
    session_options = onnxruntime.SessionOptions()
    if not fuse:
        session_options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(model.SerializeToString(), session_options, providers=['CPUExecutionProvider'])
    computed = session.run(None, {session.get_inputs()[0].name: x.numpy().astype(numpy.float32)})[0]
    error = relative_error(computed, expected)
    assert error < rounding, f'{folder.name}: onnxruntime and PyTorch differ by {error}'
    output = computed if rounding == 1e-5 else expected
    figures = {'input': x.numpy(), 'output': output, **{rule: gradient(x, explain, rule, case['target'], folder.name) for rule in rules}}

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    folder.joinpath('model.onnx').write_bytes(model.SerializeToString(deterministic=True))
    folder.joinpath('case.json').write_text(json.dumps(case) + '\n')
    for name, array in figures.items():
        save(folder / f'{name}.npy', array)


def gradient(x, explain, rule, target, name):
    """In float64, after a look at whether float32 gives the same."""
    made = []
    for image in (x.clone(), x.float()):
        explain(image.requires_grad_(), rule).flatten()[target].backward()
        made.append(image.grad.double().numpy())
    assert numpy.abs(made[0]).max() > 0, f'{name}: {rule} is zero everywhere'
    error = relative_error(made[1], made[0])
    assert error < ROUNDING, f'{name}: {rule} in float32 differs by {error}; take another seed'
    return made[0]


def relative_error(a, b):
    assert a.shape == b.shape, f'{a.shape} beside {b.shape}'
    return numpy.linalg.norm(a - b) / numpy.linalg.norm(b)


OPERATORS = pathlib.Path(__file__).resolve().parent.parent / 'operators'
