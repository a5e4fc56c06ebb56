// Probabilities for people.
import { numberFormat } from './numbers.js';

const percent = numberFormat({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const showProbability = (probability: number) =>
  probability < 0.001 ? '< 0.1 %' : percent(probability).replace('%', ' %');
