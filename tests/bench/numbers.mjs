// Small statistics.
export const least = (values) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** ||a - b|| / ||b||, Euclidean. */
export function relativeDistance(a, b) {
  if (a.length !== b.length) throw new Error(`${a.length} numbers against ${b.length}`);
  let difference = 0;
  let size = 0;
  for (let i = 0; i < b.length; ++i) {
    difference += (a[i] - b[i]) ** 2;
    size += b[i] ** 2;
  }
  return Math.sqrt(difference / size);
}
