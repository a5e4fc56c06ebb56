// RQ1: does averaging remove visual noise?
import { lineChart } from '../charts.js';
import { decimals, percent, table } from '../figures.js';
import { html } from '../html.js';
import { picture, rows, strip } from '../pictures.js';
import type { SectionMaker } from './section.js';

const paperSamples = 50;
const samplesAxis = { label: 'samples', log: true, marks: [1, 2, 5, 10, 20, 50, 100, 200] } as const;

export const rq1: SectionMaker<'rq1'> = {
  title: 'Does averaging remove the speckle?',
  measured:
    'Total variation over the sum of the map, the share of its energy above half the Nyquist frequency, and the median of |mean| / standard error over its elements, against the number of samples n.',
  make(part, { figure, className }) {
    const { photos, mean, pictures, noise } = part;
    const counts = mean.smooth.map(({ samples }) => samples);
    const last = counts.length - 1;
    const usual = counts.includes(paperSamples) ? counts.indexOf(paperSamples) : last;
    const n = counts[usual];
    type Measure = 'totalVariation' | 'highFrequencyShare';
    const below = (measure: Measure) =>
      photos.map(({ gradient, smooth }) => (smooth[usual]?.[measure] as number) < gradient[measure]);
    const falls = (measure: Measure) =>
      mean.smooth.slice(1).map((row, i) => row[measure] < (mean.smooth[i]?.[measure] as number));
    const course = (measure: Measure, format = decimals(2)) =>
      html`${counts.map((count, i) => html`${i > 0 && ', '}${count}: ${figure(`rq1.mean.smooth.${i}.${measure}`, format)}`)}`;
    const chart = (measure: Measure, title: string, label: string) => {
      const level = mean.gradient[measure];
      return lineChart({
        title,
        caption: 'Low is clean. Faint: each photo.',
        x: samplesAxis,
        y: { label },
        series: [
          ...photos.map(({ smooth }) => ({ points: smooth.map((row) => [row.samples, row[measure]] as const) })),
          { label: 'gradient', dash: 'dashed', points: counts.map((count) => [count, level] as const) },
          { label: 'SmoothGrad', marker: 'circle', points: mean.smooth.map((row) => [row.samples, row[measure]] as const) },
        ],
      });
    };
    const told = (points: typeof mean.smooth) =>
      points.filter(({ samples }) => samples > 1).map((row) => [row.samples, row.signalToNoise] as const);
    const strips = pictures.map(({ photo, original, gradient, smooth }) => {
      const name = className(photo);
      return strip(`${name}: photo, gradient and SmoothGrad`, [
        picture(original, name, `The photo of “${name}” as the network sees it`),
        picture(gradient, 'gradient', `Plain gradient for ${name}`),
        ...smooth.map(({ samples, file }) =>
          picture(file, `${samples} samples`, `SmoothGrad of ${samples} samples at noise ${noise} for ${name}`),
        ),
      ]);
    });
    return {
      claims: [
        {
          id: 'less-noise',
          says: 'Averaging over noisy copies gives a cleaner map than the plain gradient.',
          answer: html`Judge by eye; in figures, jumps between neighbouring pixels: ${figure('rq1.mean.gradient.totalVariation')} for the plain gradient, ${figure(`rq1.mean.smooth.${usual}.totalVariation`)} after ${n} samples. Fine speckle: ${figure('rq1.mean.gradient.highFrequencyShare', percent)} and ${figure(`rq1.mean.smooth.${usual}.highFrequencyShare`, percent)}.`,
          shown: rows(strips.slice(0, 1)),
          rule: `both are lower after ${n} samples than for the gradient, on every photo`,
          cases: [...below('totalVariation'), ...below('highFrequencyShare')],
          numbers: html`After ${counts[last]} samples: ${figure(`rq1.mean.smooth.${last}.totalVariation`)} and ${figure(`rq1.mean.smooth.${last}.highFrequencyShare`, percent)}.`,
          note: html`Lower on ${below('totalVariation').filter(Boolean).length} of ${photos.length} photos by jumps (total variation), on ${below('highFrequencyShare').filter(Boolean).length} by speckle (high frequencies).`,
          tryOn: { page: 'explain', values: { method: 'smoothgrad', magnitude: 'plain', view: 'two-up' } },
        },
        {
          id: 'smoother-with-n',
          says: 'The more samples, the smoother the map.',
          answer: html`Jumps between neighbouring pixels: ${figure('rq1.mean.smooth.0.totalVariation')} with ${counts[0]} sample, ${figure(`rq1.mean.smooth.${last}.totalVariation`)} with ${counts[last]}.`,
          shown: chart('totalVariation', 'Jumps between neighbouring pixels', 'total variation'),
          rule: 'the mean of both measures, jumps and fine speckle, falls with every step of the number of samples',
          cases: [...falls('totalVariation'), ...falls('highFrequencyShare')],
          numbers: html`Jumps (total variation) at ${course('totalVariation')}. Speckle (high frequencies) at ${course('highFrequencyShare', percent)}.`,
          tryOn: { page: 'compare', values: { rows: 'photo', columns: 'samples', method: 'smoothgrad' } },
        },
      ],
      content: [
        html`<div class="plots">${chart('highFrequencyShare', 'Energy above half Nyquist', 'share')}${lineChart({
          title: 'Median |mean| / standard error',
          caption: 'Faint: each photo. Above 2, the typical element is told from 0.',
          x: samplesAxis,
          y: { label: '|mean| / SE' },
          series: [
            ...photos.map(({ smooth }) => ({ points: told(smooth) })),
            { label: 'SmoothGrad', marker: 'circle', points: told(mean.smooth) },
          ],
        })}</div>`,
        rows(strips.slice(1)),
        photos.map(({ photo, smooth }, i) =>
          table(
            className(photo),
            ['n', 'total variation', 'high frequencies', '|mean| / SE'],
            [
              [
                'gradient',
                figure(`rq1.photos.${i}.gradient.totalVariation`, decimals(3)),
                figure(`rq1.photos.${i}.gradient.highFrequencyShare`, decimals(3)),
                '',
              ],
              ...smooth.map(({ samples }, j) => [
                samples,
                figure(`rq1.photos.${i}.smooth.${j}.totalVariation`, decimals(3)),
                figure(`rq1.photos.${i}.smooth.${j}.highFrequencyShare`, decimals(3)),
                figure(`rq1.photos.${i}.smooth.${j}.signalToNoise`, decimals(3)),
              ]),
            ],
          ),
        ),
      ],
    };
  },
};
