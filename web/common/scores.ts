// Probabilities for people.
const percent = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const showProbability = (probability: number) =>
  probability < 0.001 ? '< 0.1 %' : percent.format(probability).replace('%', ' %');
