// Two photos in one input, as in the paper's figure 6: the middle half of each, beside each other.

import { badOption } from './errors.js';
import type { Prepared } from './index.js';

/** Rows of `width` elements, `each` of what follows: the middle half of left's row, then that of right's. */
function joinRows<T extends Float32Array | Uint8ClampedArray>(left: T, right: T, out: T, width: number): T {
  const half = width / 2;
  const from = Math.floor(half / 2);
  for (let row = 0; row < out.length; row += width) {
    out.set(left.subarray(row + from, row + from + half), row);
    out.set(right.subarray(row + from, row + from + half), row + half);
  }
  return out;
}

/**
 * The middle half of `left` in the left half, that of `right` in the right half: what prepare() made of two photos for one
 * network, to what its classify() and explain() take. Throws `bad-option` where the sizes differ or the width is no multiple of 4.
 */
export function composePair(left: Prepared, right: Prepared): Prepared {
  const { width, height } = left.pixels;
  const { shape } = left.input;
  if (right.pixels.width !== width || right.pixels.height !== height || `${right.input.shape}` !== `${shape}`) {
    throw badOption('the two photos of a pair must be prepared for the same network');
  }
  if (width % 4 !== 0) throw badOption(`a pair needs a width that is a multiple of 4, not ${width}`);
  const data = joinRows(left.pixels.data, right.pixels.data, new Uint8ClampedArray(4 * width * height), 4 * width);
  const input = joinRows(left.input.data, right.input.data, new Float32Array(left.input.data.length), width);
  return { pixels: { width, height, data }, input: { shape: [...shape], data: input } };
}
