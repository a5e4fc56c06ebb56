// From logits to probabilities and to the classes that lead.
import type { ClassScore } from './index.js';

/** exp(logit - max) / sum. */
export function softmax(logits: Float32Array): Float64Array {
  const highest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = Float64Array.from(logits, (logit) => Math.exp(logit - highest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** The `top` classes with the largest logits, largest first; classes without a name are called by their index. */
export function rankClasses(
  logits: Float32Array,
  names: readonly string[],
  top: number,
  probabilities: ArrayLike<number> = softmax(logits),
): ClassScore[] {
  return [...logits.keys()]
    .sort((a, b) => (logits[b] as number) - (logits[a] as number))
    .slice(0, top)
    .map((index) => ({
      index,
      name: names[index] ?? String(index),
      probability: probabilities[index] as number,
      logit: logits[index] as number,
    }));
}
