// The normal distribution's tail.

/**
 * The probability of more than z >= 0 deviations, to ten digits: below 2 by the series z + z^3 / 3 + z^5 / (3 5) + ..., above by
 * the continued fraction 1 / (z + 1 / (z + 2 / (z + 3 / ...))), each times the density.
 */
export function upperTail(z: number): number {
  const density = Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 2) {
    let [term, sum] = [z, z];
    for (let odd = 3; odd < 60; odd += 2) {
      term *= z ** 2 / odd;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let i = 80; i > 0; i--) fraction = z + i / fraction;
  return density / fraction;
}
