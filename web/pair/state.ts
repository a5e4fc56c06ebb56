// What is in the two halves, and how it is explained: all of it is in the address, so that a link reopens exactly this.
import { type Readers, word } from '../common/address.js';
import { readerOf, readersOf, startsOf } from '../common/option_rows.js';
import type { Store as AnyStore } from '../common/store.js';

export type Side = 'left' | 'right';
export const sides: readonly [Side, Side] = ['left', 'right'];

export interface State {
  /** Names of photos. */
  left: string;
  right: string;
  /** Class indices; undefined: what the network finds most probable in that photo alone. */
  leftClass: number | undefined;
  rightClass: number | undefined;
  difference: string;
  noise: number;
  samples: number;
  percentile: number;
  seed: number;
}

export type Store = AnyStore<State>;

export const defaults: State = {
  left: 'chelsea',
  right: 'coffee',
  leftClass: undefined,
  rightClass: undefined,
  difference: 'scaled',
  samples: 200,
  ...startsOf('noise', 'percentile', 'seed'),
};

export const readers: Readers<State> = {
  left: word,
  right: word,
  leftClass: readerOf('target'),
  rightClass: readerOf('versus'),
  ...readersOf('difference', 'noise', 'samples', 'percentile', 'seed'),
};

export const classKey = (side: Side) => `${side}Class` as const;
