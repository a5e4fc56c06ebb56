// RQ2: what do the noise level and the number of samples do?
import { lineChart } from '../charts.js';
import { decimals, folded, percent, table } from '../figures.js';
import { html } from '../html.js';
import { picture, rows, strip } from '../pictures.js';
import { noiseAware } from './noise_aware.js';
import type { SectionMaker } from './section.js';

const wholePercent = (level: number) => `${Math.round(100 * level)} %`;

/** What the paper recommends. */
const recommended = [0.1, 0.15, 0.2];

export const rq2: SectionMaker<'rq2'> = {
  title: 'What do the noise level and the number of samples do?',
  measured:
    'The error of the mean, plain and corrected for noise, against n; at each noise level the share of noisy copies that keep their class and of values no photo can have; and the agreement of each view with a map made of other samples.',
  make(part, { figure, className }) {
    const { errors, levels, reference, pictures } = part;
    const longest = errors.slope.to;
    const views = noiseAware(part, figure);
    const rowAt = (samples: number) => errors.mean.findIndex((row) => row.samples === samples);
    const middle = errors.mean.find(({ samples }) => samples >= 50) ?? errors.mean.at(-1);
    const [usual, last] = [rowAt(middle?.samples ?? longest), rowAt(longest)];
    const error = (index: number) => figure(`rq2.errors.mean.${index}.correctedError`);
    const atRecommended = levels.filter(({ noise }) => recommended.includes(noise));
    const finite = errors.mean.filter(({ correctedError }) => Number.isFinite(correctedError ?? Number.NaN));
    const [anchor] = finite.slice(-1);
    const name = className(part.levels[0]?.photos[0]?.photo ?? '');
    return {
      claims: [
        {
          id: 'noise-level',
          says: 'Noise of 10 to 20 % of the input’s range balances a sharp map against the structure of the photo.',
          figure: html`Noisy copies that keep their class: ${levels.map((level, i) => html`${i > 0 && ', '}${figure(`rq2.levels.${i}.mean.keepsClass`, percent)} at ${wholePercent(level.noise)}`)}.`,
          rule: 'at 10, 15 and 20 % more than half of the noisy copies, on average over the photos, are still classified as the photo is',
          cases: atRecommended.map(({ mean }) => mean.keepsClass > 0.5),
          note: 'The paper judges by eye. This only asks whether the averaged gradients still are of inputs that the network takes for what they are.',
        },
        {
          id: 'diminishing-returns',
          says: 'Past about 50 samples little is gained.',
          figure: html`The noise-corrected error is ${error(usual)} at n = ${middle?.samples} and ${error(last)} at n = ${longest}. ${views.gain}`,
          rule: 'the plain map’s rank correlation with the independent map rises by less than 0.05 from there to the longest run',
          cases: [views.plainGain < 0.05],
        },
        {
          id: 'root-n',
          says: 'The error falls as one over the root of n.',
          whose: 'Statistics',
          figure: html`Slope on log-log axes from n = ${errors.slope.from} to ${longest}: ${figure('rq2.errors.slope.corrected')} for the noise-corrected error, ${figure('rq2.errors.slope.relative')} for the plain one, whose denominator is itself partly noise.`,
          rule: 'the noise-corrected slope is −0.5 to within 0.1',
          cases: [Math.abs(errors.slope.corrected + 0.5) < 0.1],
        },
        ...views.claims,
      ],
      content: [
        html`<div class="plots">${lineChart({
          title: 'Error of the mean against n',
          caption: 'Mean over the photos. Plain: ‖SE‖ / ‖mean‖.',
          x: { label: 'samples n', log: true, marks: [2, 10, 50, 200, 800] },
          y: { label: 'error', log: true },
          series: [
            { label: 'corrected', marker: 'circle', points: finite.map((row) => [row.samples, row.correctedError] as const) },
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
        })}${lineChart({
          title: 'Noisy copies at each noise level',
          caption: `${part.levelSamples} copies of each photo.`,
          x: { label: 'noise level s', marks: levels.map(({ noise }) => noise), format: wholePercent },
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
        rows([
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
          ...[...new Set(pictures.map(({ photo }) => photo))].map((photo) =>
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
        ]),
        views.table,
        folded('All figures of RQ2', [
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
        ]),
        html`<p class="aside">The independent map has ${reference} samples and another seed than the runs held against it.</p>`,
      ],
    };
  },
};
