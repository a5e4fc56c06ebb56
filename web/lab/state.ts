// What is being looked at: all of it is in the address, but for what was drawn by hand.
import { runOptions } from 'smoothgrad';
import { type Readers, within } from '../common/address.js';
import { readerOf } from '../common/option_rows.js';
import * as shared from '../common/store.js';

export interface State {
  /** Number of a test digit; `drawn`: what is on the board. */
  digit: number | 'drawn';
  /** The class that every map explains; undefined: each network's own answer. */
  target: number | undefined;
  /** How a map is drawn: `signed-sum`, or the size alone. */
  channels: string;
  /** 1: the digit's outline is drawn over the maps. */
  outline: number;
  samples: number;
  seed: number;
  /** Training noise of the network that is trained here. */
  noise: number;
}

export const defaults: State = {
  digit: 4,
  target: undefined,
  channels: 'signed-sum',
  outline: 1,
  samples: 200,
  seed: runOptions.seed.default,
  noise: 0.2,
};

const readers: Readers<State> = {
  digit: (text) => (text === 'drawn' ? text : within(0, 999, true)(text)),
  target: within(0, 9, true),
  channels: (text) => (['signed-sum', 'sum-abs'].includes(text) ? text : undefined),
  outline: within(0, 1, true),
  samples: within(1, 10_000, true),
  seed: readerOf('seed'),
  noise: within(0, 0.5, false),
};

export type Store = shared.Store<State>;

export const createStore = (): Store => shared.createStore(defaults, readers);
