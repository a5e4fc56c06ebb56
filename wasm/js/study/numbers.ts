// Arithmetic on figures.

/** Six digits are more than the figures mean, and keep files small. */
export const sixDigits = (value: number): number => Number(value.toPrecision(6));

/** The same for JSON.stringify(). */
export const inSixDigits = (_: string, value: unknown) => (typeof value === 'number' ? sixDigits(value) : value);

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of objects with the same numbers: the mean of each; of none, nothing. */
export function meanOf<T extends object>(rows: readonly T[]): T {
  const keys = Object.keys(rows[0] ?? {}) as (keyof T)[];
  return Object.fromEntries(keys.map((key) => [key, mean(rows.map((row) => row[key] as number))])) as T;
}

/** Of the least-squares line through (log x, log y); points that are not positive and finite are left out. */
export function logSlope(points: readonly (readonly [number, number])[]): number {
  const logs = points.filter((point) => point.every((value) => value > 0 && Number.isFinite(value)));
  const x = logs.map(([value]) => Math.log(value));
  const y = logs.map(([, value]) => Math.log(value));
  const [centreX, centreY] = [mean(x), mean(y)];
  const covariance = mean(x.map((value, i) => (value - centreX) * ((y[i] as number) - centreY)));
  return covariance / mean(x.map((value) => (value - centreX) ** 2));
}
