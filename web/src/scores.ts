// Probabilities from logits, for people.

/** exp(logit - max) / sum, of one class. */
export function probabilityOf(logits: Float32Array, index: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const logit of logits) highest = Math.max(highest, logit);
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - highest);
  return Math.exp((logits[index] ?? Number.NEGATIVE_INFINITY) - highest) / sum;
}

const percent = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const showProbability = (probability: number) =>
  probability < 0.001 ? '< 0.1 %' : percent.format(probability).replace('%', ' %');
