// A digit as the networks take it: 28 x 28 levels from 0 (black) to 255 (white), row by row; white on black.
import type { Picture, Prepared } from 'smoothgrad';
import { side } from '../common/digits.js';
import { showPixels } from '../common/pixels.js';

export type Digit = Uint8Array;

/** Of many, one after another. */
export const digitAt = (images: Uint8Array, at: number): Digit => images.slice(at * side * side, (at + 1) * side * side);

export const isBlank = (digit: Digit) => digit.every((level) => level === 0);

function pixelsOf(digit: Digit): Picture {
  const data = new Uint8ClampedArray(4 * side * side).fill(255);
  for (const [i, level] of digit.entries()) data.fill(level, 4 * i, 4 * i + 3);
  return { width: side, height: side, data };
}

/** As the networks take it. */
export const toPhoto = (digit: Digit): Prepared => ({
  pixels: pixelsOf(digit),
  input: { shape: [1, 1, side, side], data: Float32Array.from(digit, (level) => level / 255) },
});

/** Draws it, pixel for pixel, on a canvas that becomes 28 x 28. */
export const paintDigit = (canvas: HTMLCanvasElement, digit: Digit) => showPixels(canvas, pixelsOf(digit));
