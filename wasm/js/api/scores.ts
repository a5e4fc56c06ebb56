// From logits to probabilities and to the classes that lead.
import type { ClassScore, Ending } from './index.js';

/** exp(logit - max) / sum. */
export function softmax(logits: Float32Array): Float64Array {
  const highest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = Float64Array.from(logits, (logit) => Math.exp(logit - highest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

const sigmoid = (logits: Float32Array) => Float64Array.from(logits, (logit) => 1 / (1 + Math.exp(-logit)));

/**
 * What the logits say of each class, by how the model ends: of 'softmax' one class is right, of 'sigmoid' each is or is not, of
 * 'none' the outputs are probabilities already. One logit alone is that of a sigmoid: its softmax would be 1 whatever it is.
 */
export function probabilitiesOf(logits: Float32Array, ending: Ending): Float64Array {
  if (ending === 'none') return Float64Array.from(logits);
  return ending === 'sigmoid' || logits.length === 1 ? sigmoid(logits) : softmax(logits);
}

/** The `top` classes with the largest logits, largest first, or as many as there are; without a name they are called by their index. */
export function rankClasses(
  logits: Float32Array,
  names: readonly string[],
  top: number,
  ending: Ending = 'softmax',
): ClassScore[] {
  const probabilities = probabilitiesOf(logits, ending);
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
