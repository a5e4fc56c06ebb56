// Finds the rows of the denoised part.
import type { PartFigures } from '../../../wasm/js/study/parts.js';
import { decimals, type Figure, type Format } from '../figures.js';
import { type Content, type Html, html } from '../html.js';
import type { Try } from '../try_on.js';

export type Denoised = NonNullable<PartFigures['denoised']>;
type Row = Denoised['views'][number];
export type Measure = keyof Row['mean'];

export const measures = [
  { key: 'correlation', title: 'correlation' },
  { key: 'rankCorrelation', title: 'rank correlation' },
  { key: 'structuralSimilarity', title: 'SSIM as drawn' },
] as const satisfies readonly { key: Measure; title: string }[];

/** Views of one run, held against the reference at full resolution. */
export const sharpViews = ['plain', 'corrected', 'corrected over 2 pixels', 'significance', 'denoised'] as const;

export const listed = (items: readonly Content[]): Content => items.map((item, i) => html`${i > 0 && '; '}${item}`);

export const tryDenoised: Try = { page: 'explain', values: { method: 'smoothgrad', magnitude: 'denoised' } };

export interface Rows {
  counts: number[];
  windows: number[];
  value: (measure: Measure, samples: number, name: string, window?: number) => number;
  shown: (measure: Measure, samples: number, name: string, window?: number) => Html;
  /** The number of plain samples that agree as well; that of the longest plain run may be too few. */
  equivalent: (measure: Measure, samples: number, name: string, window?: number) => Html;
  worth: (measure: Measure, samples: number, name: string, window?: number) => number;
  /** Index of n in the lists of means over the photos. */
  at: (samples: number) => number;
}

const whole: Format = (value) => String(Math.round(value));

export function rowsOf({ views, errors }: Denoised, figure: Figure): Rows {
  const unique = (key: 'samples' | 'against') => [...new Set(views.map((row) => row[key]))].sort((a, b) => a - b);
  const indexOf = (samples: number, name: string, window: number) =>
    views.findIndex((row) => row.samples === samples && row.name === name && row.against === window);
  const row = (samples: number, name: string, window = 0) => views[indexOf(samples, name, window)];
  return {
    counts: unique('samples'),
    windows: unique('against'),
    value: (measure, ...of) => row(...of)?.mean[measure] ?? Number.NaN,
    shown: (measure, samples, name, window = 0) =>
      figure(`denoised.views.${indexOf(samples, name, window)}.mean.${measure}`, decimals(3)),
    equivalent: (measure, samples, name, window = 0) =>
      figure(`denoised.views.${indexOf(samples, name, window)}.equivalent.${measure}`, whole),
    worth: (measure, ...of) => row(...of)?.equivalent[measure] ?? Number.NaN,
    at: (samples) => errors.findIndex((one) => one.samples === samples),
  };
}
