// Quantiles of Student's t.
import { upperTail } from './normal.js';

/** Of the normal distribution, for 0.5 <= p < 1: halving the interval in which the tail is 1 - p. */
function normalQuantile(p: number): number {
  let [low, high] = [0, 40];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (upperTail(middle) > 1 - p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** For 0.5 <= p < 1 by Abramowitz and Stegun (26.7.5), an expansion in 1 / degrees: at p = 0.975 to 0.1 % from 4 degrees on. */
export function studentQuantile(p: number, degrees: number): number {
  const z1 = normalQuantile(p);
  const [z3, z5, z7, z9] = [z1 ** 3, z1 ** 5, z1 ** 7, z1 ** 9] as const;
  return (
    z1 +
    (z3 + z1) / (4 * degrees) +
    (5 * z5 + 16 * z3 + 3 * z1) / (96 * degrees ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z1) / (384 * degrees ** 3) +
    (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z1) / (92160 * degrees ** 4)
  );
}
