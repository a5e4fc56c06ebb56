// What the grid is of: all of it is in the address, so that a link reopens exactly this.
import { runOptions } from 'smoothgrad';
import { type Readers, word } from '../common/address.js';
import { readerOf } from '../common/option_rows.js';
import type { Store as AnyStore } from '../common/store.js';
import type { Choice } from './plan.js';

/** The choices that hold where no axis changes them, the axes, and how maps are drawn. */
export interface State extends Choice {
  rows: string;
  columns: string;
  /** Entries of the rows that are on, parted by spaces; empty: as usual for the axis. */
  row: string;
  column: string;
  colours: string;
  percentile: number;
}

export type Store = AnyStore<State>;

export const defaults: State = {
  rows: 'photo',
  columns: 'noise',
  row: '',
  column: '',
  photo: 'rocket',
  target: undefined,
  method: runOptions.method.default,
  noise: runOptions.noise.default,
  samples: runOptions.samples.default,
  convention: '',
  reduction: '',
  magnitude: runOptions.magnitude.default,
  window: runOptions.window.default,
  seed: runOptions.seed.default,
  colours: 'grey',
  percentile: runOptions.percentile.default,
};

const words = (text: string) => (/^[\w.-]{1,40}( [\w.-]{1,40}){0,40}$/.test(text) ? text : undefined);

export const readers: Readers<State> = {
  rows: word,
  columns: word,
  row: words,
  column: words,
  photo: word,
  target: readerOf('target'),
  method: readerOf('method'),
  noise: readerOf('noise'),
  samples: readerOf('samples'),
  convention: readerOf('convention'),
  reduction: readerOf('reduction'),
  magnitude: readerOf('magnitude'),
  window: readerOf('window'),
  seed: readerOf('seed'),
  colours: readerOf('colours'),
  percentile: readerOf('percentile'),
};
