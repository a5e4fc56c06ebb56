// What is in the two halves, and how it is explained: all of it is in the address, so that a link reopens exactly this.
import { type Readers, within, word } from '../common/address.js';
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
  noise: 0.15,
  samples: 200,
  percentile: 99,
  seed: 0,
};

const anyClass = within(0, 99999, true);

export const readers: Readers<State> = {
  left: word,
  right: word,
  leftClass: anyClass,
  rightClass: anyClass,
  difference: word,
  noise: within(0, 10, false),
  samples: within(1, 1e6, true),
  percentile: within(90, 100, false),
  seed: within(0, Number.MAX_SAFE_INTEGER, true),
};

export const classKey = (side: Side) => `${side}Class` as const;
