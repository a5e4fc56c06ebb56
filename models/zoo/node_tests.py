"""ONNX's own node tests as networks of the engine's form: one image in, three logits out.

The first float32 input is the image, the other inputs become initialisers, and a Reshape and a Gemm to three logits are put behind
the test. It is tried in three ways, and the first that fits is taken:

- row: of a value whose rows do not depend on each other, the first alone; of rank 3 or 5, by a Reshape in front.
- whole: the value with its batch and all, of any rank, made of a row of numbers by a Reshape in front.
- constant: all inputs are initialisers, and what comes of them is added to the logits of an image that is not the test's. So for
  tests without floats, and for operators that the engine has for constants only.

What is right is the test's own output; the gradient is central differences of ONNX's reference evaluator in float64, at a sample of
the input's elements.
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
WIDEST = 1 << 14  # the engine's images
OLDEST = 7  # operator set
SECONDS = 2  # at most; ONNX's evaluator is slow in three dimensions
RANDOM = {'Bernoulli', 'Multinomial', 'RandomNormal', 'RandomNormalLike', 'RandomUniform', 'RandomUniformLike'}


class Unfit(Exception):
    """Why a test is not of the engine's form."""


@dataclasses.dataclass
class NodeCase:
    """A model that maps a value to another, and what that should be."""

    model: onnx.ModelProto
    image: numpy.ndarray
    result: numpy.ndarray
    way: str

    @property
    def shape(self) -> tuple[int, ...]:
        """Of the image: its own, or [1, A, B, 1] or [1, A, B, C * D] for rows of ranks 3 and 5, or [1, 1, A * B * .., ..]."""
        own = self.image.shape
        if self.way != 'row':
            width = next(w for w in range(min(self.image.size, WIDEST), 0, -1) if self.image.size % w == 0)
            return 1, 1, self.image.size // width, width
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
    opsets = {'': 17, **{o.domain: o.version for o in model.opset_import}}  # that of ONNX is missing where a test is of another domain
    imports = [helper.make_opsetid(*each) for each in opsets.items()]
    return helper.make_model(graph, opset_imports=imports, ir_version=model.ir_version, functions=model.functions)


def find_image(inputs: list, ranks: range) -> int:
    """Which input is the image: the first of float32 of such a rank."""
    for k, value in enumerate(inputs):
        if value.dtype == numpy.float32 and value.ndim in ranks and value.size > 0 and numpy.isfinite(value).all():
            return k
    raise Unfit('no input is float32, finite and not empty')


def one_row(model: onnx.ModelProto, inputs: list, truth: numpy.ndarray) -> NodeCase:
    """The test for its first row alone."""
    chosen = find_image(inputs, range(2, 6))
    image = inputs[chosen]
    if truth.dtype != numpy.float32:
        raise Unfit('the output is not float32')
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
            return NodeCase(case, image[:1], truth[:1], 'row')
    if image.shape[0] == 1:
        return NodeCase(case, image, truth, 'row')
    raise Unfit('rows of the batch depend on each other')


def whole(model: onnx.ModelProto, inputs: list, truth: numpy.ndarray) -> NodeCase:
    """The test as it is, but for its other inputs, which are initialisers."""
    chosen = find_image(inputs, range(10))
    if truth.dtype != numpy.float32:
        raise Unfit('the output is not float32')
    names = [i.name for i in model.graph.input]
    constants = {name: v for k, (name, v) in enumerate(zip(names, inputs, strict=True)) if k != chosen}
    output = model.graph.output[0].name, truth.shape
    return NodeCase(rebuild(model, model.graph.node, constants, (names[chosen], inputs[chosen].shape), output), inputs[chosen], truth, 'whole')


def constant(model: onnx.ModelProto, inputs: list, truth: numpy.ndarray) -> NodeCase:
    """The test without an input."""
    constants = {i.name: v for i, v in zip(model.graph.input, inputs, strict=True)}
    image = numpy.random.default_rng(3).standard_normal((1, 1, 1, LOGITS)).astype(numpy.float32)
    output = model.graph.output[0].name, truth.shape
    return NodeCase(rebuild(model, model.graph.node, constants, ('zoo.image', image.shape), output), image, truth, 'constant')


def ways_of(model: onnx.ModelProto, claimed: list[str] | None) -> list:
    """Operators that are not claimed may be there for constants."""
    return [one_row, whole, constant] if claimed is None or operators(model) <= set(claimed) else [constant]


def fit(model: onnx.ModelProto, inputs: list, outputs: list, ways: list) -> NodeCase:
    """The first way that fits; Unfit says why none does."""
    if any(o.version < OLDEST for o in model.opset_import if o.domain == ''):
        raise Unfit(f'of an operator set before {OLDEST}')
    inputs = [numpy.asarray(v) if isinstance(v, numpy.generic) else v for v in inputs]
    truth = outputs[0]
    if not all(isinstance(v, numpy.ndarray) and v.dtype.kind in 'fiub' for v in [*inputs, truth]):
        raise Unfit('an input or the output is a sequence, an optional, text or of a type that NumPy lacks')
    if not (truth.size and numpy.isfinite(truth).all()):
        raise Unfit('the output is empty, or has numbers that are not finite')
    for way in ways:
        try:
            return way(model, inputs, truth)
        except Unfit:
            if way is ways[-1]:
                raise
    raise AssertionError


def with_logits(case: NodeCase) -> tuple[onnx.ModelProto, numpy.ndarray]:
    """Reshape and Gemm behind the test, and the logits that are right."""
    random = numpy.random.default_rng(1)
    flat = case.result.reshape(1, -1).astype(numpy.float64)
    weight = random.standard_normal((flat.shape[1], LOGITS)).astype(numpy.float32)
    bias = random.standard_normal(LOGITS).astype(numpy.float32)
    output, name = case.model.graph.output[0].name, case.model.graph.input[0].name
    constants = {'zoo.weight': weight, 'zoo.bias': bias, 'zoo.row': numpy.array([1, flat.shape[1]], numpy.int64)}
    nodes = [*case.model.graph.node, helper.make_node('Reshape', [output, 'zoo.row'], ['zoo.flat'])]
    if case.way == 'constant':
        nodes += [
            helper.make_node('Cast', ['zoo.flat'], ['zoo.floats'], to=TensorProto.FLOAT),
            helper.make_node('Gemm', ['zoo.floats', 'zoo.weight', 'zoo.bias'], ['zoo.logits']),
            helper.make_node('Flatten', ['zoo.image'], ['zoo.own']),
            helper.make_node('Add', ['zoo.own', 'zoo.logits'], ['logits']),
        ]
        model = rebuild(case.model, nodes, constants, (name, case.shape), ('logits', [1, LOGITS]))
        return model, flat @ weight.astype(numpy.float64) + bias + case.image.reshape(1, LOGITS)
    nodes.append(helper.make_node('Gemm', ['zoo.flat', 'zoo.weight', 'zoo.bias'], ['logits']))
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

        def slope(k: int, step: float) -> float:
            off = numpy.zeros(x.size)
            off[k] = step
            return (score(x + off.reshape(x.shape)) - here)[0, target] / step

        chosen = numpy.random.default_rng(2).permutation(numpy.flatnonzero(x))[:MEASURED]  # at 0 many operators have a kink
        begin, tried = time.perf_counter(), 0
        for k in chosen:
            if time.perf_counter() - begin > SECONDS:
                break
            tried += 1
            near, far = ([slope(k, sign * step) for sign in (1, -1)] for step in (STEP, 10 * STEP))
            slopes = [*near, sum(far) / 2]
            if max(slopes) - min(slopes) <= 1e-3 * max(map(abs, slopes)) + 1e-6:
                result[k] = sum(near) / 2
    except Exception:  # as above
        return None
    trusted = numpy.isfinite(result).sum() >= tried / 2  # else the evaluator rounds to float32 inside, as its Erf does
    return result.reshape(x.shape) if trusted and numpy.nansum(result**2) > 0 else None


def write_node_tests(folder: pathlib.Path, claimed: list[str] | None, only: list[str]) -> list[dict]:
    """-> a row for each test; those that fit have a folder. claimed: operators that the engine has layers for (None: every one)."""
    from onnx.backend.test.case.node import collect_testcases

    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        cases = collect_testcases(None)
    rows = []
    for case in cases:
        if only and case.name not in only:
            continue
        ways = ways_of(case.model, claimed)
        row = {'name': case.name, 'operators': sorted(operators(case.model)), 'claimed': len(ways) > 1}
        rows.append(row)
        inputs, outputs = case.data_sets[0]
        try:
            if is_random(case.model, inputs):
                raise Unfit('random by definition')
            one = fit(case.model, inputs, outputs, ways)
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
        measured = gradient(model, one.image.reshape(one.shape), target) if one.way != 'constant' else None
        if measured is not None:
            numpy.save(here / 'gradient.npy', measured.reshape(shape))
        row |= {'folder': str(here), 'target': target, 'hasGradient': measured is not None, 'way': one.way}
    return rows
