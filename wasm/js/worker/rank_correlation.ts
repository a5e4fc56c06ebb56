// Spearman's rank correlation of two maps: how far one half of the samples agrees with the other on what matters.

/** Ranks 0, 1, ...; equal values share the mean of theirs. */
function ranks(values: Float32Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
  const result = new Float64Array(values.length);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && values[order[end] as number] === values[order[first] as number]) end++;
    for (let i = first; i < end; i++) result[order[i] as number] = (first + end - 1) / 2;
    first = end;
  }
  return result;
}

/** In [-1, 1]; NaN where one of them is constant. */
export function rankCorrelation(a: Float32Array, b: Float32Array): number {
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (a.length - 1) / 2;
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [(x[i] as number) - mean, (y[i] as number) - mean];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return xy / Math.sqrt(xx * yy);
}
