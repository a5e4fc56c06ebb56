// A digit as the networks take it: 28 x 28 levels from 0 (black) to 255 (white), row by row; white on black.
import type { RawTensor } from 'smoothgrad';
import { side } from '../common/digits.js';

export type Digit = Uint8Array;

/** Of many, one after another. */
export const digitAt = (images: Uint8Array, at: number): Digit => images.slice(at * side * side, (at + 1) * side * side);

export const isBlank = (digit: Digit) => digit.every((level) => level === 0);

export const toInput = (digit: Digit): RawTensor => ({
  shape: [1, 1, side, side],
  data: Float32Array.from(digit, (level) => level / 255),
});

/** Draws it, pixel for pixel, on a canvas that becomes 28 x 28. */
export function paintDigit(canvas: HTMLCanvasElement | OffscreenCanvas, digit: Digit) {
  const picture = new ImageData(side, side);
  picture.data.fill(255);
  for (const [i, level] of digit.entries()) picture.data.fill(level, 4 * i, 4 * i + 3);
  Object.assign(canvas, { width: side, height: side });
  (canvas.getContext('2d') as CanvasRenderingContext2D | null)?.putImageData(picture, 0, 0);
}
