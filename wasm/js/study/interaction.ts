// Two factors, each off or on, on the same items: what each does alone, what both do, and what both do beyond the sum of the two
// (the interaction), with a percentile bootstrap over the items.
import { mean } from './numbers.js';

/** A measure of each item with neither, the first, the second, both. */
export interface TwoByTwo {
  neither: readonly number[];
  first: readonly number[];
  second: readonly number[];
  both: readonly number[];
}

export interface Interaction {
  /** Mean of the measure where neither is on; effects are differences from it. */
  neither: number;
  first: number;
  second: number;
  both: number;
  /** first + second: what both would do if they added up. */
  sum: number;
  /** both - sum. */
  interaction: number;
  /** 95 % of the resampled means of the interaction lie in it. */
  interval: [number, number];
}

const resamples = 4000;
const share = 0.95;

/** Numbers from 0 to below 1: a linear congruence modulo 2^32, of which the high bits count. */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The middle 95 % of the means of as many items, drawn with replacement. */
export function bootstrapInterval(values: readonly number[], seed: number): [number, number] {
  const next = seededNumbers(seed);
  const draw = () => values[Math.floor(next() * values.length)] as number;
  const means = Float64Array.from({ length: resamples }, () => mean(values.map(draw))).sort();
  const at = (quantile: number) => means[Math.round(quantile * (resamples - 1))] as number;
  return [at((1 - share) / 2), at((1 + share) / 2)];
}

export function interactionOf({ neither, first, second, both }: TwoByTwo, seed: number): Interaction {
  const less = (values: readonly number[], i: number) => (values[i] as number) - (neither[i] as number);
  const beyond = neither.map((_, i) => less(both, i) - less(first, i) - less(second, i));
  const effect = (values: readonly number[]) => mean(values) - mean(neither);
  return {
    neither: mean(neither),
    first: effect(first),
    second: effect(second),
    both: effect(both),
    sum: effect(first) + effect(second),
    interaction: mean(beyond),
    interval: bootstrapInterval(beyond, seed),
  };
}
