// RQ5: does noise in training do what noise at inference does, and do the two add up?
import { dotPlot, lineChart } from '../charts.js';
import { decimals, table } from '../figures.js';
import { html } from '../html.js';
import { picture, rows, strip } from '../pictures.js';
import type { SectionMaker } from './section.js';

const measures = [
  { key: 'totalVariation', title: 'total variation', plain: 'jumps', label: 'total variation / sum of the map' },
  { key: 'highFrequencyShare', title: 'high frequencies', plain: 'speckle', label: 'energy above half Nyquist' },
] as const;
const markers = ['circle', 'square', 'triangle', 'diamond'] as const;

type Interval = readonly [low: number, high: number];

/** What intervals of both - (first + second) say of effects that lower a measure. */
function adding(intervals: readonly Interval[]): string {
  if (intervals.every(([low]) => low > 0)) return 'less than their sum';
  if (intervals.every(([, high]) => high < 0)) return 'more than their sum';
  if (intervals.every(([low, high]) => low <= 0 && high >= 0)) return 'their sum, as far as these digits can tell';
  return 'not the same by both measures';
}

export const rq5: SectionMaker<'rq5'> = {
  title: 'Does noise in training help, too?',
  measured:
    'Four small networks, trained on MNIST with noise 0, 0.1, 0.2 and 0.3; on test digits, total variation and high frequencies of the signed map of the right class under noise 0, 0.1, 0.2 and 0.3 at inference, and the share of right answers; and whether noise 0.2 in both does what the two do alone, added up, with a bootstrap interval over the digits.',
  make(part, { figure }) {
    const { networks, cells, compared, interactions, digits, samples } = part;
    const indexOf = (training: number, inference: number) =>
      cells.findIndex((cell) => cell.trainingNoise === training && cell.inferenceNoise === inference);
    const at = (training: number, inference: number, key: (typeof measures)[number]['key'], format = decimals(2)) =>
      figure(`rq5.cells.${indexOf(training, inference)}.${key}`, format);
    const { off, on } = compared;
    const inferenceLevels = [...new Set(cells.map(({ inferenceNoise }) => inferenceNoise))];
    const alone = measures.map(({ key }) => interactions[key].first < 0);
    const together = measures.map(
      ({ key }) => interactions[key].both < Math.min(interactions[key].first, interactions[key].second),
    );
    const intervals = measures.map(({ key }) => interactions[key].interval);
    const chart = ({ key, title, label }: (typeof measures)[number]) =>
      lineChart({
        title: `Signed maps of digits: ${title}`,
        caption: html`Mean over ${digits} digits; n = ${samples}.`,
        x: { label: 'noise at inference', marks: inferenceLevels },
        y: { label },
        series: networks.map(({ trainingNoise }, i) => ({
          label: trainingNoise === 0 ? 'trained without' : `trained with ${trainingNoise}`,
          marker: markers[i % markers.length] as (typeof markers)[number],
          points: cells
            .filter((cell) => cell.trainingNoise === trainingNoise)
            .map((cell) => [cell.inferenceNoise, cell[key]] as const),
        })),
      });
    const change = (key: string, effect: string) => figure(`rq5.interactions.${key}.${effect}`, decimals(3));
    const tryOn = { page: 'lab' } as const;
    const strips = networks.map(({ name, trainingNoise }) =>
      strip(
        `Maps of one digit by ${name}`,
        cells
          .filter((cell) => cell.trainingNoise === trainingNoise)
          .map(({ picture: file, inferenceNoise }) =>
            picture(
              file,
              `trained ${trainingNoise}, now ${inferenceNoise}`,
              `Signed map of a digit by the network trained with noise ${trainingNoise}, under noise ${inferenceNoise}`,
            ),
          ),
      ),
    );
    const [first, last] = [strips.at(0), strips.at(-1)];
    return {
      claims: [
        {
          id: 'training-noise',
          says: 'A network that was trained on noisy pictures has a cleaner gradient.',
          answer: html`Trained without noise → with noise ${on}: ${measures.map(({ key, plain }, i) => html`${i > 0 && '; '}${plain} ${at(off, off, key)} → ${at(on, off, key)}`)}.`,
          shown: rows([first, last]),
          rule: `both measures of the plain gradient, jumps between neighbouring pixels (total variation) and fine speckle (high frequencies), are lower for the network trained with noise ${on} than for the one trained without`,
          cases: alone,
          tryOn,
        },
        {
          id: 'training-and-inference-noise',
          says: 'Noise in training and averaging over noise together give the cleanest map.',
          answer: html`${measures.map(
            ({ key, plain }, i) =>
              html`${i > 0 && ' '}Change of ${plain}: ${change(key, 'first')} by training, ${change(key, 'second')} by averaging, ${change(key, 'both')} by both.`,
          )}`,
          shown: chart(measures[0]),
          rule: `noise ${on} in both lowers both measures by more than noise ${on} in either`,
          cases: together,
          tryOn,
        },
        {
          id: 'additive-noise',
          says: 'What the two noises do adds up.',
          answer: html`Together they do ${adding(intervals)}: ${measures.map(
            ({ key, plain }, i) => html`${i > 0 && '; '}${plain} ${change(key, 'both')} beside ${change(key, 'sum')}`,
          )}.`,
          shown: dotPlot({
            title: 'By both, and by one after the other added up',
            caption: 'Change of the measure; further left is cleaner.',
            x: { label: 'change' },
            series: [
              { label: 'both at once', marker: 'circle' },
              { label: 'added up', marker: 'diamond', hollow: true },
            ],
            rows: measures.map(({ key, title }) => ({
              label: title,
              values: [interactions[key].both, interactions[key].sum],
            })),
          }),
          rule: `the interval of what noise ${on} in both does beside the sum, over ${digits} digits drawn with replacement, holds 0 for both measures, or lies below it`,
          cases: intervals.map(([low]) => low <= 0),
          numbers: html`${measures.map(
            ({ key, title }, i) =>
              html`${i > 0 && '; '}${title}: difference ${change(key, 'interaction')}, 95 % interval ${change(key, 'interval.0')} to ${change(key, 'interval.1')}`,
          )}.`,
          note: 'The interval is over digits. Each network was trained once, so it does not say what another training would change.',
          tryOn,
        },
      ],
      content: [
        html`<div class="plots">${measures.slice(1).map(chart)}</div>`,
        rows(strips.slice(1, -1)),
        table(
          `Right answers to these ${digits} digits`,
          ['trained with noise', ...inferenceLevels.map((level) => (level === 0 ? 'as they are' : `under noise ${level}`))],
          networks.map(({ trainingNoise }) => [
            trainingNoise,
            ...inferenceLevels.map((level) =>
              figure(`rq5.cells.${indexOf(trainingNoise, level)}.accuracy`, (share) => `${(100 * share).toFixed(1)} %`),
            ),
          ]),
        ),
        table(
          `Means over ${digits} digits`,
          ['training, inference', ...measures.map(({ title }) => title), '|mean| / SE'],
          cells.map(({ trainingNoise, inferenceNoise }, i) => [
            `${trainingNoise}, ${inferenceNoise}`,
            ...measures.map(({ key }) => figure(`rq5.cells.${i}.${key}`, decimals(3))),
            figure(`rq5.cells.${i}.signalToNoise`),
          ]),
        ),
      ],
    };
  },
};
