// RQ2's views: how far the plain and the noise-corrected map of n samples agree with an independent map of many.
import type { PartFigures } from '../../../wasm/js/study/parts.js';
import { lineChart } from '../charts.js';
import type { Claim } from '../claims.js';
import { decimals, type Figure, folded, table } from '../figures.js';
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
  table: Content;
  gain: Content;
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
  const claim = (against: Magnitude, named: string): Claim => ({
    id: `corrected-against-${against}`,
    whose: 'Ours',
    says: `At n = ${usual} the noise-corrected view agrees better with an independent map of ${reference} samples, ${named}, than the plain view with the same window.`,
    figure: html`Plain → corrected. ${measures
      .slice(0, 2)
      .map(
        ({ key, title }) =>
          html`By ${title}: ${windows.map(
            (window, i) =>
              html`${i > 0 && '; '}w = ${window}: ${shown(key, usual, window, 'plain', against)} → ${shown(key, usual, window, 'corrected', against)}`,
          )}. `,
      )}`,
    rule: 'it does by correlation, rank correlation and SSIM, for every window, on average over the photos',
    cases: measures.flatMap(({ key }) => windows.map((window) => isBetter(key, window, against))),
    note: `Better by ${measures.map(({ key, title }) => `${title}: ${betterWindows(key, against)}`).join('; by ')}. Everywhere else the plain view agrees better: corrected, what cannot be told from 0 becomes 0, and has no rank.`,
  });
  const chart = ({ key, title }: (typeof measures)[number]) =>
    lineChart({
      title: `Agreement by ${title}`,
      caption: `With the corrected independent map of ${reference} samples; window w pixels.`,
      x: { label: 'samples n', log: true, marks: counts },
      y: { label: title },
      series: charted.flatMap(([window, marker]) =>
        (['corrected', 'plain'] as const).map((magnitude) => ({
          label: `${magnitude}, w ${window}`,
          marker,
          ...(magnitude === 'plain' ? { hollow: true as const, dash: 'dashed' as const } : {}),
          points: counts.map((samples) => [samples, value(key, samples, window, magnitude, 'corrected')] as const),
        })),
      ),
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
    claims: [claim('corrected', 'itself corrected for noise'), claim('plain', 'itself plain')],
    charts: measures.slice(0, 2).map(chart),
    table: folded(
      'Agreement of every view with the independent map',
      measures.flatMap(({ key, title }) => [
        table(`By ${title}, against the corrected map`, head, rowsOf(key, 'corrected')),
        table(`By ${title}, against the plain map`, head, rowsOf(key, 'plain')),
      ]),
    ),
    gain: html`The plain map’s rank correlation with the independent one rises from ${shown('rankCorrelation', usual, 0, 'plain', 'plain')} to ${shown('rankCorrelation', longest, 0, 'plain', 'plain')}.`,
    plainGain,
  };
}
