// Signed means against the reference, element by element: how far off they are, and whether the denoised one knows it.
import type { Explanation } from '../../api/index.js';
import type { Reference } from './reference.js';

export interface ErrorFigures {
  /** Relative L2 of the plain mean and of the denoised one; the reference's noise has no part in them. */
  plain: number;
  denoised: number;
  /** What the denoised mean expects its own to be. */
  predicted: number;
}

export interface Calibration {
  /** Squared errors over the variances that were expected: above 1, these are too small. */
  all: number;
  /** Of the quarter of the elements with the smallest variances, and of that with the largest. */
  smallest: number;
  largest: number;
  /** Share of the elements within one and within two deviations of the reference, its own noise added: .683 and .954. */
  withinOne: number;
  withinTwo: number;
}

type Values = ArrayLike<number>;

/** Sum of (x - a)(x - b): with two independent references that of the true squared errors, whatever noise they have. */
function squaredError(x: Values, [a, b]: Reference['halves'], among?: ArrayLike<number>): number {
  let sum = 0;
  const count = among?.length ?? x.length;
  for (let j = 0; j < count; j++) {
    const i = among?.[j] ?? j;
    const value = x[i] as number;
    sum += (value - (a[i] as number)) * (value - (b[i] as number));
  }
  return sum;
}

const sumAt = (values: Values, among: ArrayLike<number>) => {
  let sum = 0;
  for (let j = 0; j < among.length; j++) sum += values[among[j] as number] as number;
  return sum;
};

/** Over the true squares: the error of nothing but zeros. */
const relative = (squares: number, halves: Reference['halves']) =>
  Math.sqrt(Math.max(0, squares) / squaredError(new Float32Array(halves[0].length), halves));

export async function plainError(run: Explanation, { halves }: Reference): Promise<number> {
  return relative(squaredError((await run.attribution()).data, halves), halves);
}

function withinShare(x: Values, variance: Values, { whole, standardError }: Reference, deviations: number): number {
  let count = 0;
  for (let i = 0; i < x.length; i++) {
    const off = (x[i] as number) - (whole[i] as number);
    if (off ** 2 <= deviations ** 2 * ((variance[i] as number) + (standardError[i] as number) ** 2)) count++;
  }
  return count / x.length;
}

export async function errorsOf(run: Explanation, reference: Reference): Promise<ErrorFigures & { calibration: Calibration }> {
  const { halves } = reference;
  const { mean: denoised, variance, expectedError } = await run.denoised();
  const order = Uint32Array.from(variance.data.keys()).sort(
    (i, j) => (variance.data[i] as number) - (variance.data[j] as number),
  );
  const ratio = (among: Uint32Array) => squaredError(denoised.data, halves, among) / sumAt(variance.data, among);
  const quarter = Math.floor(order.length / 4);
  return {
    plain: await plainError(run, reference),
    denoised: relative(squaredError(denoised.data, halves), halves),
    predicted: expectedError,
    calibration: {
      all: ratio(order),
      smallest: ratio(order.subarray(0, quarter)),
      largest: ratio(order.subarray(-quarter)),
      withinOne: withinShare(denoised.data, variance.data, reference, 1),
      withinTwo: withinShare(denoised.data, variance.data, reference, 2),
    },
  };
}
