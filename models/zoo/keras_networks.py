"""Keras applications through tf2onnx, with random weights. The oracle is Keras itself in float64."""

import pathlib

import numpy

from reference import ROUNDING, Differentiate, Reference, search


def draw(variable, random: numpy.random.Generator) -> numpy.ndarray:
    """weights.py's rules by the names of Keras: kernels are [..., in, out], depthwise ones [h, w, channels, 1]."""
    name, shape = variable.path.split('/')[-1], tuple(variable.shape)
    if name in ('gamma', 'moving_variance'):
        return random.uniform(0.5, 2, shape)
    if len(shape) < 2:
        return random.normal(0, 0.1, shape)
    depthwise = 'depthwise' in variable.path
    fan_in = numpy.prod(shape[:2]) if depthwise else numpy.prod(shape[:-1])
    return random.normal(0, (2 / fan_in) ** 0.5, shape)


def build(name: str, size: int, dtype: str, off: float = 0):
    """The network up to its logits, the same numbers in either precision; off: relative error that its weights carry."""
    import keras

    keras.backend.set_floatx(dtype)
    keras.config.set_dtype_policy(dtype)
    options = {'include_preprocessing': False} if name.startswith(('EfficientNetV2', 'MobileNetV3', 'ConvNeXt')) else {}
    application = getattr(keras.applications, name)
    network = application(weights=None, input_shape=(size, size, 3), classes=1000, classifier_activation=None, **options)
    random, errors = (numpy.random.default_rng(seed) for seed in (1, 2))
    for variable in network.weights:
        if variable.trainable or variable.path.endswith(('moving_mean', 'moving_variance')):
            values = draw(variable, random).astype('float32').astype(dtype)
            variable.assign(values * (1 + off * errors.standard_normal(values.shape)) if off else values)
    return network


def export(name: str, size: int, path: pathlib.Path) -> None:
    import tensorflow
    import tf2onnx

    network = build(name, size, 'float32')
    spec = (tensorflow.TensorSpec((1, size, size, 3), tensorflow.float32, name='image'),)
    tf2onnx.convert.from_keras(network, input_signature=spec, opset=17, output_path=str(path))


def differentiate(network) -> Differentiate:
    """Takes and gives [1, C, H, W], as the engine does; inside it is [1, H, W, C]."""
    import tensorflow

    def of(image: numpy.ndarray, target: int | None):
        x = tensorflow.constant(image.transpose(0, 2, 3, 1).astype(network.inputs[0].dtype))
        with tensorflow.GradientTape() as tape:
            tape.watch(x)
            logits = network(x, training=False)
            chosen = int(tensorflow.argmax(logits[0])) if target is None else target
            score = logits[0, chosen]
        return logits.numpy(), tape.gradient(score, x).numpy().transpose(0, 3, 1, 2).copy(), chosen

    return of


def keras_reference(name: str, size: int) -> Reference:
    ways = [('float64', 0), ('float32', 0), ('float64', ROUNDING)]
    double, *others = [differentiate(build(name, size, *way)) for way in ways]
    return search(double, others, (1, 3, size, size))
