// Operators of several operands, the smaller ones spread: values, constants, or a value with itself.
import { largest, near } from '../kinks.mjs';
import { build, spreadAt, spreadDims } from '../tensor.mjs';

/** Dimensions that spread over `dims` (and may leave out the first of them). */
function smaller(g, dims) {
  const kept = dims.map((dim) => (g.random.chance(0.4) ? 1 : dim));
  return g.random.chance(0.4) ? kept.slice(g.random.whole(0, kept.length)) : kept;
}

/** Another operand for x: a value that fits, x itself, or a constant. */
function beside(g, x, low, high) {
  const { dims } = g.values.get(x);
  if (g.random.chance(0.5)) {
    const fits = g.computed.filter((name) => {
      const all = spreadDims(g.values.get(name).dims, dims);
      return all !== undefined && g.values.get(name).data.every((value) => value >= low - 3 && value <= high + 3);
    });
    if (fits.length > 0) return g.random.oneOf(fits);
  }
  return g.constant(g.random.chance(0.15) ? dims : smaller(g, dims), low, high);
}

/** Operands that all fit each other. */
const fitting = (g, reads) =>
  spreadDims(...reads.map((read) => g.values.get(read).dims)) === undefined ? undefined : { reads };

const run = (f) => (inputs) => [
  build(spreadDims(...inputs.map(({ dims }) => dims)), (index) => f(inputs.map((input) => spreadAt(input, index)))),
];

function pair(name, f, [low, high], { swaps = true, fits = () => true } = {}) {
  return {
    name,
    since: 7,
    make(g, x) {
      const other = beside(g, x, low, high);
      const reads = swaps && g.random.chance(0.4) ? [other, x] : [x, other];
      return fits(...reads.map((read) => g.values.get(read))) ? { reads } : undefined;
    },
    run: run(([a, b]) => f(a, b)),
  };
}

function many(name, f) {
  return {
    name,
    since: 8,
    make(g, x) {
      const reads = [x];
      for (let count = g.random.whole(0, 3); count > 0; --count) reads.push(beside(g, x, -1, 1));
      return fitting(g, g.random.shuffled(reads));
    },
    run: run(f),
  };
}

const awayFromZero = (_, b) => b.data.every((value) => Math.abs(value) > 0.2);
const sum = (values) => values.reduce((a, b) => a + b, 0);

export const operands = [
  pair('Add', (a, b) => a + b, [-1, 1]),
  pair('Sub', (a, b) => a - b, [-1, 1]),
  pair('Mul', (a, b) => a * b, [-1.5, 1.5]),
  pair('Div', (a, b) => a / b, [0.4, 2], { fits: awayFromZero }),
  pair('Pow', (a, b) => a ** b, [0.5, 2.5], {
    fits: (a, b) => a.data.every((value) => value > 0.1) && b.data.every((value) => Math.abs(value) < 4),
  }),
  many('Max', largest),
  many('Min', (values) => -largest(values.map((value) => -value))),
  many('Mean', (values) => sum(values) / values.length),
  many('Sum', sum),
  {
    name: 'PRelu',
    since: 9,
    make(g, x) {
      const { dims } = g.values.get(x);
      const slopes = g.random.oneOf([[1], dims.map((dim, axis) => (axis === 1 ? dim : 1)).slice(1), smaller(g, dims)]);
      return { reads: [x, g.constant(slopes, -0.5, 1.2)] };
    },
    run: run(([x, slope]) => {
      near(x);
      return x >= 0 ? x : slope * x;
    }),
  },
  {
    name: 'Where',
    since: 9,
    make(g, x) {
      const { dims } = g.values.get(x);
      const reads = g.random.shuffled([x, beside(g, x, -1, 1)]);
      return fitting(g, [g.booleans(g.random.chance(0.5) ? dims : smaller(g, dims)), ...reads]);
    },
    run: run(([condition, a, b]) => (condition ? a : b)),
  },
];
