// Charts of the denoised part that stand beside a claim or among its figures.
import { lineChart } from '../charts.js';
import type { Html } from '../html.js';
import { type Denoised, type Measure, measures, type Rows } from './denoised_rows.js';

const markers = { plain: 'circle', 'corrected over 2 pixels': 'square', denoised: 'diamond' } as const;

export function agreementChart({ reference }: Denoised, key: Measure, value: Rows['value'], counts: readonly number[]): Html {
  const title = measures.find((one) => one.key === key)?.title ?? key;
  return lineChart({
    title: `Agreement, pixel by pixel: ${title}`,
    caption: `With the map of ${reference} other samples; mean over the photos.`,
    x: { label: 'samples', log: true, marks: counts },
    y: { label: title },
    series: (['plain', 'corrected over 2 pixels', 'denoised'] as const).map((name) => ({
      label: name === 'corrected over 2 pixels' ? 'corrected, w 2' : name,
      marker: markers[name],
      ...(name === 'denoised' ? {} : { hollow: true as const, dash: 'dashed' as const }),
      points: counts.map((samples) => [samples, value(key, samples, name)] as const),
    })),
  });
}

export function errorChart({ errors }: Denoised): Html {
  const error = (key: 'plain' | 'denoised' | 'predicted') => errors.map(({ samples, mean }) => [samples, mean[key]] as const);
  return lineChart({
    title: 'Relative error of the signed mean',
    caption: 'L2, against the other samples, whose own noise has no part in it; mean over the photos.',
    x: { label: 'samples', log: true, marks: errors.map(({ samples }) => samples) },
    y: { label: 'relative error', log: true },
    series: [
      { label: 'plain', marker: 'circle', hollow: true, dash: 'dashed', points: error('plain') },
      { label: 'denoised', marker: 'diamond', points: error('denoised') },
      { label: 'as expected', marker: 'triangle', hollow: true, dash: 'dotted', points: error('predicted') },
    ],
  });
}
