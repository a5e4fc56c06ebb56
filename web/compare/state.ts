// What the grid is of: all of it is in the address, so that a link reopens exactly this.
import { type Readers, word } from '../common/address.js';
import { readersOf, startsOf } from '../common/option_rows.js';
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
  ...startsOf('method', 'noise', 'samples', 'magnitude', 'window', 'seed', 'percentile'),
  convention: '',
  reduction: '',
  colours: 'grey',
};

const words = (text: string) => (/^[\w.-]{1,40}( [\w.-]{1,40}){0,40}$/.test(text) ? text : undefined);

export const readers: Readers<State> = {
  rows: word,
  columns: word,
  row: words,
  column: words,
  photo: word,
  ...readersOf('target', 'method', 'noise', 'samples', 'convention', 'reduction', 'magnitude', 'window', 'seed'),
  ...readersOf('colours', 'percentile'),
};
