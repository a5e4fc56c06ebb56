// What stands out of the noise: which elements of the attribution are said to be positive or negative, and how many of those are
// the other way around.
import type { Explanation } from '../../api/index.js';
import { upperTail } from '../normal.js';
import type { Reference } from './reference.js';

const rate = 0.05;

type Values = Float32Array;

/** An estimate of each element, and how many deviations it is from 0; those from the threshold on are said to stand out. */
interface Declared {
  estimate: Values;
  deviations: Values;
  threshold: number;
}

const descending = (values: Values) => values.slice().sort().reverse();

/** Benjamini and Hochberg (1995), two-sided: the k-th largest counts while its p is at most rate k / N. */
export function falseDiscoveryThreshold(deviations: Values): number {
  const sorted = descending(deviations);
  for (let k = sorted.length; k > 0; k--) {
    const z = sorted[k - 1] as number;
    if (2 * upperTail(z) <= (rate * k) / sorted.length) return z;
  }
  return Number.POSITIVE_INFINITY;
}

/** The largest set whose elements have the other sign with a probability of `rate` on average (Stephens 2017, s-value). */
export function falseSignThreshold(deviations: Values): number {
  const sorted = descending(deviations);
  let [sum, threshold] = [0, Number.POSITIVE_INFINITY];
  for (const [k, z] of sorted.entries()) {
    sum += upperTail(z);
    if (sum > rate * (k + 1)) break;
    threshold = z;
  }
  return threshold;
}

interface Posterior {
  mean: Values;
  variance: Values;
  samples: number;
}

const ofPosterior = (
  { mean, variance }: Posterior,
  widening: number,
  thresholdOf: (deviations: Values) => number,
): Declared => {
  const deviations = mean.map((value, i) =>
    value === 0 ? 0 : Math.abs(value) / Math.sqrt(widening * (variance[i] as number)),
  );
  return { estimate: mean, deviations, threshold: thresholdOf(deviations) };
};

/** The engine's own, whose map shows the largest of the channels: its least value but 0 is at the threshold. */
async function ofSignificance(run: Explanation): Promise<Declared> {
  const { data: estimate } = await run.attribution();
  const { data: error } = await run.standardError();
  const { map } = await run.map({ magnitude: 'significance', window: 0 });
  const threshold = map.reduce((least, value) => (value > 0 && value < least ? value : least), Number.POSITIVE_INFINITY);
  const deviations = estimate.map((value, i) => (value === 0 ? 0 : Math.abs(value) / (error[i] as number)));
  return { estimate, deviations, threshold };
}

/** The engine's `known-sign` magnitude is the last. */
export const rules = [
  { name: 'significance', of: (run: Explanation) => ofSignificance(run) },
  {
    name: 'denoised, false discovery rate',
    of: async (_: Explanation, posterior: Posterior) => ofPosterior(posterior, 1, falseDiscoveryThreshold),
  },
  {
    name: 'denoised, false sign rate',
    of: async (_: Explanation, posterior: Posterior) => ofPosterior(posterior, 1, falseSignThreshold),
  },
  {
    // Of few samples the variance is too small, since the noise itself is only estimated.
    name: 'denoised, false sign rate, wider',
    of: async (_: Explanation, posterior: Posterior) =>
      ofPosterior(posterior, posterior.samples / (posterior.samples - 5), falseSignThreshold),
  },
] as const;

export interface Discoveries {
  rule: string;
  /** Of all elements. */
  share: number;
  /** Of those, with another sign than the reference has; and extrapolated to a reference without noise. */
  againstReference: number;
  wrongSign: number;
  /** Of those: the reference does not have their sign at 1.96 standard errors or more. */
  unconfirmed: number;
}

/**
 * Of elements near 0 the reference's sign is a coin's toss; how many those are grows as its standard error, which half of the
 * reference has sqrt(2) times: a line through both ends where there is none.
 */
function judge(rule: string, { estimate, deviations, threshold }: Declared, reference: Reference): Discoveries {
  const declared: number[] = [];
  deviations.forEach((value, i) => {
    if (value >= threshold) declared.push(i);
  });
  const share = (isSo: (i: number) => boolean) =>
    declared.length === 0 ? 0 : declared.reduce((count, i) => count + (isSo(i) ? 1 : 0), 0) / declared.length;
  const differs = (from: Values) => share((i) => (estimate[i] as number) * (from[i] as number) < 0);
  const { whole, halves, standardError } = reference;
  const againstReference = differs(whole);
  const againstHalf = (differs(halves[0]) + differs(halves[1])) / 2;
  return {
    rule,
    share: declared.length / deviations.length,
    againstReference,
    wrongSign: Math.max(0, againstReference - (againstHalf - againstReference) / (Math.SQRT2 - 1)),
    unconfirmed: share(
      (i) => !(Math.sign(estimate[i] as number) * (whole[i] as number) >= 1.96 * (standardError[i] as number)),
    ),
  };
}

export async function discoveriesOf(run: Explanation, reference: Reference): Promise<Discoveries[]> {
  const { mean, variance, samples } = await run.denoised();
  const posterior = { mean: mean.data, variance: variance.data, samples };
  const rows: Discoveries[] = [];
  for (const { name, of } of rules) rows.push(judge(name, await of(run, posterior), reference));
  return rows;
}
