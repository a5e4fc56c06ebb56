"""What is right for one network at one input: logits and the gradient of one of them, in float64, and held against differences."""

import dataclasses
import pathlib
from collections.abc import Callable, Iterable

import numpy

STEP = 1e-6  # of central differences, in the input's own units
MEASURED = 1e-2  # how far these may be from the gradient
AGREED = 1e-4  # of a framework's own other gradients with its float64 one: then the input is away from kinks
ROUNDING = 1e-6  # relative error of weights that moves logits as far as float32 sums of thousands of products do
CHAOTIC = 1e-2  # of logits that are so far off by these roundings nothing can be said
SEEDS = 6

Differentiate = Callable[[numpy.ndarray, int | None], tuple[numpy.ndarray, numpy.ndarray, int]]


@dataclasses.dataclass
class Reference:
    image: numpy.ndarray
    logits: numpy.ndarray
    gradient: numpy.ndarray
    target: int
    float32_error: float  # the worst of the framework's own other gradients, of float32
    float32_logits: float  # the same of its logits
    seed: int

    def save(self, folder: pathlib.Path) -> None:
        numpy.save(folder / 'input.npy', self.image.astype(numpy.float32))
        numpy.save(folder / 'logits.npy', self.logits)
        numpy.save(folder / 'gradient.npy', self.gradient)


def images(shape: tuple[int, ...], seeds: int = SEEDS) -> Iterable[numpy.ndarray]:
    return (numpy.random.default_rng(seed).standard_normal(shape).astype(numpy.float32) for seed in range(seeds))


def distance(values: numpy.ndarray, truth: numpy.ndarray) -> float:
    """Relative L2."""
    return float(numpy.linalg.norm(values.astype(numpy.float64) - truth) / numpy.linalg.norm(truth))


def disagrees(double: Differentiate, image: numpy.ndarray, gradient: numpy.ndarray, target: int) -> bool:
    """Whether the logit is not as steep along the gradient as that is long, by more than differences in float64 can be off."""
    length = numpy.linalg.norm(gradient)
    after, before = (double(image + sign * STEP * gradient / length, target)[0][0, target] for sign in (1, -1))
    rounding = 1e3 * numpy.finfo(numpy.float64).eps * (abs(after) + abs(before)) / STEP
    return abs((after - before) / (2 * STEP) - length) > MEASURED * length + rounding


def search(double: Differentiate, others: list[Differentiate], shape: tuple[int, ...], agreed: float = AGREED) -> Reference:
    """Tries inputs until all others agree with float64, and keeps the best: a network without such an input says so by float32_error.

    double, others: (image, target or None for the largest logit) -> logits, the gradient of the target's, the target.
    """
    best = None
    for seed, image in enumerate(images(shape)):
        logits, gradient, target = double(image, None)
        if not (numpy.isfinite(logits).all() and numpy.isfinite(gradient).all()):
            raise ValueError('logits or gradient are not finite in float64')
        if not gradient.any():
            raise ValueError('the gradient is zero everywhere in float64')
        found = [other(image, target) for other in others]
        error, of_logits = (max(distance(one[k], truth) for one in found) for k, truth in ((1, gradient), (0, logits)))
        if best is None or not error >= best.float32_error:
            best = Reference(image, logits, gradient, target, error, of_logits, seed)
        if error < agreed:
            if disagrees(double, image, gradient, target):
                raise ValueError("the framework's gradient is not that of its own logits")
            break
    if best.float32_logits > CHAOTIC:
        raise ValueError(f'logits of the framework itself differ by {best.float32_logits:.0e} after rounding')
    return best
