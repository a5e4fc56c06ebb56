"""Makes tests/reference/denoised: the denoised map of two small runs, written down anew in NumPy and float64, step by step.

python3 make_denoised.py in a virtual environment with requirements.txt.
"""

import math
import pathlib

import numpy

FOLDER = pathlib.Path(__file__).parent.parent / 'denoised'
SIDE, STEP, REACH = 4, 2, 3


def mirrored(index, size):
    """An index outside counted back inside, the edge not repeated."""
    while not 0 <= index < size:
        index = -index if index < 0 else 2 * (size - 1) - index
    return index


def blurred(image, sigma):
    """Gaussian to 3 sigma; near a border the weights inside are scaled to add up to 1."""
    reach = math.ceil(3 * sigma)
    for axis in (0, 1):
        size, out = image.shape[axis], numpy.zeros_like(image)
        for at in range(size):
            places = [i for i in range(at - reach, at + reach + 1) if 0 <= i < size]
            weights = numpy.array([math.exp(-0.5 * ((i - at) / sigma) ** 2) for i in places])
            taken = numpy.take(image, places, axis)
            shape = [-1 if a == axis else 1 for a in range(image.ndim)]
            mean = (taken * (weights / weights.sum()).reshape(shape)).sum(axis)
            numpy.moveaxis(out, axis, 0)[at] = mean
        image = out
    return image


def corners(size):
    return range(-STEP, size, STEP)


def patches(image):
    """[rows, cols, SIDE * SIDE * C]"""
    height, width, _ = image.shape
    found = [
        [
            [image[mirrored(top + y, height), mirrored(left + x, width)] for y in range(SIDE) for x in range(SIDE)]
            for left in corners(width)
        ]
        for top in corners(height)
    ]
    return numpy.array(found).reshape(len(corners(height)), len(corners(width)), -1)


def averaged(values, shape):
    """Patches put where they lie, overlaps averaged."""
    height, width, channels = shape
    total, count = numpy.zeros(shape), numpy.zeros(shape)
    for row, top in enumerate(corners(height)):
        for col, left in enumerate(corners(width)):
            patch = values[row, col].reshape(SIDE, SIDE, channels)
            for y in range(SIDE):
                for x in range(SIDE):
                    if 0 <= top + y < height and 0 <= left + x < width:
                        total[top + y, left + x] += patch[y, x]
                        count[top + y, left + x] += 1
    return total / count


def boxed(values):
    """Means over 7 x 7 patches, the grid mirrored."""
    rows, cols, _ = values.shape
    out = numpy.zeros_like(values)
    window = range(-REACH, REACH + 1)
    for row in range(rows):
        for col in range(cols):
            out[row, col] = numpy.mean(
                [values[mirrored(row + i, rows), mirrored(col + j, cols)] for i in window for j in window], axis=0
            )
    return out


def projected(values):
    """The t of max(x - t, 0) with the same sum, by halving."""
    low, high = -abs(values).sum(), abs(values).max()
    for _ in range(200):
        middle = (low + high) / 2
        if numpy.maximum(values - middle, 0).sum() > values.sum():
            low = middle
        else:
            high = middle
    return numpy.maximum(values - high, 0)


def denoised(mean, error, even, odd, even_count, odd_count):
    difference = (even - odd) * math.sqrt(even_count * odd_count) / (even_count + odd_count)
    level = blurred(error**2, 3)
    level = level + 1e-6 * level.mean() + 1e-30
    x, y = patches(mean / numpy.sqrt(level)), patches(difference / numpy.sqrt(level))
    d, count = x.shape[2], x.shape[0] * x.shape[1]
    flat_x, flat_y = x.reshape(-1, d), y.reshape(-1, d)
    noise = flat_y.T @ flat_y / count
    signal = flat_x.T @ flat_x / count - noise
    noise[numpy.diag_indices(d)] *= 1.001
    root = numpy.linalg.cholesky(noise)
    inverse = numpy.linalg.inv(root)
    ratios, vectors = numpy.linalg.eigh(inverse @ signal @ inverse.T)
    assert ratios.mean() > 6 * math.sqrt(4 / mean.size), 'no signal'
    analysis, synthesis = inverse.T @ vectors, root @ vectors
    ratios = projected(ratios)
    z = x @ analysis
    strength = numpy.maximum(boxed(z**2) - 1, 0)
    means = strength.mean((0, 1))
    strength *= numpy.divide(ratios, means, out=numpy.zeros(d), where=means > 0)
    gain = strength / (1 + strength)
    mu = averaged((gain * z) @ synthesis.T, mean.shape) * numpy.sqrt(level)
    variance = averaged(gain @ (synthesis**2).T, mean.shape) * level
    erf = numpy.vectorize(math.erf)
    magnitude = numpy.abs(mu) * erf(numpy.abs(mu) / numpy.sqrt(2 * variance))
    magnitude += numpy.sqrt(2 * variance / math.pi) * numpy.exp(-(mu**2) / (2 * variance))
    return mu, variance, magnitude.sum(2)


def run(seed, shape, samples):
    """Samples of smooth blobs in noise that is stronger to the right and correlated along rows."""
    random = numpy.random.default_rng(seed)
    height, width, channels = shape
    y, x = numpy.mgrid[:height, :width]
    truth = numpy.zeros(shape)
    for _ in range(3):
        centre, weights = random.uniform(0, [height, width]), random.normal(size=channels)
        blob = numpy.exp(-((y - centre[0]) ** 2 + (x - centre[1]) ** 2) / 8)
        truth += blob[:, :, None] * weights
    noise = random.normal(size=(samples, *shape))
    noise = noise + 0.6 * numpy.roll(noise, 1, axis=2)
    drawn = truth + noise * (0.5 + x / width)[:, :, None]
    mean = drawn.mean(0)
    error = drawn.std(0, ddof=1) / math.sqrt(samples)
    return [numpy.float32(part) for part in (mean, error, drawn[::2].mean(0), drawn[1::2].mean(0))]


for name, shape, samples in (('colour', (24, 19, 3), 17), ('grey', (15, 28, 1), 12)):
    parts = run(len(name), shape, samples)
    results = denoised(*(part.astype(float) for part in parts), (samples + 1) // 2, samples // 2)
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    names = ('mean', 'standard_error', 'even', 'odd', 'denoised_mean', 'denoised_variance', 'map')
    for key, part in zip(names, [*parts, *results], strict=True):
        numpy.save(folder / f'{key}.npy', part.astype(numpy.float32))
    print(name, 'expected error', math.sqrt(results[1].sum() / (results[1] + results[0] ** 2).sum()))
