// Operators that pick elements, or add some around: slices, gathers, pads, and values one behind the other.
import { at, build, normalAxis, sizeOf } from '../tensor.mjs';
import { axisOf, signed } from './axes.mjs';

const slice = {
  name: 'Slice',
  since: 10,
  make(g, x) {
    const { dims } = g.values.get(x);
    const axes = g.random.some([...dims.keys()], g.random.whole(1, dims.length));
    const parts = axes.map((axis) => {
      const [first, last] = [g.random.whole(0, dims[axis] - 1), g.random.whole(0, dims[axis] - 1)].sort((a, b) => a - b);
      const step = g.random.oneOf([1, 1, 1, 2, 3]);
      if (g.random.chance(0.3)) return [last, first === 0 ? -1000 : first - 1, -step];
      return [g.random.chance(0.3) ? first - dims[axis] : first, g.random.chance(0.3) ? 1000 : last + 1, step];
    });
    const list = (k) => g.ints(parts.map((part) => part[k]));
    return { reads: [x, list(0), list(1), g.ints(axes.map((axis) => signed(g, axis, dims.length))), list(2)] };
  },
  run([x, starts, ends, axes, steps]) {
    const chosen = x.dims.map((dim) => [...Array(dim).keys()]);
    for (let k = 0; k < axes.data.length; ++k) {
      const axis = normalAxis(axes.data[k], x.dims.length);
      const [dim, step] = [x.dims[axis], steps.data[k]];
      const clamp = (place) => Math.min(Math.max(place < 0 ? place + dim : place, step < 0 ? -1 : 0), step < 0 ? dim - 1 : dim);
      chosen[axis] = [];
      for (let i = clamp(starts.data[k]); step > 0 ? i < clamp(ends.data[k]) : i > clamp(ends.data[k]); i += step)
        chosen[axis].push(i);
    }
    const from = new Array(x.dims.length);
    return [
      build(
        chosen.map(({ length }) => length),
        (index) => {
          for (let axis = 0; axis < from.length; ++axis) from[axis] = chosen[axis][index[axis]];
          return at(x, from);
        },
      ),
    ];
  },
};

function part(x, axis, first, length) {
  const dims = x.dims.map((dim, k) => (k === axis ? length : dim));
  return build(dims, (index) =>
    at(
      x,
      index.map((i, k) => (k === axis ? i + first : i)),
    ),
  );
}

const split = {
  name: 'Split',
  since: 13,
  make(g, x) {
    const { dims } = g.values.get(x);
    const axis = axisOf(g, dims);
    if (dims[axis] < 2) return undefined;
    const first = g.random.whole(1, dims[axis] - 1);
    const sizes =
      g.random.chance(0.3) && dims[axis] > first + 1 ? [first, 1, dims[axis] - first - 1] : [first, dims[axis] - first];
    return { reads: [x, g.ints(sizes)], outputs: sizes.length, axis: signed(g, axis, dims.length) };
  },
  run([x, sizes], { axis }) {
    const firsts = [0];
    for (const size of sizes.data) firsts.push(firsts.at(-1) + size);
    return Array.from(sizes.data, (size, k) => part(x, normalAxis(axis, x.dims.length), firsts[k], size));
  },
};

const concat = {
  name: 'Concat',
  since: 7,
  make(g, x) {
    const { dims } = g.values.get(x);
    const axis = axisOf(g, dims);
    const reads = [x];
    for (let count = g.random.whole(1, 2); count > 0; --count) {
      const fits = g.computed.filter((name) => {
        const other = g.values.get(name).dims;
        return other.length === dims.length && other.every((dim, k) => k === axis || dim === dims[k]);
      });
      const own = dims.map((dim, k) => (k === axis ? g.random.whole(1, 3) : dim));
      reads.push(g.random.chance(0.75) && fits.length > 0 ? g.random.oneOf(fits) : g.constant(own, -1, 1));
    }
    return { reads: g.random.shuffled(reads), axis: signed(g, axis, dims.length) };
  },
  run(inputs, { axis }) {
    const along = normalAxis(axis, inputs[0].dims.length);
    const sizes = inputs.map(({ dims }) => dims[along]);
    const dims = inputs[0].dims.map((dim, k) => (k === along ? sizes.reduce((a, b) => a + b) : dim));
    return [
      build(dims, (index) => {
        const from = [...index];
        let k = 0;
        for (; from[along] >= sizes[k]; ++k) from[along] -= sizes[k];
        return at(inputs[k], from);
      }),
    ];
  },
};

const pad = {
  name: 'Pad',
  since: 13,
  make(g, x) {
    const { dims } = g.values.get(x);
    const mode = g.random.oneOf(['constant', 'constant', 'reflect', 'edge', ...(g.opset >= 19 ? ['wrap'] : [])]);
    const most = (dim) => (mode === 'reflect' ? Math.min(2, dim - 1) : mode === 'wrap' ? Math.min(2, dim) : 2);
    const one = (dim) => {
      if (g.random.chance(0.5)) return 0;
      return mode === 'constant' && dim > 3 && g.random.chance(0.2) ? -1 : g.random.whole(0, most(dim));
    };
    const pads = [...dims.map(one), ...dims.map(one)];
    const reads = [x, g.ints(pads)];
    if (mode === 'constant' && g.random.chance(0.5)) reads.push(g.constant([], -1, 1));
    return { reads, mode };
  },
  run([x, pads, fill], { mode }) {
    const rank = x.dims.length;
    const dims = x.dims.map((dim, axis) => dim + pads.data[axis] + pads.data[axis + rank]);
    const place = (i, dim) => {
      if (i >= 0 && i < dim) return i;
      if (mode === 'edge') return i < 0 ? 0 : dim - 1;
      if (mode === 'reflect') return i < 0 ? -i : 2 * (dim - 1) - i;
      return mode === 'wrap' ? (i + dim) % dim : -1;
    };
    return [
      build(dims, (index) => {
        const from = index.map((i, axis) => place(i - pads.data[axis], x.dims[axis]));
        return from.some((i) => i < 0) ? (fill?.data[0] ?? 0) : at(x, from);
      }),
    ];
  },
};

const gather = {
  name: 'Gather',
  since: 11,
  make(g, x) {
    const { dims } = g.values.get(x);
    const axis = axisOf(g, dims);
    const shape = g.random.oneOf([[], [g.random.whole(1, 4)], [g.random.whole(1, 2), g.random.whole(1, 3)]]);
    if (dims.length === 1 && shape.length === 0) return undefined;
    return { reads: [x, g.indices(shape, dims[axis])], axis: signed(g, axis, dims.length) };
  },
  run([x, indices], { axis }) {
    const along = normalAxis(axis, x.dims.length);
    const dims = [...x.dims.slice(0, along), ...indices.dims, ...x.dims.slice(along + 1)];
    return [
      build(dims, (index) => {
        const which = at(indices, index.slice(along, along + indices.dims.length));
        const from = [...index.slice(0, along), normalAxis(which, x.dims[along]), ...index.slice(along + indices.dims.length)];
        return at(x, from);
      }),
    ];
  },
};

const gatherElements = {
  name: 'GatherElements',
  since: 11,
  make(g, x) {
    const { dims } = g.values.get(x);
    const axis = axisOf(g, dims);
    const shape = dims.map((dim, k) => (k === axis ? g.random.whole(1, 4) : g.random.whole(1, dim)));
    return { reads: [x, g.indices(shape, dims[axis])], axis: signed(g, axis, dims.length) };
  },
  run([x, indices], { axis }) {
    const along = normalAxis(axis, x.dims.length);
    const one = (index, place) => index.map((i, k) => (k === along ? normalAxis(indices.data[place], x.dims[along]) : i));
    return [build(indices.dims, (index, place) => at(x, one(index, place)))];
  },
};

const gatherND = {
  name: 'GatherND',
  since: 12,
  make(g, x) {
    const { dims } = g.values.get(x);
    const batch = dims.length > 1 && g.random.chance(0.4) ? 1 : 0;
    const depth = g.random.whole(1, dims.length - batch);
    if (depth === dims.length && batch === 0 && g.random.chance(0.5)) return undefined;
    const shape = [...dims.slice(0, batch), g.random.whole(1, 4)];
    const tuples = Array.from({ length: sizeOf(shape) }, () =>
      Array.from({ length: depth }, (_, k) => g.random.whole(g.random.chance(0.2) ? -dims[batch + k] : 0, dims[batch + k] - 1)),
    );
    return { reads: [x, g.ints(tuples.flat(), [...shape, depth])], batch_dims: batch };
  },
  run([x, indices], { batch_dims: batch }) {
    const depth = indices.dims.at(-1);
    const lead = indices.dims.length - 1;
    const dims = [...indices.dims.slice(0, -1), ...x.dims.slice(batch + depth)];
    return [
      build(dims, (index) => {
        const tuple = Array.from({ length: depth }, (_, k) =>
          normalAxis(at(indices, [...index.slice(0, lead), k]), x.dims[batch + k]),
        );
        return at(x, [...index.slice(0, batch), ...tuple, ...index.slice(lead)]);
      }),
    ];
  },
};

export const picks = [slice, split, concat, pad, gather, gatherElements, gatherND];
