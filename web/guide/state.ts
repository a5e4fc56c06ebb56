// What the guide shows: all of it is in the address, so that a link, or a step of a story, reopens exactly this.
import { type Readers, within, word } from '../common/address.js';
import { readersOf, startsOf } from '../common/option_rows.js';
import type { Store as AnyStore } from '../common/store.js';

/** Noisy copies that can be looked at one by one: as many as the paper averages. */
export const copies = 50;

export interface State {
  /** A photo's name. */
  photo: string;
  /** Class index; undefined: the network's own answer. */
  target: number | undefined;
  noise: number;
  seed: number;
  /** The noisy copy in view, from 1; the pile is made of all up to it. */
  copy: number;
  /** The pixel that is followed, as shares of the picture; undefined: the brightest of the plain gradient. */
  x: number | undefined;
  y: number | undefined;
  /** How far along the line of tiny changes, 0 to 1. */
  along: number;
  /** How much of the photo is faded in, on Integrated Gradients' line. */
  faded: number;
  /** Layers of random weights, from the last one. */
  layers: number;
  /** The step of a story that is being told: its name and, from 1, the step; without one it is empty. */
  story: string;
  step: number;
  projector: boolean;
}

export type Store = AnyStore<State>;

export const defaults: State = {
  photo: 'camera',
  copy: 1,
  x: undefined,
  y: undefined,
  along: 0,
  faded: 1,
  layers: 20,
  story: '',
  step: 1,
  projector: false,
  ...startsOf('noise', 'seed', 'target'),
};

const share = within(0, 1, false);

export const readers: Readers<State> = {
  photo: word,
  copy: within(1, copies, true),
  x: share,
  y: share,
  along: share,
  faded: share,
  layers: within(0, 1000, true),
  story: word,
  step: within(1, 20, true),
  projector: (text) => text === 'true',
  ...readersOf('noise', 'seed', 'target'),
};
