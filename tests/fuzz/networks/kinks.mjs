// How near a network is to a place where its derivative jumps: the smallest distance met since reset(). Float32 and double may
// stand on two sides of such a place, and then both are right.
let least = Number.POSITIVE_INFINITY;

export function reset() {
  least = Number.POSITIVE_INFINITY;
}
export function near(distance) {
  if (Math.abs(distance) < least) least = Math.abs(distance);
}
export const leastDistance = () => least;

/** Of several values, the largest: the first of equal ones, and how far the next is. */
export function largest(values) {
  let best = 0;
  for (let i = 1; i < values.length; ++i) if (values[i] > values[best]) best = i;
  for (let i = 0; i < values.length; ++i) if (i !== best) near(values[best] - values[i]);
  return values[best];
}
