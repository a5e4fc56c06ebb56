"""ONNX's own node tests as networks of the engine's form: one image in, three logits out.

A test fits if it has one float image ([N, C, H, W] or [N, C]) whose rows do not depend on each other: its first row is the
image, its other inputs become initialisers, and Flatten and a Gemm to three logits are put behind it. What is right is the test's
own output; the gradient is central differences of ONNX's reference evaluator in float64, at a sample of the input's elements.
"""

import dataclasses
import pathlib
import warnings

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

LOGITS = 3
STEP = 1e-6
MEASURED = 64  # elements of the input whose derivative is measured
RANDOM = {'Bernoulli', 'Multinomial', 'RandomNormal', 'RandomNormalLike', 'RandomUniform', 'RandomUniformLike'}


class Unfit(Exception):
    """Why a test is not of the engine's form."""


@dataclasses.dataclass
class NodeCase:
    """A model that maps image [1, ...] to one row, and what that row should be."""

    model: onnx.ModelProto
    image: numpy.ndarray
    row: numpy.ndarray


def operators(model: onnx.ModelProto) -> set[str]:
    return {node.op_type if node.domain in ('', 'ai.onnx') else f'{node.domain}.{node.op_type}' for node in model.graph.node}


def is_random(model: onnx.ModelProto, inputs: list) -> bool:
    names = operators(model)
    training = 'Dropout' in names and len(inputs) > 2 and bool(inputs[2])
    return bool(names & RANDOM) or (training and float(inputs[1]) > 0)


def evaluate(model: onnx.ModelProto, image: numpy.ndarray) -> numpy.ndarray:
    with warnings.catch_warnings(), numpy.errstate(all='ignore'):
        warnings.simplefilter('ignore')
        return ReferenceEvaluator(model).run([model.graph.output[0].name], {model.graph.input[0].name: image})[0]


def rebuild(model: onnx.ModelProto, nodes, constants, shape, output, rank, opset=None) -> onnx.ModelProto:
    image = helper.make_tensor_value_info(model.graph.input[0].name, TensorProto.FLOAT, shape)
    result = helper.make_tensor_value_info(output, TensorProto.FLOAT, [1, *(None,) * (rank - 1)])
    initialisers = [*model.graph.initializer, *(numpy_helper.from_array(v, k) for k, v in constants.items())]
    graph = helper.make_graph(nodes, model.graph.name, [image], [result], initialisers)
    return helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version, functions=model.functions)


def is_image(value: numpy.ndarray) -> bool:
    return value.dtype == numpy.float32 and value.ndim in (2, 4) and value.size > 0


def one_image(model: onnx.ModelProto, inputs: list, outputs: list) -> NodeCase:
    """The test for its first row alone; Unfit says why not."""
    names = [i.name for i in model.graph.input]
    if not inputs or not all(isinstance(v, numpy.ndarray) for v in [*inputs, outputs[0]]):
        raise Unfit('no input, or one that is a sequence, a map or a scalar of Python')
    if not isinstance(inputs[0], numpy.ndarray) or inputs[0].dtype != numpy.float32:
        raise Unfit('the input is not float32')
    if not is_image(inputs[0]):
        raise Unfit(f'the input has rank {inputs[0].ndim}' if inputs[0].size else 'the input is empty')
    if outputs[0].dtype != numpy.float32:
        raise Unfit('the output is not float32')
    if not (numpy.isfinite(outputs[0]).all() and outputs[0].size and numpy.isfinite(inputs[0]).all()):
        raise Unfit('input or output is empty, or has numbers that are not finite')
    rows = inputs[0].shape[0]
    if outputs[0].ndim < 1 or outputs[0].shape[0] != rows:
        raise Unfit('the output has another batch than the input')
    truth = outputs[0][:1]
    constants = dict(zip(names[1:], inputs[1:], strict=True))
    same = {k: v[:1] if v.ndim == inputs[0].ndim and v.shape[0] == rows else v for k, v in constants.items()}
    for others in (same, constants):
        case = rebuild(model, model.graph.node, others, [1, *inputs[0].shape[1:]], model.graph.output[0].name, truth.ndim)
        try:
            row = evaluate(case, inputs[0][:1])
        except Exception:  # the evaluator has no such operator, or shapes do not go together: what it raises is not said anywhere
            continue
        if row.shape == truth.shape and numpy.allclose(row, truth, rtol=1e-3, atol=1e-5):
            return NodeCase(case, inputs[0][:1], truth)
    if rows == 1:
        return NodeCase(case, inputs[0], truth)
    raise Unfit('rows of the batch depend on each other')


def with_logits(case: NodeCase) -> tuple[onnx.ModelProto, numpy.ndarray]:
    """Flatten and Gemm behind the test, and the logits that are right."""
    random = numpy.random.default_rng(1)
    flat = case.row.reshape(1, -1).astype(numpy.float64)
    weight = random.standard_normal((flat.shape[1], LOGITS)).astype(numpy.float32)
    bias = random.standard_normal(LOGITS).astype(numpy.float32)
    output = case.model.graph.output[0].name
    nodes = [
        *case.model.graph.node,
        helper.make_node('Flatten', [output], ['zoo.flat'], axis=1),
        helper.make_node('Gemm', ['zoo.flat', 'zoo.weight', 'zoo.bias'], ['logits']),
    ]
    model = rebuild(case.model, nodes, {'zoo.weight': weight, 'zoo.bias': bias}, case.image.shape, 'logits', 2)
    return model, flat @ weight.astype(numpy.float64) + bias


def in_float64(model: onnx.ModelProto) -> onnx.ModelProto:
    double = onnx.ModelProto()
    double.CopyFrom(model)
    for value in [*double.graph.input, *double.graph.output]:
        value.type.tensor_type.elem_type = TensorProto.DOUBLE
    for tensor in double.graph.initializer:
        if tensor.data_type == TensorProto.FLOAT:
            tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(numpy.float64), tensor.name))
    return double


def gradient(model: onnx.ModelProto, image: numpy.ndarray, target: int) -> numpy.ndarray | None:
    """Of a logit, NaN where it was not measured or has a kink; None where the evaluator cannot do it in float64."""
    double = in_float64(model)
    x = image.astype(numpy.float64)
    result = numpy.full(x.size, numpy.nan)
    try:
        session = ReferenceEvaluator(double)
        name = double.graph.input[0].name
        score = lambda v: session.run(None, {name: v})[0]
        here = score(x)
        if here.dtype != numpy.float64:
            return None
        chosen = numpy.random.default_rng(2).permutation(x.size)[:MEASURED]
        for k in chosen:
            step = numpy.zeros(x.size)
            step[k] = STEP
            after, before = (score(x + sign * step.reshape(x.shape))[0, target] for sign in (1, -1))
            one, other = (after - here[0, target]) / STEP, (here[0, target] - before) / STEP
            if abs(one - other) <= 1e-3 * (abs(one) + abs(other)) + 1e-6:
                result[k] = (after - before) / (2 * STEP)
    except Exception:  # as above
        return None
    return result.reshape(x.shape) if numpy.nansum(result**2) > 0 else None


def write_node_tests(folder: pathlib.Path, claimed: list[str] | None, only: list[str]) -> list[dict]:
    """-> a row for each test whose operators are all claimed (None: every test); those that fit have a folder."""
    from onnx.backend.test.case.node import collect_testcases

    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        cases = collect_testcases(None)
    rows = []
    for case in cases:
        if only and case.name not in only or claimed and not operators(case.model) <= set(claimed):
            continue
        row = {'name': case.name, 'operators': sorted(operators(case.model))}
        rows.append(row)
        inputs, outputs = case.data_sets[0]
        try:
            if is_random(case.model, inputs):
                raise Unfit('random by definition')
            one = one_image(case.model, inputs, outputs)
            model, logits = with_logits(one)
        except Unfit as reason:
            row['skipped'] = str(reason)
            continue
        target = int(numpy.abs(logits).argmax())
        here = folder / case.name
        here.mkdir(parents=True, exist_ok=True)
        onnx.save(model, here / 'model.onnx')
        shape = (*one.image.shape, 1, 1)[:4]
        numpy.save(here / 'input.npy', one.image.reshape(shape))
        numpy.save(here / 'logits.npy', logits)
        measured = gradient(model, one.image, target)
        if measured is not None:
            numpy.save(here / 'gradient.npy', measured.reshape(shape))
        row |= {'folder': str(here), 'target': target, 'hasGradient': measured is not None}
    return rows
