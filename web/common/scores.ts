// Probabilities for people.
import { percentFormat } from './numbers.js';

const percent = percentFormat(1);

export const showProbability = (probability: number) => (probability < 0.001 ? `< ${percent(0.001)}` : percent(probability));
