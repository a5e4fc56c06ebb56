// What the grid is of: all of it is in the address, so that a link reopens exactly this.
import { type Readers, within, word } from '../common/address.js';
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
  method: 'smoothgrad',
  noise: 0.15,
  samples: 50,
  convention: '',
  reduction: '',
  magnitude: 'plain',
  window: 0,
  seed: 0,
  colours: 'grey',
  percentile: 99,
};

const words = (text: string) => (/^[\w.-]{1,40}( [\w.-]{1,40}){0,40}$/.test(text) ? text : undefined);

export const readers: Readers<State> = {
  rows: word,
  columns: word,
  row: words,
  column: words,
  photo: word,
  target: within(0, 99999, true),
  method: word,
  noise: within(0, 10, false),
  samples: within(1, 1e6, true),
  convention: word,
  reduction: word,
  magnitude: word,
  window: within(0, 64, false),
  seed: within(0, Number.MAX_SAFE_INTEGER, true),
  colours: word,
  percentile: within(90, 100, false),
};
