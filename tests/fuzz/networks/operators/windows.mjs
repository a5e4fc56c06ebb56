// Operators on windows of images, [1, C, H, W] or [1, C, W]: plain loops over every place of the output and every tap.
import { largest, near } from '../kinks.mjs';
import { at, build, forEachIndex } from '../tensor.mjs';

const mostWork = 60_000; // multiply-adds

const isSpatial = ({ dims }) => (dims.length === 4 || dims.length === 3) && dims[0] === 1;

/** Attributes of a window over `sizes`, and how many places it has along each; undefined where it does not fit. */
function chooseWindow(g, sizes, { pools = false, dilates = true } = {}) {
  const kernel = sizes.map((size) => g.random.whole(1, Math.min(size + 1, g.random.chance(0.15) ? 7 : 3)));
  const strides = sizes.map(() => g.random.oneOf([1, 1, 2, 3]));
  const dilations = sizes.map(() => (dilates ? g.random.oneOf([1, 1, 1, 2]) : 1));
  const attributes = { kernel_shape: kernel, strides };
  if (dilates && dilations.some((d) => d > 1)) attributes.dilations = dilations;
  const mode = g.random.chance(0.2) ? g.random.oneOf(['SAME_UPPER', 'SAME_LOWER', 'VALID']) : 'NOTSET';
  if (mode !== 'NOTSET') attributes.auto_pad = mode;
  else {
    const most = kernel.map((size) => (pools ? size - 1 : size));
    attributes.pads = [...most, ...most].map((size) => (g.random.chance(0.5) ? 0 : g.random.whole(0, size)));
    if (pools && g.random.chance(0.3)) attributes.ceil_mode = 1;
  }
  const { places } = placeWindow(attributes, sizes);
  return places.every((count) => count >= 1) ? attributes : undefined;
}

/** By ONNX's specification: where the first window begins, and how many there are. */
export function placeWindow(attributes, sizes) {
  const { kernel_shape: kernel, strides, auto_pad: mode = 'NOTSET', ceil_mode: ceil = 0 } = attributes;
  const dilations = attributes.dilations ?? sizes.map(() => 1);
  const rank = sizes.length;
  const pads = attributes.pads ?? new Array(2 * rank).fill(0);
  const before = [];
  const after = [];
  const places = sizes.map((size, k) => {
    const span = (kernel[k] - 1) * dilations[k] + 1;
    if (mode.startsWith('SAME')) {
      const count = Math.ceil(size / strides[k]);
      const total = Math.max(0, (count - 1) * strides[k] + span - size);
      before[k] = mode === 'SAME_UPPER' ? Math.floor(total / 2) : Math.ceil(total / 2);
      after[k] = total - before[k];
      return count;
    }
    [before[k], after[k]] = [pads[k], pads[k + rank]];
    const room = size + before[k] + after[k] - span;
    if (room < 0) return 0;
    let count = Math.floor(room / strides[k]) + 1;
    // A last window counts that begins within the image or the padding before it.
    if (ceil && room % strides[k] !== 0 && count * strides[k] < size + before[k]) ++count;
    return count;
  });
  return { places, before, after, dilations };
}

/** Visits the taps of the window at `place` that lie inside: visit(tap, where). */
function forEachTap({ kernel_shape: kernel, strides }, { before, dilations }, sizes, place, visit) {
  const where = new Array(sizes.length);
  forEachIndex(kernel, (tap) => {
    for (let k = 0; k < sizes.length; ++k) {
      where[k] = place[k] * strides[k] - before[k] + tap[k] * dilations[k];
      if (where[k] < 0 || where[k] >= sizes[k]) return;
    }
    visit(tap, where);
  });
}

const groupsOf = (g, channels) => g.random.oneOf([1, 1, channels, ...[2, 3].filter((count) => channels % count === 0)]);

const conv = {
  name: 'Conv',
  since: 7,
  make(g, x) {
    const value = g.values.get(x);
    if (!isSpatial(value)) return undefined;
    const [, channels, ...sizes] = value.dims;
    const window = chooseWindow(g, sizes);
    if (!window) return undefined;
    const group = groupsOf(g, channels);
    const outputs = group * g.random.whole(1, group === 1 ? 9 : 2);
    const weights = [outputs, channels / group, ...window.kernel_shape];
    const { places } = placeWindow(window, sizes);
    if ([...weights, ...places].reduce((a, b) => a * b) > mostWork) return undefined;
    const scale = 1.5 / Math.sqrt(weights.slice(1).reduce((a, b) => a * b));
    const reads = [x, g.constant(weights, -scale, scale)];
    if (g.random.chance(0.7)) reads.push(g.constant([outputs], -0.5, 0.5));
    if (g.random.chance(0.3)) delete window.kernel_shape;
    return { reads, ...window, ...(group === 1 ? {} : { group }) };
  },
  run([x, weights, bias], { group = 1, ...given }) {
    const [, , ...sizes] = x.dims;
    const attributes = { kernel_shape: weights.dims.slice(2), ...given };
    const placed = placeWindow(attributes, sizes);
    const [outputs, inputs] = weights.dims;
    return [
      build([1, outputs, ...placed.places], ([, o, ...place]) => {
        let sum = bias?.data[o] ?? 0;
        const first = Math.floor(o / (outputs / group)) * inputs;
        forEachTap(attributes, placed, sizes, place, (tap, where) => {
          for (let i = 0; i < inputs; ++i) sum += at(weights, [o, i, ...tap]) * at(x, [0, first + i, ...where]);
        });
        return sum;
      }),
    ];
  },
};

const convTranspose = {
  name: 'ConvTranspose',
  since: 11,
  make(g, x) {
    const value = g.values.get(x);
    if (!isSpatial(value) || value.dims.length !== 4) return undefined;
    const [, channels, ...sizes] = value.dims;
    const kernel = [g.random.whole(1, 4), g.random.whole(1, 4)];
    const strides = sizes.map(() => g.random.whole(1, 3));
    const dilations = sizes.map(() => g.random.oneOf([1, 1, 2]));
    const group = groupsOf(g, channels);
    const each = g.random.whole(1, 3);
    const pads = [...kernel, ...kernel].map((size) => (g.random.chance(0.6) ? 0 : g.random.whole(0, size - 1)));
    const extra = sizes.map((_, k) => (g.random.chance(0.3) ? g.random.whole(0, Math.max(strides[k], dilations[k]) - 1) : 0));
    const out = sizes.map(
      (size, k) => strides[k] * (size - 1) + extra[k] + (kernel[k] - 1) * dilations[k] + 1 - pads[k] - pads[k + 2],
    );
    const weights = [channels, each, ...kernel];
    if (out.some((size) => size < 1) || [...weights, ...sizes].reduce((a, b) => a * b) > mostWork) return undefined;
    const reads = [x, g.constant(weights, -0.7, 0.7)];
    if (g.random.chance(0.5)) reads.push(g.constant([each * group], -0.5, 0.5));
    return { reads, strides, dilations, pads, output_padding: extra, ...(group === 1 ? {} : { group }) };
  },
  run([x, weights, bias], { strides, dilations, pads, output_padding: extra, group = 1 }) {
    const [, channels, ...sizes] = x.dims;
    const [, each, ...kernel] = weights.dims;
    const out = sizes.map(
      (size, k) => strides[k] * (size - 1) + extra[k] + (kernel[k] - 1) * dilations[k] + 1 - pads[k] - pads[k + 2],
    );
    const y = build([1, each * group, ...out], ([, o]) => bias?.data[o] ?? 0);
    const plane = out[0] * out[1];
    forEachIndex([channels, ...sizes, each, ...kernel], ([c, i, j, m, u, v]) => {
      const row = i * strides[0] - pads[0] + u * dilations[0];
      const col = j * strides[1] - pads[1] + v * dilations[1];
      if (row < 0 || row >= out[0] || col < 0 || col >= out[1]) return;
      const o = Math.floor(c / (channels / group)) * each + m;
      y.data[o * plane + row * out[1] + col] += at(x, [0, c, i, j]) * at(weights, [c, m, u, v]);
    });
    return [y];
  },
};

/** A pooling: result(values inside, padded window's size). */
function pool(name, since, options, choose, result) {
  return {
    name,
    since,
    make(g, x) {
      const value = g.values.get(x);
      if (!isSpatial(value)) return undefined;
      const sizes = value.dims.slice(2);
      const window = chooseWindow(g, sizes, { pools: true, ...options(g) });
      if (!window) return undefined;
      if (options(g).floors) delete window.ceil_mode;
      const placed = placeWindow(window, sizes);
      // No window that lies in the padding altogether, whose result is a runtime's own.
      let empty = false;
      forEachIndex(placed.places, (place) => {
        let taps = 0;
        forEachTap(window, placed, sizes, place, () => ++taps);
        empty ||= taps === 0;
      });
      return empty ? undefined : { reads: [x], ...window, ...choose(g) };
    },
    run([x], attributes) {
      const sizes = x.dims.slice(2);
      const placed = placeWindow(attributes, sizes);
      return [
        build([1, x.dims[1], ...placed.places], ([, c, ...place]) => {
          const inside = [];
          forEachTap(attributes, placed, sizes, place, (_, where) => inside.push(at(x, [0, c, ...where])));
          return result(inside, attributes, () => paddedSize(attributes, placed, sizes, place));
        }),
      ];
    },
  };
}

/** Taps of a window that lie in the image or its padding, but not beyond, where a ceiling has it end. */
function paddedSize({ kernel_shape: kernel, strides }, { before, after, dilations }, sizes, place) {
  let count = 0;
  forEachIndex(kernel, (tap) => {
    const inside = tap.every((t, k) => place[k] * strides[k] + t * dilations[k] < sizes[k] + before[k] + after[k]);
    count += inside ? 1 : 0;
  });
  return count;
}

const sum = (values) => values.reduce((a, b) => a + b, 0);
const norm = (values, p) => {
  if (p === 1) for (const value of values) near(value);
  return sum(values.map((value) => Math.abs(value) ** p)) ** (1 / p);
};
const notZero = (values) => values.some((value) => Math.abs(value) > 0.01);
const notZeroAnywhere = ({ data }) => data.every((value) => Math.abs(value) > 0.01);

const lpPool = pool(
  'LpPool',
  18,
  () => ({}),
  (g) => ({ p: g.random.whole(1, 3) }),
  (inside, { p }) => norm(inside, p),
);

const global = (name, result, choose = () => ({}), fits = () => true) => ({
  name,
  since: 7,
  make(g, x) {
    const value = g.values.get(x);
    return isSpatial(value) && fits(value) ? { reads: [x], ...choose(g) } : undefined;
  },
  run([x], attributes) {
    const [, channels, ...sizes] = x.dims;
    const count = sizes.reduce((a, b) => a * b);
    const of = (c) => Array.from(x.data.subarray(c * count, (c + 1) * count));
    return [build([1, channels, ...sizes.map(() => 1)], ([, c]) => result(of(c), attributes))];
  },
});

const lrn = {
  name: 'LRN',
  since: 7,
  make(g, x) {
    const value = g.values.get(x);
    if (value.dims.length !== 4 || value.dims[0] !== 1) return undefined;
    const attributes = {
      alpha: g.float(g.random.between(0.01, 1)),
      beta: g.float(g.random.oneOf([0.5, 0.75, 1])),
      bias: g.float(1),
    };
    return { reads: [x], size: g.random.oneOf([1, 3, 5]), ...attributes };
  },
  run([x], { size, alpha, beta, bias }) {
    const before = Math.floor((size - 1) / 2);
    return [
      build(x.dims, ([n, c, i, j], place) => {
        let squares = 0;
        for (let k = Math.max(0, c - before); k <= Math.min(x.dims[1] - 1, c + size - 1 - before); ++k)
          squares += at(x, [n, k, i, j]) ** 2;
        return x.data[place] / (bias + (alpha / size) * squares) ** beta;
      }),
    ];
  },
};

export const windows = [
  conv,
  convTranspose,
  pool(
    'MaxPool',
    12,
    () => ({}),
    () => ({}),
    (inside) => largest(inside),
  ),
  pool(
    'AveragePool',
    19,
    () => ({}),
    (g) => (g.random.chance(0.5) ? { count_include_pad: 1 } : {}),
    (inside, { count_include_pad: all }, padded) => sum(inside) / (all ? padded() : inside.length),
  ),
  { ...lpPool, make: (g, x) => (notZeroAnywhere(g.values.get(x)) ? lpPool.make(g, x) : undefined) },
  global('GlobalAveragePool', (values) => sum(values) / values.length),
  global('GlobalMaxPool', (values) => largest(values)),
  global(
    'GlobalLpPool',
    (values, { p }) => norm(values, p),
    (g) => ({ p: g.random.whole(1, 3) }),
    ({ data }) => notZero(Array.from(data)),
  ),
  lrn,
];
