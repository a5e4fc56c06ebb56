// Operators of one operand, element by element: y = f(x), and where x may be.
import { near } from '../kinks.mjs';

function erf(x) {
  // Abramowitz and Stegun 7.1.5 and 7.1.14: a series for small x, a continued fraction for large ones.
  const z = Math.abs(x);
  if (z < 2.5) {
    let term = z;
    let sum = z;
    for (let n = 1; n < 60; ++n) {
      term *= (-z * z) / n;
      sum += term / (2 * n + 1);
    }
    return (Math.sign(x) * 2 * sum) / Math.sqrt(Math.PI);
  }
  let fraction = 0;
  for (let n = 60; n > 0; --n) fraction = n / 2 / (z + fraction);
  return Math.sign(x) * (1 - Math.exp(-z * z) / Math.sqrt(Math.PI) / (z + fraction));
}
const sigmoid = (x) => 1 / (1 + Math.exp(-x));
const softplus = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const kink = (x, place, y) => {
  near(x - place);
  return y;
};
const slope = (g) => ({ alpha: g.float(g.random.between(0.05, 1.5)) });
const none = () => ({});
const positive = (x) => x > 0.15;

// name, first operator set, f(x, attributes), attributes, domain
const table = [
  ['Abs', 7, (x) => kink(x, 0, Math.abs(x))],
  ['Celu', 12, (x, { alpha }) => kink(x, alpha === 1 ? x + 1 : 0, x > 0 ? x : alpha * Math.expm1(x / alpha)), slope],
  ['Cos', 7, Math.cos],
  ['Elu', 7, (x, { alpha }) => kink(x, 0, x > 0 ? x : alpha * Math.expm1(x)), slope],
  ['Erf', 9, erf],
  ['Exp', 7, Math.exp, none, (x) => x < 4],
  [
    'Gelu',
    20,
    (x, { approximate }) =>
      approximate === 'tanh'
        ? 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))
        : 0.5 * x * (1 + erf(x / Math.SQRT2)),
    (g) => ({ approximate: g.random.oneOf(['none', 'tanh']) }),
  ],
  [
    'HardSigmoid',
    7,
    (x, { alpha, beta }) => {
      const y = alpha * x + beta;
      near(y);
      return kink(y, 1, Math.min(1, Math.max(0, y)));
    },
    (g) => ({ alpha: g.float(g.random.between(0.1, 0.6)), beta: g.float(g.random.between(0.2, 0.7)) }),
  ],
  [
    'HardSwish',
    14,
    (x) => {
      near(x + 3);
      return kink(x, 3, x * Math.min(1, Math.max(0, x / 6 + 0.5)));
    },
  ],
  ['Cast', 13, (x) => x, () => ({ to: 1 })],
  ['Dropout', 13, (x) => x],
  ['Identity', 7, (x) => x],
  ['LeakyRelu', 7, (x, { alpha }) => kink(x, 0, x >= 0 ? x : alpha * x), slope],
  ['Log', 7, Math.log, none, positive],
  ['Mish', 18, (x) => x * Math.tanh(softplus(x))],
  ['Neg', 7, (x) => -x],
  ['Reciprocal', 7, (x) => 1 / x, none, positive],
  ['Relu', 7, (x) => kink(x, 0, Math.max(0, x))],
  [
    'Selu',
    7,
    (x, { alpha, gamma }) => kink(x, 0, x > 0 ? gamma * x : gamma * alpha * Math.expm1(x)),
    (g) =>
      g.random.chance(0.5) ? { ...slope(g), gamma: g.float(1.25) } : { alpha: g.float(1.6732632), gamma: g.float(1.050701) },
  ],
  ['Sigmoid', 7, sigmoid],
  ['Sin', 7, Math.sin],
  ['Softplus', 7, softplus],
  ['Softsign', 7, (x) => x / (1 + Math.abs(x))],
  ['Sqrt', 7, Math.sqrt, none, positive],
  ['Swish', 24, (x, { alpha }) => x * sigmoid(alpha * x), slope],
  ['Tanh', 7, Math.tanh],
  ['ThresholdedRelu', 10, (x, { alpha }) => kink(x, alpha, x > alpha ? x : 0), slope],
];

export const unary = table.map(([name, since, f, attributes = none, domain = () => true]) => ({
  name,
  since,
  make: (g, x) => (g.values.get(x).data.every(domain) ? { reads: [x], ...attributes(g) } : undefined),
  run: ([x], options) => [{ dims: x.dims, data: x.data.map((value) => f(value, options)) }],
}));

export const clip = {
  name: 'Clip',
  since: 11,
  make(g, x) {
    const low = g.random.between(-1, 0.2);
    const bounds = g.random.oneOf([
      [low],
      [low, low + g.random.between(0.3, 2)],
      [undefined, g.random.between(-0.2, 1)],
      [0, 6],
    ]);
    return { reads: [x, ...bounds.map((bound) => (bound === undefined ? '' : g.constant([], bound, bound)))] };
  },
  run([x, low, high]) {
    const [least, most] = [low?.data[0] ?? -Infinity, high?.data[0] ?? Infinity];
    const f = (value) => {
      near(value - least);
      near(value - most);
      return Math.min(most, Math.max(least, value));
    };
    return [{ dims: x.dims, data: x.data.map(f) }];
  },
};
