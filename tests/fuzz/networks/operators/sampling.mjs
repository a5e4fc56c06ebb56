// Operators that take values between the pixels: Resize, GridSample.
import { near } from '../kinks.mjs';
import { at, build } from '../tensor.mjs';

const weight = {
  linear: (d) => Math.max(0, 1 - Math.abs(d)),
  cubic(d, a) {
    const x = Math.abs(d);
    if (x < 1) return (a + 2) * x ** 3 - (a + 3) * x ** 2 + 1;
    return x < 2 ? a * x ** 3 - 5 * a * x ** 2 + 8 * a * x - 4 * a : 0;
  },
};

const coordinates = {
  half_pixel: (i, scale) => (i + 0.5) / scale - 0.5,
  asymmetric: (i, scale) => i / scale,
  pytorch_half_pixel: (i, scale, _, after) => (after > 1 ? (i + 0.5) / scale - 0.5 : 0),
  align_corners: (i, _, before, after) => (after > 1 ? (i * (before - 1)) / (after - 1) : 0),
};

const nearest = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** [place, weight] of what an element along one axis is made of. */
function taps(i, scale, before, after, options) {
  const x = coordinates[options.coordinate_transformation_mode](i, scale, before, after);
  const clamp = (place) => Math.min(before - 1, Math.max(0, place));
  if (options.mode === 'nearest') {
    // Beside a border between two pixels a runtime in float32 may take the other one.
    return [[clamp(nearest[options.nearest_mode](x)), 1]];
  }
  const reach = options.mode === 'cubic' ? 2 : 1;
  const first = Math.floor(x) - reach + 1;
  return Array.from({ length: 2 * reach }, (_, k) => [clamp(first + k), weight[options.mode](x - first - k, -0.75)]);
}

const resize = {
  name: 'Resize',
  since: 13,
  make(g, x) {
    const { dims } = g.values.get(x);
    if (dims.length !== 4 || dims[0] !== 1) return undefined;
    const mode = g.random.oneOf(['nearest', 'linear', 'cubic']);
    // Scales of powers of two, which float32 has exactly.
    const scales = [1, 1, g.random.oneOf([0.5, 1, 2, 2, 3]), g.random.oneOf([0.5, 1, 2, 2, 3])];
    if (scales.some((scale, axis) => !Number.isInteger(scale * dims[axis]))) return undefined;
    const attributes = { mode, coordinate_transformation_mode: g.random.oneOf(Object.keys(coordinates)) };
    if (mode === 'nearest') {
      if (scales.includes(3)) return undefined;
      attributes.nearest_mode = g.random.oneOf(Object.keys(nearest));
    }
    if (mode === 'nearest' && attributes.coordinate_transformation_mode === 'align_corners') return undefined;
    const sizes = dims.map((dim, axis) => dim * scales[axis]);
    const by = g.random.chance(0.5) ? ['', g.constantOf([4], scales)] : ['', '', g.ints(sizes)];
    return { reads: [x, ...by], ...attributes };
  },
  run([x, , scales, sizes], options) {
    const dims = x.dims.map((dim, axis) => (sizes ? sizes.data[axis] : Math.floor(dim * scales.data[axis])));
    const along = [2, 3].map((axis) =>
      Array.from({ length: dims[axis] }, (_, i) => taps(i, dims[axis] / x.dims[axis], x.dims[axis], dims[axis], options)),
    );
    return [
      build(dims, ([n, c, i, j]) => {
        let sum = 0;
        for (const [row, a] of along[0][i]) for (const [col, b] of along[1][j]) sum += a * b * at(x, [n, c, row, col]);
        return sum;
      }),
    ];
  },
};

const reflected = (place, low, high) => {
  const span = high - low;
  if (span <= 0) return low;
  const from = Math.abs(place - low);
  const rest = from % span;
  return Math.floor(from / span) % 2 === 0 ? low + rest : high - rest;
};

const gridSample = {
  name: 'GridSample',
  since: 20,
  make(g, x) {
    const { dims } = g.values.get(x);
    if (dims.length !== 4 || dims[0] !== 1) return undefined;
    const grid = g.constant([1, g.random.whole(1, 4), g.random.whole(1, 4), 2], -1.3, 1.3);
    const attributes = { mode: g.random.oneOf(['linear', 'nearest', 'cubic']), align_corners: g.random.whole(0, 1) };
    return { reads: [x, grid], ...attributes, padding_mode: g.random.oneOf(['zeros', 'border', 'reflection']) };
  },
  run([x, grid], { mode, align_corners: corners, padding_mode: padding }) {
    const [, channels, ...sizes] = x.dims;
    const inside = (place, size) => {
      if (padding === 'zeros') return place;
      const back =
        padding === 'reflection' ? (corners ? reflected(place, 0, size - 1) : reflected(place, -0.5, size - 0.5)) : place;
      return Math.min(size - 1, Math.max(0, back));
    };
    const along = (given, size) => {
      let place = corners ? ((given + 1) / 2) * (size - 1) : ((given + 1) * size - 1) / 2;
      if (mode !== 'cubic') place = inside(place, size);
      if (mode === 'nearest') {
        near(Math.abs(place - Math.floor(place) - 0.5));
        return [[Math.round(place), 1]];
      }
      const reach = mode === 'cubic' ? 2 : 1;
      const first = Math.floor(place) - reach + 1;
      return Array.from({ length: 2 * reach }, (_, k) => [
        mode === 'cubic' ? inside(first + k, size) : first + k,
        weight[mode](place - first - k, -0.75),
      ]);
    };
    return [
      build([1, channels, grid.dims[1], grid.dims[2]], ([, c, i, j]) => {
        let sum = 0;
        for (const [row, a] of along(at(grid, [0, i, j, 1]), sizes[0])) {
          for (const [col, b] of along(at(grid, [0, i, j, 0]), sizes[1])) {
            if (a * b !== 0 && row >= 0 && row < sizes[0] && col >= 0 && col < sizes[1]) sum += a * b * at(x, [0, c, row, col]);
          }
        }
        return sum;
      }),
    ];
  },
};

export const sampling = [resize, gridSample];
