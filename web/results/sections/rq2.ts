// RQ2: what do the noise level and the number of samples do?
import { lineChart } from '../charts.js';
import { decimals, percent, table } from '../figures.js';
import { html } from '../html.js';
import { picture, rows, strip } from '../pictures.js';
import { thresholds } from '../thresholds.js';
import { noiseAware } from './noise_aware.js';
import type { SectionMaker } from './section.js';

const wholePercent = (level: number) => `${Math.round(100 * level)} %`;

/** What the paper recommends. */
const recommended = [0.1, 0.15, 0.2];

export const rq2: SectionMaker<'rq2'> = {
  title: 'How much noise, and how many samples?',
  measured:
    'The error of the mean, plain and corrected for noise, against the number of samples n; at each noise level the share of noisy copies that keep their class and of values no photo can have; and the agreement of each view with a map made of other samples.',
  make(part, { figure, className }) {
    const { errors, levels, reference, pictures } = part;
    const longest = errors.slope.to;
    const views = noiseAware(part, figure);
    const rowAt = (samples: number) => errors.mean.findIndex((row) => row.samples === samples);
    const middle = errors.mean.find(({ samples }) => samples >= 50) ?? errors.mean.at(-1);
    const error = (samples: number) => figure(`rq2.errors.mean.${rowAt(samples)}.correctedError`);
    const atRecommended = levels.filter(({ noise }) => recommended.includes(noise));
    const finite = errors.mean.filter(({ correctedError }) => Number.isFinite(correctedError ?? Number.NaN));
    const [anchor] = finite.slice(-1);
    const name = className(part.levels[0]?.photos[0]?.photo ?? '');
    return {
      claims: [
        {
          id: 'noise-level',
          says: 'Noise of 10 to 20 % is the best balance between a sharp map and one of the whole object.',
          answer: html`With too much noise the network no longer sees what the photo shows. So many noisy copies keep their class: ${levels.map((level, i) => html`${i > 0 && ', '}${figure(`rq2.levels.${i}.mean.keepsClass`, percent)} at ${wholePercent(level.noise)} noise`)}.`,
          shown: rows([
            strip(
              `${name} at each noise level`,
              levels.map(({ noise, picture: file }) =>
                picture(
                  file,
                  `noise ${wholePercent(noise)}`,
                  `SmoothGrad of ${part.levelSamples} samples at noise ${wholePercent(noise)} for ${name}`,
                ),
              ),
            ),
          ]),
          rule: `at 10, 15 and 20 % noise more than ${wholePercent(thresholds.keepsClass)} of the noisy copies, on average over the photos, are still taken for what the photo is taken for`,
          cases: atRecommended.map(({ mean }) => mean.keepsClass > thresholds.keepsClass),
          note: 'The paper judges by eye. This only asks whether the averaged gradients still are of inputs that the network takes for what they are.',
          tryOn: { page: 'compare', values: { rows: 'photo', columns: 'noise', samples: 50, method: 'smoothgrad' } },
        },
        {
          id: 'diminishing-returns',
          says: 'Past about 50 samples little is gained.',
          answer: views.gain,
          shown: views.plainChart,
          rule: `that agreement rises by less than ${thresholds.littleGain} from there to the longest run`,
          cases: [views.plainGain < thresholds.littleGain],
          numbers: html`Agreement is that of the pixels’ order (rank correlation). The error of the mean, corrected for noise, is ${error(middle?.samples ?? longest)} at ${middle?.samples} samples and ${error(longest)} at ${longest}.`,
          tryOn: { page: 'compare', values: { rows: 'photo', columns: 'samples', column: '10 50 200 1000' } },
        },
        {
          id: 'root-n',
          says: 'Four times as many samples halve the error.',
          whose: 'Statistics',
          answer: html`From ${errors.slope.from} samples to ${longest} the error falls as a power of their number: ${figure('rq2.errors.slope.corrected')}, where ${thresholds.slope.toFixed(1).replace('-', '−')} is one over the root.`,
          shown: lineChart({
            title: 'Error of the mean against the number of samples',
            caption: 'Mean over the photos. Plain: ‖SE‖ / ‖mean‖; corrected: its denominator without noise.',
            x: { label: 'samples', log: true, marks: [2, 10, 50, 200, 800] },
            y: { label: 'error', log: true },
            series: [
              {
                label: 'corrected',
                marker: 'circle',
                points: finite.map((row) => [row.samples, row.correctedError] as const),
              },
              {
                label: 'plain',
                marker: 'triangle',
                hollow: true,
                points: errors.mean.map((row) => [row.samples, row.relativeError] as const),
              },
              {
                label: 'as 1/√n',
                dash: 'dotted',
                points: anchor
                  ? finite.map(({ samples }) => [samples, anchor.correctedError * Math.sqrt(anchor.samples / samples)] as const)
                  : [],
              },
            ],
          }),
          rule: `the exponent is ${thresholds.slope.toFixed(1).replace('-', '−')} to within ${thresholds.slopeSlack}`,
          cases: [Math.abs(errors.slope.corrected - thresholds.slope) < thresholds.slopeSlack],
          numbers: html`Not corrected for noise it is ${figure('rq2.errors.slope.relative')}, for what it is divided by is itself partly noise.`,
          tryOn: { page: 'explain', values: { method: 'smoothgrad', samples: 800, until: 'never' } },
        },
        ...views.claims,
      ],
      content: [
        html`<div class="plots">${lineChart({
          title: 'Noisy copies at each noise level',
          caption: `${part.levelSamples} copies of each photo.`,
          x: { label: 'noise level', marks: levels.map(({ noise }) => noise), format: wholePercent },
          y: { label: 'share', from: 0, to: 1, format: percent },
          series: [
            {
              label: 'keep the class',
              marker: 'circle',
              points: levels.map(({ noise, mean }) => [noise, mean.keepsClass] as const),
            },
            {
              label: 'out of range',
              marker: 'square',
              hollow: true,
              dash: 'dashed',
              points: levels.map(({ noise, mean }) => [noise, mean.outOfRange] as const),
            },
          ],
        })}${views.charts}</div>`,
        rows(
          [...new Set(pictures.map(({ photo }) => photo))].map((photo) =>
            strip(
              `${className(photo)}: plain and corrected for noise`,
              pictures
                .filter((row) => row.photo === photo)
                .flatMap(({ samples, plain, corrected }) => [
                  picture(plain, `plain, n = ${samples}`, `SmoothGrad of ${samples} samples for ${className(photo)}`),
                  picture(
                    corrected,
                    `corrected, window 2, n = ${samples}`,
                    `SmoothGrad of ${samples} samples for ${className(photo)}, corrected for noise over 2 pixels`,
                  ),
                ]),
            ),
          ),
        ),
        views.tables,
        table(
          'Error against n, mean over the photos',
          ['n', '‖SE‖ / ‖mean‖', 'corrected for noise'],
          errors.mean.map(({ samples }, i) => [
            samples,
            figure(`rq2.errors.mean.${i}.relativeError`, decimals(3)),
            figure(`rq2.errors.mean.${i}.correctedError`, decimals(3)),
          ]),
        ),
        table(
          `Noise levels, mean over the photos, n = ${part.levelSamples}`,
          ['level', 'keep the class', 'out of range', 'total variation', '‖SE‖ / ‖mean‖'],
          levels.map(({ noise }, i) => [
            wholePercent(noise),
            figure(`rq2.levels.${i}.mean.keepsClass`, percent),
            figure(`rq2.levels.${i}.mean.outOfRange`, percent),
            figure(`rq2.levels.${i}.mean.totalVariation`, decimals(3)),
            figure(`rq2.levels.${i}.mean.relativeError`, decimals(3)),
          ]),
        ),
        html`<p class="aside">The independent map has ${reference} samples and another seed than the runs held against it.</p>`,
      ],
    };
  },
};
