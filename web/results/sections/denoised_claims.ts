// What is said of how near the denoised map comes to the one that endless samples would give.
import { dotPlot, lineChart } from '../charts.js';
import type { Claim } from '../claims.js';
import { decimals, type Figure } from '../figures.js';
import { type Content, html } from '../html.js';
import { thresholds } from '../thresholds.js';
import { agreementChart } from './denoised_charts.js';
import { type Denoised, listed, measures, type Rows, sharpViews, tryDenoised } from './denoised_rows.js';

/** What a prototype reached on five other photos. */
const prototype = {
  plain: 0.79,
  correlation: { 16: 0.797, 48: 0.886, 96: 0.925, 192: 0.952 },
  rankCorrelation: 0.87,
  structuralSimilarity: 0.62,
  windows: { 1: 0.962, 2: 0.979 },
  error: 0.568,
};
const prototypeSamples = 48;
const { saves, prototypeSlack } = thresholds;
const agreeing = 'by correlation, by the pixels’ order (rank correlation) and by structural similarity (SSIM)';

function nearest(part: Denoised, { counts, value, equivalent }: Rows): Claim {
  const others = sharpViews.filter((name) => name !== 'denoised');
  const asGoodAs = (key: (typeof measures)[number]['key']) =>
    counts.map((n, i) => html`${i > 0 && ', '}${n} as ${equivalent(key, n, 'denoised')}`);
  return {
    whose: 'Ours',
    id: 'denoised-nearest',
    says: 'The denoised map is nearer to that of endless samples than any other view of the same ones.',
    answer: html`So many samples, denoised, agree with it as well as so many plain ones: ${asGoodAs('correlation')}.`,
    shown: agreementChart(part, 'correlation', value, counts),
    rule: `${agreeing} it agrees better than each of the other views, after every number of samples, on average over the photos`,
    cases: measures.flatMap(({ key }) =>
      counts.flatMap((n) => others.map((name) => value(key, n, 'denoised') > value(key, n, name))),
    ),
    numbers: listed(measures.slice(1).map(({ key, title }) => html`by ${title} ${asGoodAs(key)}`)),
    tryOn: { page: 'compare', values: { rows: 'magnitude', row: 'plain denoised', columns: 'samples', column: '10 50 200' } },
  };
}

const half = ({ counts, worth, equivalent }: Rows): Claim => ({
  whose: 'Ours',
  id: 'denoised-half',
  says: 'Denoising saves half of the samples.',
  answer: html`${counts.map((n, i) => html`${i > 0 && ', '}${n} show what ${equivalent('correlation', n, 'denoised')} plain ones do`)}.`,
  shown: lineChart({
    title: 'Plain samples that agree as well',
    caption: 'By correlation. Above the dotted line half of the samples are saved.',
    x: { label: 'samples, denoised', log: true, marks: counts },
    y: { label: 'plain samples', log: true },
    series: [
      { label: 'denoised', marker: 'diamond', points: counts.map((n) => [n, worth('correlation', n, 'denoised')] as const) },
      { label: 'twice', dash: 'dotted', points: counts.map((n) => [n, saves * n] as const) },
    ],
  }),
  rule: `the plain map needs at least ${saves} times as many samples for its correlation, whatever the number`,
  cases: counts.map((n) => worth('correlation', n, 'denoised') >= saves * n),
  note: 'What it is worth shrinks as samples become more: in the end the plain mean is right by itself.',
  tryOn: tryDenoised,
});

function overWindows({ counts, windows, value, shown }: Rows): Claim {
  const [wide] = windows.slice(-1);
  return {
    whose: 'Ours',
    id: 'denoised-windows',
    says: 'Looked at from further away, it agrees at least as well as the plain map, too.',
    answer: html`Correlation at ${prototypeSamples} samples, plain → denoised: ${listed(
      windows
        .slice(1)
        .map(
          (window) =>
            html`${shown('correlation', prototypeSamples, 'plain', window)} → ${shown('correlation', prototypeSamples, 'denoised', window)} blurred over ${window} pixel${window === 1 ? '' : 's'}`,
        ),
    )}.`,
    shown: lineChart({
      title: `Blurred over ${wide} pixels`,
      caption: 'Correlation with the map of thousands of other samples over the same window.',
      x: { label: 'samples', log: true, marks: counts },
      y: { label: 'correlation' },
      series: (
        [
          ['denoised', 'diamond'],
          ['corrected', 'square'],
          ['plain', 'circle'],
        ] as const
      ).map(([name, marker]) => ({
        label: name,
        marker,
        ...(name === 'denoised' ? {} : { hollow: true as const, dash: 'dashed' as const }),
        points: counts.map((n) => [n, value('correlation', n, name, wide)] as const),
      })),
    }),
    rule: 'its correlation is the highest of denoised, plain and corrected after every number of samples and for every window from 1 pixel on, on average over the photos',
    cases: windows
      .slice(1)
      .flatMap((window) =>
        counts.flatMap((n) =>
          ['plain', 'corrected'].map(
            (name) => value('correlation', n, 'denoised', window) >= value('correlation', n, name, window),
          ),
        ),
      ),
    tryOn: {
      page: 'compare',
      values: { rows: 'magnitude', row: 'plain denoised', columns: 'samples', column: '10 50 200', window: wide ?? 0 },
    },
  };
}

function again(part: Denoised, rows: Rows, figure: Figure): Claim {
  const { value, shown } = rows;
  const at = rows.at(prototypeSamples);
  const correlations = Object.entries(prototype.correlation).map(([n, was]) => ({
    name: `correlation, ${n} samples`,
    now: value('correlation', Number(n), 'denoised'),
    text: shown('correlation', Number(n), 'denoised'),
    was,
  }));
  const looks = (['rankCorrelation', 'structuralSimilarity'] as const).map((key) => ({
    name: measures.find((one) => one.key === key)?.title ?? key,
    now: value(key, prototypeSamples, 'denoised'),
    text: shown(key, prototypeSamples, 'denoised'),
    was: prototype[key],
  }));
  const blurred = Object.entries(prototype.windows).map(([window, was]) => ({
    name: `correlation, window ${window}`,
    now: value('correlation', prototypeSamples, 'denoised', Number(window)),
    text: shown('correlation', prototypeSamples, 'denoised', Number(window)),
    was,
  }));
  const error = part.errors[at]?.mean.denoised ?? Number.NaN;
  const upward = [...correlations, ...looks, ...blurred];
  return {
    whose: 'Ours',
    id: 'denoised-again',
    says: 'It does here what its prototype did on five other photos.',
    answer: html`Correlation at ${prototypeSamples} samples: ${shown('correlation', prototypeSamples, 'denoised')} here, ${prototype.correlation[prototypeSamples]} there.`,
    shown: dotPlot({
      title: 'Here, and by the prototype',
      caption: `At ${prototypeSamples} samples where nothing else is said; high is good.`,
      x: { label: 'agreement with many samples', to: 1 },
      series: [
        { label: 'here', marker: 'diamond' },
        { label: 'prototype', marker: 'circle', hollow: true },
      ],
      rows: upward.map(({ name, now, was }) => ({ label: name, values: [now, was] })),
    }),
    rule: `no figure is more than ${prototypeSlack} worse, the relative error among them`,
    cases: [...upward.map(({ now, was }) => now >= was - prototypeSlack), error <= prototype.error + prototypeSlack],
    numbers: html`In brackets the prototype’s: ${listed(upward.map(({ name, text, was }) => html`${name} ${text} (${was})`))}; relative error ${figure(`denoised.errors.${at}.mean.denoised`, decimals(3))} (${prototype.error}).`,
    note: html`The plain map’s correlation is ${shown('correlation', prototypeSamples, 'plain')} here and was ${prototype.plain} there, at ${prototypeSamples} samples: photos are not equally hard.`,
    tryOn: tryDenoised,
  };
}

const inPairs = ({ pairs }: Denoised, figure: Figure): Claim => ({
  whose: 'Ours',
  id: 'denoised-pairs',
  says: 'Noise in pairs, each with its opposite, says more than as many independent samples.',
  answer: html`By the error of the plain mean, ${listed(
    pairs.map(({ samples }, i) => html`${samples} in pairs do as ${figure(`denoised.pairs.${i}.equivalent.error`, String)}`),
  )}.`,
  shown: lineChart({
    title: 'Correlation of the denoised map',
    caption: 'With the map of thousands of other samples.',
    x: { label: 'samples', log: true, marks: pairs.map(({ samples }) => samples) },
    y: { label: 'correlation' },
    series: [
      {
        label: 'in pairs',
        marker: 'diamond',
        points: pairs.map(({ samples, mean }) => [samples, mean.correlationDenoised] as const),
      },
      {
        label: 'independent',
        marker: 'circle',
        hollow: true,
        dash: 'dashed',
        points: pairs.map(({ samples, independent }) => [samples, independent] as const),
      },
    ],
  }),
  rule: 'the error of the plain mean and the correlation of the denoised map are both better with pairs, after every number of samples, on average over the photos',
  cases: pairs.flatMap(({ samples, mean, independent, equivalent }) => [
    equivalent.error > samples,
    mean.correlationDenoised > independent,
  ]),
  numbers: html`Correlation of the denoised map: ${listed(
    pairs.map(
      ({ samples }, i): Content =>
        html`${samples} samples: ${figure(`denoised.pairs.${i}.mean.correlationDenoised`, decimals(3))} beside ${figure(`denoised.pairs.${i}.independent`, decimals(3))}`,
    ),
  )}.`,
  tryOn: tryDenoised,
});

export const agreementClaims = (part: Denoised, rows: Rows, figure: Figure): Claim[] => [
  nearest(part, rows),
  half(rows),
  overWindows(rows),
  again(part, rows, figure),
  inPairs(part, figure),
];
