// Operators that put elements in another order or shape: each element of the output is one of the input.
import { at, build, normalAxis, sizeOf, without } from '../tensor.mjs';
import { axisOf, signed } from './axes.mjs';

/** Dimensions with that many elements, of that rank. */

function factored(g, size, rank) {
  const dims = new Array(rank).fill(1);
  for (let rest = size, factor = 2; rest > 1; ) {
    if (rest % factor === 0) {
      dims[g.random.whole(0, rank - 1)] *= factor;
      rest /= factor;
    } else if (++factor * factor > rest) {
      factor = rest;
    }
  }
  return dims;
}

const reshape = {
  name: 'Reshape',
  since: 7,
  make(g, x) {
    const { dims, data } = g.values.get(x);
    const shape = factored(g, data.length, g.random.whole(1, 5));
    const written = [...shape];
    if (g.random.chance(0.4)) written[g.random.whole(0, shape.length - 1)] = -1;
    const copied = written.findIndex((dim, axis) => dim > 0 && axis < dims.length && dims[axis] === shape[axis]);
    if (copied >= 0 && g.random.chance(0.4)) written[copied] = 0;
    return { reads: [x, g.ints(written)] };
  },
  run([x, shape]) {
    const dims = Array.from(shape.data, (dim, axis) => (dim === 0 ? x.dims[axis] : dim));
    const open = dims.indexOf(-1);
    if (open >= 0) dims[open] = x.data.length / sizeOf(without(dims, [open]));
    return [{ dims, data: x.data }];
  },
};

const flatten = {
  name: 'Flatten',
  since: 11,
  make: (g, x) => ({ reads: [x], axis: signed(g, axisOf(g, g.values.get(x).dims), g.values.get(x).dims.length) }),
  run([x], { axis }) {
    const first = normalAxis(axis, x.dims.length);
    return [{ dims: [sizeOf(x.dims.slice(0, first)), sizeOf(x.dims.slice(first))], data: x.data }];
  },
};

const transpose = {
  name: 'Transpose',
  since: 7,
  make(g, x) {
    const axes = g.values.get(x).dims.map((_, axis) => axis);
    return g.random.chance(0.1) ? { reads: [x] } : { reads: [x], perm: g.random.shuffled(axes) };
  },
  run([x], { perm = x.dims.map((_, axis) => x.dims.length - 1 - axis) }) {
    const from = new Array(perm.length);
    return [
      build(
        perm.map((axis) => x.dims[axis]),
        (index) => {
          for (let k = 0; k < perm.length; ++k) from[perm[k]] = index[k];
          return at(x, from);
        },
      ),
    ];
  },
};

const squeeze = {
  name: 'Squeeze',
  since: 13,
  make(g, x) {
    const { dims } = g.values.get(x);
    const ones = dims.map((dim, axis) => (dim === 1 ? axis : -1)).filter((axis) => axis >= 0);
    const axes = g.random.some(ones, g.random.whole(1, ones.length));
    if (ones.length === 0 || axes.length === dims.length) return undefined;
    return { reads: [x, g.ints(axes.map((axis) => signed(g, axis, dims.length)))] };
  },
  run([x, axes]) {
    const gone = Array.from(axes.data, (axis) => normalAxis(axis, x.dims.length));
    return [{ dims: without(x.dims, gone), data: x.data }];
  },
};

const unsqueeze = {
  name: 'Unsqueeze',
  since: 13,
  make(g, x) {
    const rank = g.values.get(x).dims.length + g.random.whole(1, 2);
    const axes = g.random.some([...Array(rank).keys()], rank - g.values.get(x).dims.length);
    return rank > 6 ? undefined : { reads: [x, g.ints(axes.map((axis) => signed(g, axis, rank)))] };
  },
  run([x, axes]) {
    const rank = x.dims.length + axes.data.length;
    const added = Array.from(axes.data, (axis) => normalAxis(axis, rank));
    const rest = [...x.dims];
    return [{ dims: Array.from({ length: rank }, (_, axis) => (added.includes(axis) ? 1 : rest.shift())), data: x.data }];
  },
};

const expand = {
  name: 'Expand',
  since: 8,
  make(g, x) {
    const wider = g.values
      .get(x)
      .dims.map((dim) => (dim === 1 && g.random.chance(0.6) ? g.random.whole(1, 4) : g.random.oneOf([1, dim])));
    if (g.random.chance(0.2)) wider.unshift(g.random.whole(1, 3));
    return { reads: [x, g.ints(wider)] };
  },
  run([x, shape]) {
    const wanted = Array.from(shape.data);
    const dims = wanted.map((dim, k) => Math.max(dim, x.dims[k - wanted.length + x.dims.length] ?? 1));
    const more = dims.length - x.dims.length;
    return [
      build(dims, (index) =>
        at(
          x,
          x.dims.map((dim, k) => (dim === 1 ? 0 : index[k + more])),
        ),
      ),
    ];
  },
};

const tile = {
  name: 'Tile',
  since: 7,
  make: (g, x) => ({ reads: [x, g.ints(g.values.get(x).dims.map(() => g.random.oneOf([1, 1, 2, 3])))] }),
  run([x, repeats]) {
    const dims = x.dims.map((dim, axis) => dim * repeats.data[axis]);
    return [
      build(dims, (index) =>
        at(
          x,
          index.map((i, axis) => i % x.dims[axis]),
        ),
      ),
    ];
  },
};

const isImage = ({ dims }) => dims.length === 4 && dims[0] === 1;

const depthToSpace = {
  name: 'DepthToSpace',
  since: 11,
  make(g, x) {
    const value = g.values.get(x);
    if (!isImage(value) || value.dims[1] % 4 !== 0) return undefined;
    return { reads: [x], blocksize: 2, mode: g.random.oneOf(['DCR', 'CRD']) };
  },
  run([x], { blocksize: b, mode }) {
    const [, channels, height, width] = x.dims;
    const c = channels / (b * b);
    return [
      build([1, c, height * b, width * b], ([, k, i, j]) => {
        const inner = (i % b) * b + (j % b);
        return at(x, [0, mode === 'DCR' ? inner * c + k : k * b * b + inner, Math.floor(i / b), Math.floor(j / b)]);
      }),
    ];
  },
};

const spaceToDepth = {
  name: 'SpaceToDepth',
  since: 7,
  make(g, x) {
    const value = g.values.get(x);
    const b = g.random.oneOf([2, 3]);
    if (!isImage(value) || value.dims[2] % b !== 0 || value.dims[3] % b !== 0) return undefined;
    return { reads: [x], blocksize: b };
  },
  run([x], { blocksize: b }) {
    const [, c, height, width] = x.dims;
    return [
      build([1, c * b * b, height / b, width / b], ([, k, i, j]) => {
        const inner = Math.floor(k / c);
        return at(x, [0, k % c, i * b + Math.floor(inner / b), j * b + (inner % b)]);
      }),
    ];
  },
};

export const moves = [reshape, flatten, transpose, squeeze, unsqueeze, expand, tile, depthToSpace, spaceToDepth];
