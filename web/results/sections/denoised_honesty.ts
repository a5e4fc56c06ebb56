// What is said of whether the denoised map can be believed: its errors, its signs, what it makes of noise, and what it leaves alone.
import { dotPlot, lineChart } from '../charts.js';
import type { Claim } from '../claims.js';
import { decimals, type Figure, percent, table } from '../figures.js';
import { html } from '../html.js';
import { thresholds } from '../thresholds.js';
import { errorChart } from './denoised_charts.js';
import { type Denoised, listed, type Rows, tryDenoised } from './denoised_rows.js';

const looked = 48;
const { expectedError, wrongSigns, edges, tooBright, worthwhile } = thresholds;
const three = decimals(3);

const knownError = (part: Denoised, figure: Figure): Claim => ({
  whose: 'Ours',
  id: 'denoised-error',
  says: 'The denoised map knows how far off it is.',
  answer: html`The error that it expects / its true one: ${listed(
    part.errors.map(
      ({ samples }, i) =>
        html`${samples} samples: ${figure(`denoised.errors.${i}.mean.predicted`, three)} / ${figure(`denoised.errors.${i}.mean.denoised`, three)}`,
    ),
  )}.`,
  shown: errorChart(part),
  rule: `the expected error is within ${100 * expectedError} % of the true one, for every photo and number of samples`,
  cases: part.errors.flatMap(({ photos }) =>
    photos.map(({ predicted, denoised }) => Math.abs(predicted / denoised - 1) < expectedError),
  ),
  note: 'Of few samples it expects too little, for it takes the noise that it estimates for the true one.',
  tryOn: tryDenoised,
});

function signs({ discoveries }: Denoised, figure: Figure): Claim {
  const rule = (name: string) => discoveries.findIndex((row) => row.rule === name);
  const [significance, wider] = [rule('significance'), rule('denoised, false sign rate, wider')];
  const countsOf = (i: number) => discoveries[i]?.counts ?? [];
  const stands = (i: number, key: string) =>
    listed(
      countsOf(i).map(
        ({ samples }, j) => html`${samples} samples: ${figure(`denoised.discoveries.${i}.counts.${j}.mean.${key}`, percent)}`,
      ),
    );
  const keeps = (i: number) => countsOf(i).flatMap(({ photos }) => photos.map(({ wrongSign }) => wrongSign <= wrongSigns));
  const course = (i: number) => countsOf(i).map(({ samples, mean }) => [samples, mean.wrongSign] as const);
  const counts = countsOf(wider).map(({ samples }) => samples);
  return {
    whose: 'Ours',
    id: 'denoised-signs',
    says: `Of the pixels that are said to stand out, no more than ${100 * wrongSigns}\u00a0% have the wrong sign.`,
    answer: html`Wrong ones among them: ${stands(wider, 'wrongSign')}.`,
    shown: lineChart({
      title: 'Wrong signs among what stands out',
      caption: `Mean over the photos; dotted: ${100 * wrongSigns} %.`,
      x: { label: 'samples', log: true, marks: counts },
      y: { label: 'share', from: 0, format: percent },
      series: [
        { label: 'known sign', marker: 'diamond', points: course(wider) },
        { label: 'significance', marker: 'circle', hollow: true, dash: 'dashed', points: course(significance) },
        { label: 'limit', dash: 'dotted', points: counts.map((samples) => [samples, wrongSigns] as const) },
      ],
    }),
    rule: `the share with another sign than that of the map of thousands of other samples, as if that had no noise, is at most ${100 * wrongSigns} % for every photo and number of samples, by the denoised map (“known sign”) and by the significance view`,
    cases: [...keeps(wider), ...keeps(significance)],
    numbers: html`So much of the map stands out: ${stands(wider, 'share')}. By the significance view, wrong: ${stands(significance, 'wrongSign')}; stand out: ${stands(significance, 'share')}.`,
    tryOn: { page: 'explain', values: { method: 'smoothgrad', magnitude: 'known-sign', view: 'map' } },
  };
}

const gate = ({ flipped, opens, digits }: Denoised, figure: Figure): Claim => ({
  whose: 'Ours',
  id: 'denoised-gate',
  says: 'Where there is only noise it shows nothing, and where there is something it shows it.',
  answer: html`Of ${figure('denoised.flipped.runs', String)} sets of real gradients, half of which were turned round so that only noise is left, ${figure('denoised.flipped.silent', String)} stay dark.`,
  shown: table(
    'Where it says that there is something to see',
    ['what it is given', 'of', 'it sees something'],
    [
      ['noise alone', figure('denoised.flipped.runs', String), flipped.runs - flipped.silent],
      [`photos, ${opens.samples} samples`, figure('denoised.opens.inputs', String), figure('denoised.opens.open', String)],
      ...digits.networks.map(({ name, counts }, i) => [
        `digits, ${counts[0]?.samples} samples, ${name}`,
        figure('denoised.digits.digits', String),
        figure(`denoised.digits.networks.${i}.counts.0.open`, String),
      ]),
    ],
  ),
  rule: 'it sees nothing in any of the former, and something in all photos and digits',
  cases: [
    flipped.silent === flipped.runs,
    opens.open === opens.inputs,
    ...digits.networks.map(({ counts }) => counts[0]?.open === digits.digits),
  ],
  tryOn: tryDenoised,
});

function inventsNothing(part: Denoised, figure: Figure, rows: Rows, className: (photo: string) => string): Claim {
  const { looks, randomised, edgesOfReference } = part;
  const at = rows.at(looked);
  return {
    whose: 'Ours',
    id: 'denoised-invents',
    says: 'It takes nothing from the photo.',
    answer: html`Likeness (correlation) with the photo’s edges when the network’s weights are random, so that there is nothing to explain: ${figure('denoised.randomised.mean.denoised')}, plain ${figure('denoised.randomised.mean.plain')}.`,
    shown: dotPlot({
      title: 'Random weights: likeness with the photo’s edges',
      caption: '0: none. An edge detector would have 1.',
      x: { label: 'correlation', from: Math.min(0, ...randomised.photos.map(({ plain }) => plain)), to: 1 },
      series: [
        { label: 'denoised', marker: 'diamond' },
        { label: 'plain', marker: 'circle', hollow: true },
      ],
      rows: randomised.photos.map(({ photo, plain, denoised }) => ({ label: className(photo), values: [denoised, plain] })),
      reference: 0,
    }),
    rule: `with random weights it is at most ${edges} either way on every photo, and of the real network’s maps no more than ${edges} above that of the map of many samples`,
    cases: [
      ...randomised.photos.map(({ denoised }) => Math.abs(denoised) <= edges),
      (looks[at]?.mean.edgesDenoised ?? 1) <= edgesOfReference + edges,
    ],
    numbers: html`Of the real network at ${looked} samples ${figure(`denoised.looks.${at}.mean.edgesDenoised`)}, of the map of many samples ${figure('denoised.edgesOfReference')}.`,
    tryOn: {
      page: 'explain',
      values: { method: 'smoothgrad', magnitude: 'denoised', randomised: randomised.layers, view: 'map' },
    },
  };
}

function dark({ looks }: Denoised, figure: Figure): Claim {
  const counts = looks.map(({ samples }) => samples);
  const last = looks.length - 1;
  const course = (key: 'darkPlain' | 'darkDenoised') => looks.map(({ samples, mean }) => [samples, mean[key]] as const);
  return {
    whose: 'Ours',
    id: 'denoised-dark',
    says: 'Where the true map is dark, it is dark.',
    answer: html`In the darkest quarter it is so many times too bright, plain → denoised: ${listed(
      looks.map(
        ({ samples }, i) =>
          html`${figure(`denoised.looks.${i}.mean.darkPlain`)} → ${figure(`denoised.looks.${i}.mean.darkDenoised`)} after ${samples} samples`,
      ),
    )}.`,
    shown: lineChart({
      title: 'Brightness where the map should be dark',
      caption: 'Over the true one; mean over the photos. 1 is right.',
      x: { label: 'samples', log: true, marks: counts },
      y: { label: 'times too bright', from: 0 },
      series: [
        { label: 'denoised', marker: 'diamond', points: course('darkDenoised') },
        { label: 'plain', marker: 'circle', hollow: true, dash: 'dashed', points: course('darkPlain') },
      ],
    }),
    rule: `it is no more than ${tooBright} times as bright as it should be, for every photo and number of samples`,
    cases: looks.flatMap(({ photos }) => photos.map(({ darkDenoised }) => darkDenoised <= tooBright)),
    numbers: html`After ${looks[last]?.samples} samples the plain map is still ${figure(`denoised.looks.${last}.mean.darkPlain`)} times as bright.`,
    tryOn: { page: 'explain', values: { method: 'smoothgrad', magnitude: 'denoised', view: 'map' } },
  };
}

function small({ digits }: Denoised, figure: Figure): Claim {
  const of = (i: number) => {
    const counts = digits.networks[i]?.counts ?? [];
    const at = counts.findIndex(({ samples }) => samples === looked);
    return { path: `denoised.digits.networks.${i}.counts.${at}`, row: counts[at] };
  };
  return {
    whose: 'Ours',
    id: 'denoised-digits',
    says: 'It helps on small pictures, too.',
    answer: html`Agreement (correlation) on ${digits.digits} digits of 28 × 28 pixels at ${looked} samples, plain → denoised: ${listed(
      digits.networks.map(
        ({ name }, i) => html`${figure(`${of(i).path}.plain`, three)} → ${figure(`${of(i).path}.denoised`, three)} by ${name}`,
      ),
    )}.`,
    shown: dotPlot({
      title: `Agreement on digits, ${looked} samples`,
      caption: 'With a map of many other samples.',
      x: { label: 'correlation', to: 1 },
      series: [
        { label: 'denoised', marker: 'diamond' },
        { label: 'plain', marker: 'circle', hollow: true },
      ],
      rows: digits.networks.map(({ name }, i) => ({
        label: name,
        values: [of(i).row?.denoised ?? Number.NaN, of(i).row?.plain ?? Number.NaN],
      })),
    }),
    rule: `it raises the correlation with other samples by ${worthwhile} or more, for every digit network and number of samples`,
    cases: digits.networks.flatMap(({ counts }) => counts.map((one) => one.denoised - one.plain >= worthwhile)),
    note: 'Where the plain mean is nearly right by itself, little is left to gain.',
    tryOn: { page: 'lab' },
  };
}

export const honestyClaims = (part: Denoised, rows: Rows, figure: Figure, className: (photo: string) => string): Claim[] => [
  knownError(part, figure),
  signs(part, figure),
  gate(part, figure),
  inventsNothing(part, figure, rows, className),
  dark(part, figure),
  small(part, figure),
];
