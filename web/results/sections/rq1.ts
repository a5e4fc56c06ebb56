// RQ1: does averaging remove visual noise?
import { lineChart } from '../charts.js';
import { decimals, folded, percent, table } from '../figures.js';
import { html } from '../html.js';
import { picture, rows, strip } from '../pictures.js';
import type { SectionMaker } from './section.js';

const paperSamples = 50;
const samplesAxis = { label: 'samples n', log: true, marks: [1, 2, 5, 10, 20, 50, 100, 200] } as const;

export const rq1: SectionMaker<'rq1'> = {
  title: 'Does averaging remove visual noise?',
  measured:
    'Total variation over the sum of the map, the share of its energy above half the Nyquist frequency, and the median of |mean| / standard error over its elements, against the number of samples.',
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
    const beside = (measure: Measure, format = decimals(2)) =>
      html`${figure(`rq1.mean.gradient.${measure}`, format)} for the plain gradient, ${figure(`rq1.mean.smooth.${usual}.${measure}`, format)} at n = ${n}, ${figure(`rq1.mean.smooth.${last}.${measure}`, format)} at n = ${counts[last]}`;
    const chart = (measure: Measure, title: string, label: string) => {
      const level = mean.gradient[measure];
      return lineChart({
        title,
        caption: 'Faint: each photo.',
        x: samplesAxis,
        y: { label },
        series: [
          ...photos.map(({ smooth }) => ({ points: smooth.map((row) => [row.samples, row[measure]] as const) })),
          { label: 'gradient', dash: 'dashed', points: counts.map((count) => [count, level] as const) },
          { label: 'SmoothGrad', marker: 'circle', points: mean.smooth.map((row) => [row.samples, row[measure]] as const) },
        ],
      });
    };
    return {
      claims: [
        {
          id: 'less-noise',
          says: 'Averaging the gradients of noisy copies gives a map with less visual noise than the plain gradient.',
          figure: html`Total variation over the map: ${beside('totalVariation')}. Share of high frequencies: ${beside('highFrequencyShare', percent)}.`,
          rule: `both measures are lower at n = ${n} than for the gradient, on every photo`,
          cases: [...below('totalVariation'), ...below('highFrequencyShare')],
          note: html`Lower on ${below('totalVariation').filter(Boolean).length} of ${photos.length} photos by total variation, on ${below('highFrequencyShare').filter(Boolean).length} by high frequencies.`,
        },
        {
          id: 'smoother-with-n',
          says: 'The map becomes smoother as n grows.',
          figure: html`Total variation at n = ${course('totalVariation')}. High frequencies at n = ${course('highFrequencyShare', percent)}.`,
          rule: 'the mean of both measures falls with every step of n',
          cases: [...falls('totalVariation'), ...falls('highFrequencyShare')],
        },
      ],
      content: [
        html`<div class="plots">${chart('totalVariation', 'Total variation / sum of the map', 'total variation')}${chart('highFrequencyShare', 'Energy above half Nyquist', 'share')}${lineChart(
          {
            title: 'Median |mean| / standard error',
            caption: 'Faint: each photo. Above 2, the typical element is told from 0.',
            x: samplesAxis,
            y: { label: '|mean| / SE' },
            series: [
              ...photos.map(({ smooth }) => ({
                points: smooth.filter(({ samples }) => samples > 1).map((row) => [row.samples, row.signalToNoise] as const),
              })),
              {
                label: 'SmoothGrad',
                marker: 'circle',
                points: mean.smooth
                  .filter(({ samples }) => samples > 1)
                  .map((row) => [row.samples, row.signalToNoise] as const),
              },
            ],
          },
        )}</div>`,
        rows(
          pictures.map(({ photo, original, gradient, smooth }) => {
            const name = className(photo);
            return strip(`${name}: photo, gradient and SmoothGrad`, [
              picture(original, name, `The photo of “${name}” as the network sees it`),
              picture(gradient, 'gradient', `Plain gradient for ${name}`),
              ...smooth.map(({ samples, file }) =>
                picture(file, `n = ${samples}`, `SmoothGrad of ${samples} samples at noise ${noise} for ${name}`),
              ),
            ]);
          }),
        ),
        folded(
          'All figures of RQ1',
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
        ),
      ],
    };
  },
};
