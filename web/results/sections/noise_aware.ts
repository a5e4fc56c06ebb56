// RQ2's views: how far the plain and the noise-corrected map of n samples agree with an independent map of many.
import type { PartFigures } from '../../../wasm/js/study/parts.js';
import { lineChart } from '../charts.js';
import type { Claim } from '../claims.js';
import { decimals, type Figure, table } from '../figures.js';
import { type Content, html } from '../html.js';

type Rq2 = NonNullable<PartFigures['rq2']>;
type Row = Rq2['views'][number];
type Magnitude = Row['magnitude'];

const measures = [
  { key: 'correlation', title: 'correlation' },
  { key: 'rankCorrelation', title: 'rank correlation' },
  { key: 'structuralSimilarity', title: 'SSIM as drawn' },
] as const;
type Measure = (typeof measures)[number]['key'];

interface NoiseAware {
  claims: Claim[];
  charts: Content;
  tables: Content;
  /** Of the plain map, from the usual number of samples to the most. */
  gain: Content;
  plainChart: Content;
  plainGain: number;
}

export function noiseAware({ views, reference }: Rq2, figure: Figure): NoiseAware {
  const unique = (key: 'samples' | 'window') => [...new Set(views.map((row) => row[key]))].sort((a, b) => a - b);
  const [counts, windows] = [unique('samples'), unique('window')];
  // The smallest and the largest: the correction pays with one and costs with the other.
  const charted = [
    [windows[0] as number, 'square'],
    [windows.at(-1) as number, 'circle'],
  ] as const;
  const usual = counts.find((samples) => samples >= 50) ?? (counts.at(-1) as number);
  const longest = counts.at(-1) as number;
  const indexOf = (samples: number, window: number, magnitude: Magnitude, against: Magnitude) =>
    views.findIndex(
      (row) => row.samples === samples && row.window === window && row.magnitude === magnitude && row.reference === against,
    );
  type Where = Parameters<typeof indexOf>;
  const value = (key: Measure, ...of: Where) => views[indexOf(...of)]?.mean[key] ?? Number.NaN;
  const shown = (key: Measure, ...of: Where) => figure(`rq2.views.${indexOf(...of)}.mean.${key}`, decimals(3));
  const isBetter = (key: Measure, window: number, against: Magnitude) =>
    value(key, usual, window, 'corrected', against) > value(key, usual, window, 'plain', against);
  const betterWindows = (key: Measure, against: Magnitude) =>
    windows
      .filter((window) => isBetter(key, window, against))
      .map((window) => `w = ${window}`)
      .join(', ') || 'at no window';
  const tried = { rows: 'magnitude', row: 'plain corrected', columns: 'samples', column: '10 50 200' };
  const claim = (against: Magnitude, named: string): Claim => ({
    id: `corrected-against-${against}`,
    whose: 'Ours',
    says: `Taking off what is probably noise brings ${usual} samples nearer to a map of ${reference.toLocaleString('en')} others, ${named}.`,
    answer: html`Agreement (correlation), plain → corrected: ${windows.map(
      (window, i) =>
        html`${i > 0 && '; '}${shown('correlation', usual, window, 'plain', against)} → ${shown('correlation', usual, window, 'corrected', against)} ${window === 0 ? 'pixel by pixel' : html`blurred over ${window}`}`,
    )}.`,
    shown: chart('correlation', against),
    rule: `${usual} samples agree better so, compared over the same window: by correlation, by the pixels’ order (rank correlation) and by structural similarity (SSIM), for every window, on average over the photos`,
    cases: measures.flatMap(({ key }) => windows.map((window) => isBetter(key, window, against))),
    numbers: html`By rank correlation: ${windows.map(
      (window, i) =>
        html`${i > 0 && '; '}w = ${window}: ${shown('rankCorrelation', usual, window, 'plain', against)} → ${shown('rankCorrelation', usual, window, 'corrected', against)}`,
    )}.`,
    note: `Better by ${measures.map(({ key, title }) => `${title}: ${betterWindows(key, against)}`).join('; by ')}. Corrected, what cannot be told from 0 becomes 0, and has no rank.`,
    tryOn: { page: 'compare', values: { ...tried, method: 'smoothgrad', window: windows.at(-1) ?? 0 } },
  });
  function chart(key: Measure, against: Magnitude) {
    const title = measures.find((one) => one.key === key)?.title ?? key;
    return lineChart({
      title: `Agreement by ${title}`,
      caption: `With the ${against} map of ${reference} other samples; w: blurred over so many pixels.`,
      x: { label: 'samples', log: true, marks: counts },
      y: { label: title },
      series: charted.flatMap(([window, marker]) =>
        (['corrected', 'plain'] as const).map((magnitude) => ({
          label: `${magnitude}, w ${window}`,
          marker,
          ...(magnitude === 'plain' ? { hollow: true as const, dash: 'dashed' as const } : {}),
          points: counts.map((samples) => [samples, value(key, samples, window, magnitude, against)] as const),
        })),
      ),
    });
  }
  const plainChart = lineChart({
    title: `Agreement with a map of ${reference} other samples`,
    caption: 'The plain map, pixel by pixel; mean over the photos.',
    x: { label: 'samples', log: true, marks: counts },
    y: { label: 'rank correlation', to: 1 },
    series: [
      {
        label: 'SmoothGrad',
        marker: 'circle',
        points: counts.map((samples) => [samples, value('rankCorrelation', samples, 0, 'plain', 'plain')] as const),
      },
    ],
  });
  const rowsOf = (key: Measure, against: Magnitude) =>
    counts.map((samples) => [
      samples,
      ...windows.flatMap((window) =>
        (['plain', 'corrected'] as const).map((magnitude) =>
          figure(`rq2.views.${indexOf(samples, window, magnitude, against)}.mean.${key}`, decimals(3)),
        ),
      ),
    ]);
  const head = ['n', ...windows.flatMap((window) => [`w = ${window}, plain`, `w = ${window}, corrected`])];
  const plainGain =
    value('rankCorrelation', longest, 0, 'plain', 'plain') - value('rankCorrelation', usual, 0, 'plain', 'plain');
  return {
    claims: [claim('corrected', 'corrected likewise'), claim('plain', 'left as they are')],
    charts: chart('rankCorrelation', 'corrected'),
    tables: measures.flatMap(({ key, title }) => [
      table(`By ${title}, against the corrected map`, head, rowsOf(key, 'corrected')),
      table(`By ${title}, against the plain map`, head, rowsOf(key, 'plain')),
    ]),
    gain: html`How far the map agrees with one of ${reference} other samples, from 0 to 1: ${shown('rankCorrelation', usual, 0, 'plain', 'plain')} at ${usual} samples, ${shown('rankCorrelation', longest, 0, 'plain', 'plain')} at ${longest}.`,
    plainChart,
    plainGain,
  };
}
