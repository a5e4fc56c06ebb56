// Tensors of doubles, {dims, data}, row by row.
export const sizeOf = (dims) => dims.reduce((product, dim) => product * dim, 1);

export function stridesOf(dims) {
  const strides = new Array(dims.length);
  let stride = 1;
  for (let axis = dims.length; axis-- > 0; stride *= dims[axis]) strides[axis] = stride;
  return strides;
}

/** Visits all indices in order: visit(index, place). The index is one array that changes. */
export function forEachIndex(dims, visit) {
  const size = sizeOf(dims);
  const index = new Array(dims.length).fill(0);
  for (let place = 0; place < size; ++place) {
    visit(index, place);
    for (let axis = dims.length; axis-- > 0; ) {
      if (++index[axis] < dims[axis]) break;
      index[axis] = 0;
    }
  }
}

/** value(index, place) of each element. */
export function build(dims, value) {
  const data = new Float64Array(sizeOf(dims));
  forEachIndex(dims, (index, place) => {
    data[place] = value(index, place);
  });
  return { dims, data };
}

export function at(tensor, index) {
  let place = 0;
  for (let axis = 0; axis < index.length; ++axis) place = place * tensor.dims[axis] + index[axis];
  return tensor.data[place];
}

/** Of a smaller tensor that is spread over `index`, by numpy's rules. */
export function spreadAt(tensor, index) {
  const more = index.length - tensor.dims.length;
  let place = 0;
  for (let axis = 0; axis < tensor.dims.length; ++axis) {
    place = place * tensor.dims[axis] + (tensor.dims[axis] === 1 ? 0 : index[axis + more]);
  }
  return tensor.data[place];
}

/** What all spread to; undefined where they do not fit. */
export function spreadDims(...all) {
  const rank = Math.max(...all.map((dims) => dims.length));
  const result = new Array(rank).fill(1);
  for (const dims of all) {
    for (let k = 1; k <= dims.length; ++k) {
      const dim = dims.at(-k);
      if (dim === 1) continue;
      if (result[rank - k] !== 1 && result[rank - k] !== dim) return undefined;
      result[rank - k] = dim;
    }
  }
  return result;
}

export const normalAxis = (axis, rank) => (axis < 0 ? axis + rank : axis);
export const without = (list, axes) => list.filter((_, axis) => !axes.includes(axis));
