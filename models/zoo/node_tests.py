"""ONNX's own node tests as networks of the engine's form: one image in, three logits out.

A test fits if it has a float image ([N, C, H, W] or [N, C]) whose rows do not depend on each other: its first row is the image,
its other inputs become initialisers, and Flatten and a Gemm to three logits are put behind it. A value of rank 3 or 5 is made of an
image by a Reshape in front. What is right is the test's own output; the gradient is central differences of ONNX's reference
evaluator in float64, at a sample of the input's elements.
"""

import dataclasses
import pathlib
import time
import warnings

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

LOGITS = 3
STEP = 1e-6
MEASURED = 64  # elements of the input whose derivative is measured
SECONDS = 2  # at most; ONNX's evaluator is slow in three dimensions
RANDOM = {'Bernoulli', 'Multinomial', 'RandomNormal', 'RandomNormalLike', 'RandomUniform', 'RandomUniformLike'}


class Unfit(Exception):
    """Why a test is not of the engine's form."""


@dataclasses.dataclass
class NodeCase:
    """A model that maps a value [1, ...] to one row, and what that row should be."""

    model: onnx.ModelProto
    image: numpy.ndarray
    row: numpy.ndarray

    @property
    def shape(self) -> tuple[int, ...]:
        """Of the image: its own, or [1, A, B, 1] or [1, A, B, C * D] for ranks 3 and 5."""
        own = self.image.shape
        return own if len(own) in (2, 4) else (*own[:3], self.image.size // (own[1] * own[2]))


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


def rebuild(model: onnx.ModelProto, nodes, constants, image, output) -> onnx.ModelProto:
    """The model with other nodes, more initialisers, one input and one output; image and output are (name, shape)."""
    sides = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in (image, output)]
    initialisers = [*model.graph.initializer, *(numpy_helper.from_array(v, k) for k, v in constants.items())]
    graph = helper.make_graph(nodes, model.graph.name, sides[:1], sides[1:], initialisers)
    return helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version, functions=model.functions)


def find_image(inputs: list) -> int:
    """Which input is the image: the first of float32 that has a batch and more."""
    if not inputs:
        raise Unfit('no input')
    if not all(isinstance(v, numpy.ndarray) for v in inputs):
        raise Unfit('an input is a sequence, an optional or of a type that NumPy lacks')
    if not any(v.dtype == numpy.float32 for v in inputs):
        raise Unfit('no input is float32')
    for k, value in enumerate(inputs):
        if value.dtype == numpy.float32 and 2 <= value.ndim <= 5 and value.size > 0:
            return k
    raise Unfit('the input has rank 0 or 1, more than 5, or is empty')


def one_image(model: onnx.ModelProto, inputs: list, outputs: list) -> NodeCase:
    """The test for its first row alone; Unfit says why not."""
    inputs, truth = [numpy.asarray(v) if isinstance(v, numpy.generic) else v for v in inputs], outputs[0]
    chosen = find_image(inputs)
    image = inputs[chosen]
    if not isinstance(truth, numpy.ndarray) or truth.dtype != numpy.float32:
        raise Unfit('the output is not float32')
    if not (numpy.isfinite(truth).all() and truth.size and numpy.isfinite(image).all()):
        raise Unfit('input or output is empty, or has numbers that are not finite')
    if truth.ndim < 1 or truth.shape[0] != image.shape[0]:
        raise Unfit('the output has another batch than the input')
    names = [i.name for i in model.graph.input]
    constants = {name: v for k, (name, v) in enumerate(zip(names, inputs, strict=True)) if k != chosen}
    rows = {k: v[:1] if v.ndim == image.ndim and v.shape[0] == image.shape[0] else v for k, v in constants.items()}
    output = model.graph.output[0].name, [1, *truth.shape[1:]]
    for others in (rows, constants):
        case = rebuild(model, model.graph.node, others, (names[chosen], [1, *image.shape[1:]]), output)
        try:
            row = evaluate(case, image[:1])
        except Exception:  # the evaluator lacks the operator, or shapes do not go together: what it raises is not said anywhere
            continue
        if row.shape == truth[:1].shape and numpy.allclose(row, truth[:1], rtol=1e-3, atol=1e-5):
            return NodeCase(case, image[:1], truth[:1])
    if image.shape[0] == 1:
        return NodeCase(case, image, truth)
    raise Unfit('rows of the batch depend on each other')


def with_logits(case: NodeCase) -> tuple[onnx.ModelProto, numpy.ndarray]:
    """Flatten and Gemm behind the test, and the logits that are right."""
    random = numpy.random.default_rng(1)
    flat = case.row.reshape(1, -1).astype(numpy.float64)
    weight = random.standard_normal((flat.shape[1], LOGITS)).astype(numpy.float32)
    bias = random.standard_normal(LOGITS).astype(numpy.float32)
    output, name = case.model.graph.output[0].name, case.model.graph.input[0].name
    constants = {'zoo.weight': weight, 'zoo.bias': bias}
    nodes = [
        *case.model.graph.node,
        helper.make_node('Flatten', [output], ['zoo.flat'], axis=1),
        helper.make_node('Gemm', ['zoo.flat', 'zoo.weight', 'zoo.bias'], ['logits']),
    ]
    if case.shape != case.image.shape:
        constants['zoo.shape'] = numpy.array(case.image.shape, numpy.int64)
        nodes.insert(0, helper.make_node('Reshape', ['zoo.image', 'zoo.shape'], [name]))
        name = 'zoo.image'
    model = rebuild(case.model, nodes, constants, (name, case.shape), ('logits', [1, LOGITS]))
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
        begin, tried = time.perf_counter(), 0
        for k in chosen:
            if time.perf_counter() - begin > SECONDS:
                break
            tried += 1
            step = numpy.zeros(x.size)
            step[k] = STEP
            after, before = (score(x + sign * step.reshape(x.shape))[0, target] for sign in (1, -1))
            one, other = (after - here[0, target]) / STEP, (here[0, target] - before) / STEP
            if abs(one - other) <= 1e-3 * (abs(one) + abs(other)) + 1e-6:
                result[k] = (after - before) / (2 * STEP)
    except Exception:  # as above
        return None
    trusted = numpy.isfinite(result).sum() >= tried / 2  # else the evaluator rounds to float32 inside, as its Erf does
    return result.reshape(x.shape) if trusted and numpy.nansum(result**2) > 0 else None


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
        shape = (*one.shape, 1, 1)[:4]
        numpy.save(here / 'input.npy', one.image.reshape(shape))
        numpy.save(here / 'logits.npy', logits)
        measured = gradient(model, one.image.reshape(one.shape), target)
        if measured is not None:
            numpy.save(here / 'gradient.npy', measured.reshape(shape))
        row |= {'folder': str(here), 'target': target, 'hasGradient': measured is not None, 'reshaped': one.image.ndim not in (2, 4)}
    return rows
