// What is being looked at: all of it is in the address, so that a link reopens exactly this.
import { type Readers, within, word } from '../shared/address.js';

export interface State {
  /** The name of a sample photo, or of one of the user's. */
  photo: string;
  /** Class index; undefined: the most probable class. */
  target: number | undefined;
  method: string;
  noise: number;
  samples: number;
  seed: number;
  view: string;
  colours: string;
  percentile: number;
}

export const defaults: State = {
  photo: 'rocket',
  target: undefined,
  method: 'smoothgrad',
  noise: 0.15,
  samples: 50,
  seed: 0,
  view: 'two-up',
  colours: 'grey',
  percentile: 99,
};

export const readers: Readers<State> = {
  photo: word,
  target: within(0, 99999, true),
  method: word,
  noise: within(0, 10, false),
  samples: within(1, 1e6, true),
  seed: within(0, Number.MAX_SAFE_INTEGER, true),
  view: word,
  colours: word,
  percentile: within(0, 100, false),
};
