// float16 (IEEE 754 binary16) as its bits: 1 of sign, 5 of exponent, 10 of fraction.
import { SmoothGradError } from './errors.js';

const largest = 65504;

/** To the nearest one, of two equally near ones to the even one. Throws `bad-tensor` where there is none for a finite value. */
export function toHalf(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(values, (value, i) => {
    const size = Math.abs(value);
    const sign = ((bits[i] as number) >>> 16) & 0x8000;
    if (Number.isNaN(value)) return sign | 0x7e00;
    if (size === Number.POSITIVE_INFINITY) return sign | 0x7c00;
    // The spacing of float16 there; below 2^-14 it stays that of 2^-14.
    const exponent = Math.max(-14, (((bits[i] as number) >>> 23) & 0xff) - 127);
    const steps = roundToEven(size * 2 ** (10 - exponent));
    const half = (exponent + 14) * 1024 + steps;
    if (half < 0x7c00) return sign | half;
    throw new SmoothGradError('bad-tensor', `element ${i} is ${value}: float16 ends at ${largest}, take float32`);
  });
}

/** Of a number that has more digits after the point than are lost here: exact. */
function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
