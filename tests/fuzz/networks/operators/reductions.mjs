// Operators that put the elements along some axes together: reductions, softmaxes, normalisations.
import { largest, near } from '../kinks.mjs';
import { at, build, forEachIndex, normalAxis, without } from '../tensor.mjs';

const magnitude = (value) => {
  near(value);
  return Math.abs(value);
};
const sum = (values) => values.reduce((a, b) => a + b, 0);
const mean = (values) => sum(values) / values.length;

/** result(values along the axes) at each place of what is left, with the axes of one element. */
function reduce(x, axes, result) {
  const kept = x.dims.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  const inner = x.dims.map((dim, axis) => (axes.includes(axis) ? dim : 1));
  const index = new Array(x.dims.length);
  return build(kept, (place) => {
    const values = [];
    forEachIndex(inner, (offset) => {
      for (let axis = 0; axis < index.length; ++axis) index[axis] = place[axis] + offset[axis];
      values.push(at(x, index));
    });
    return result(values);
  });
}

const spread = (small, index) =>
  at(
    small,
    index.map((i, axis) => (small.dims[axis] === 1 ? 0 : i)),
  );

function someAxes(g, rank) {
  const axes = g.random.some([...Array(rank).keys()], g.random.whole(1, rank));
  return axes.map((axis) => (g.random.chance(0.3) ? axis - rank : axis));
}

function reduction(name, result, { fits = () => true } = {}) {
  return {
    name,
    since: 13,
    make(g, x) {
      const value = g.values.get(x);
      if (!fits(value)) return undefined;
      const axes = someAxes(g, value.dims.length);
      const attributes = g.random.chance(0.5) ? { keepdims: 0 } : {};
      if (g.random.chance(0.1)) return { reads: [x], ...attributes };
      const asInput = g.opset >= 18 || name === 'ReduceSum';
      return asInput ? { reads: [x, g.ints(axes)], ...attributes } : { reads: [x], axes, ...attributes };
    },
    run([x, given], { axes = given ? Array.from(given.data) : [...x.dims.keys()], keepdims = 1 }) {
      const along = axes.map((axis) => normalAxis(axis, x.dims.length));
      const reduced = reduce(x, along, result);
      return [keepdims ? reduced : { dims: without(x.dims, along), data: reduced.data }];
    },
  };
}

const away = ({ data }) => data.every((value) => Math.abs(value) > 0.01);

const softmax = (name, result) => ({
  name,
  since: 13,
  make(g, x) {
    const rank = g.values.get(x).dims.length;
    return { reads: [x], axis: g.random.whole(-rank, rank - 1) };
  },
  run([x], { axis }) {
    const along = [normalAxis(axis, x.dims.length)];
    const top = reduce(x, along, (values) => Math.max(...values));
    const total = build(x.dims, (index, place) => Math.exp(x.data[place] - spread(top, index)));
    const sums = reduce(total, along, sum);
    return [build(x.dims, (index, place) => result(total.data[place], spread(sums, index)))];
  },
});

/** (x - mean) / sqrt(variance + epsilon) along the axes. */
function normalised(x, axes, epsilon, centred = true) {
  const means = reduce(x, axes, centred ? mean : () => 0);
  const moved = build(x.dims, (index, place) => x.data[place] - spread(means, index));
  const squares = reduce(moved, axes, (values) => mean(values.map((value) => value * value)));
  return build(x.dims, (index, place) => moved.data[place] / Math.sqrt(spread(squares, index) + epsilon));
}

const epsilon = (g) => g.float(g.random.oneOf([1e-3, 1e-2, 1e-1]));
const channelled = ({ dims }) => dims.length >= 3 && dims[0] === 1;

function byLastAxes(name, since, centred) {
  return {
    name,
    since,
    make(g, x) {
      const { dims } = g.values.get(x);
      const axis = g.random.whole(0, dims.length - 1);
      const shape = dims.slice(axis);
      if (shape.reduce((a, b) => a * b) < 3) return undefined;
      const reads = [x, g.constant(shape, 0.5, 1.5)];
      if (centred && g.random.chance(0.7)) reads.push(g.constant(shape, -0.5, 0.5));
      return { reads, axis: g.random.chance(0.5) ? axis - dims.length : axis, epsilon: epsilon(g) };
    },
    run([x, scale, bias], { axis, epsilon: e }) {
      const first = normalAxis(axis, x.dims.length);
      const y = normalised(x, [...x.dims.keys()].slice(first), e, centred);
      const own = (tensor, index) => at(tensor, index.slice(first));
      return [build(x.dims, (index, place) => y.data[place] * own(scale, index) + (bias ? own(bias, index) : 0))];
    },
  };
}

const lpNormalization = {
  name: 'LpNormalization',
  since: 7,
  make(g, x) {
    const value = g.values.get(x);
    const rank = value.dims.length;
    return away(value) ? { reads: [x], axis: g.random.whole(-rank, rank - 1), p: g.random.whole(1, 2) } : undefined;
  },
  run([x], { axis, p }) {
    if (p === 1) for (const value of x.data) near(value);
    const norms = reduce(x, [normalAxis(axis, x.dims.length)], (values) => sum(values.map((v) => Math.abs(v) ** p)) ** (1 / p));
    return [build(x.dims, (index, place) => x.data[place] / spread(norms, index))];
  },
};

const batchNormalization = {
  name: 'BatchNormalization',
  since: 15,
  make(g, x) {
    const value = g.values.get(x);
    if (value.dims.length < 2 || value.dims[0] !== 1) return undefined;
    const c = [value.dims[1]];
    const constants = [g.constant(c, 0.5, 1.5), g.constant(c, -0.5, 0.5), g.constant(c, -0.5, 0.5), g.constant(c, 0.3, 2)];
    return { reads: [x, ...constants], epsilon: epsilon(g) };
  },
  run([x, scale, bias, means, variances], { epsilon: e }) {
    return [
      build(x.dims, (index, place) => {
        const c = index[1];
        return ((x.data[place] - means.data[c]) / Math.sqrt(variances.data[c] + e)) * scale.data[c] + bias.data[c];
      }),
    ];
  },
};

const instanceNormalization = {
  name: 'InstanceNormalization',
  since: 7,
  make(g, x) {
    const value = g.values.get(x);
    if (!channelled(value) || value.dims.slice(2).reduce((a, b) => a * b) < 3) return undefined;
    const c = [value.dims[1]];
    return { reads: [x, g.constant(c, 0.5, 1.5), g.constant(c, -0.5, 0.5)], epsilon: epsilon(g) };
  },
  run([x, scale, bias], { epsilon: e }) {
    const y = normalised(x, [...x.dims.keys()].slice(2), e);
    return [build(x.dims, (index, place) => y.data[place] * scale.data[index[1]] + bias.data[index[1]])];
  },
};

const groupNormalization = {
  name: 'GroupNormalization',
  since: 21,
  make(g, x) {
    const value = g.values.get(x);
    if (!channelled(value)) return undefined;
    const channels = value.dims[1];
    const groups = g.random.oneOf([1, 2, 3, channels].filter((count) => channels % count === 0));
    if (value.data.length / groups < 3) return undefined;
    const constants = [g.constant([channels], 0.5, 1.5), g.constant([channels], -0.5, 0.5)];
    return { reads: [x, ...constants], num_groups: groups, epsilon: epsilon(g) };
  },
  run([x, scale, bias], { num_groups: groups, epsilon: e }) {
    const [, channels, ...rest] = x.dims;
    const split = { dims: [groups, x.data.length / groups], data: x.data };
    const y = normalised(split, [1], e);
    return [build([1, channels, ...rest], (index, place) => y.data[place] * scale.data[index[1]] + bias.data[index[1]])];
  },
};

export const reductions = [
  reduction('ReduceMax', (values) => largest(values)),
  reduction('ReduceMin', (values) => -largest(values.map((value) => -value))),
  reduction('ReduceMean', mean),
  reduction('ReduceSum', sum),
  reduction('ReduceSumSquare', (values) => sum(values.map((value) => value * value))),
  reduction('ReduceL1', (values) => values.reduce((total, value) => total + magnitude(value), 0)),
  reduction('ReduceL2', (values) => Math.sqrt(sum(values.map((value) => value * value))), { fits: away }),
  reduction('ReduceLogSumExp', (values) => Math.log(sum(values.map(Math.exp)))),
  softmax('Softmax', (part, total) => part / total),
  softmax('LogSoftmax', (part, total) => Math.log(part / total)),
  byLastAxes('LayerNormalization', 17, true),
  byLastAxes('RMSNormalization', 23, false),
  lpNormalization,
  batchNormalization,
  instanceNormalization,
  groupNormalization,
];
