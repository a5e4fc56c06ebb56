// What is being looked at: all of it is in the address, so that a link reopens exactly this. One row a value.
import { type Readers, within, word } from '../common/address.js';

/** What a change asks for: another photo, new samples, another goal, another drawing of what is there, nothing of the engine. */
type Affects = 'photo' | 'run' | 'goal' | 'picture' | 'page';

interface Row<T> {
  start: T;
  /** Undefined where the text makes no sense. */
  read: (text: string) => T | undefined;
  affects: Affects;
}

const row = <T>(start: T, read: Row<T>['read'], affects: Affects): Row<T> => ({ start, read, affects });

const whole = (low: number, high: number) => within(low, high, true);
const flag = (text: string) => (text === 'true' ? true : text === 'false' ? false : undefined);

const layerName = (text: string) => (/^[\w./:-]{1,100}$/.test(text) ? text : undefined);

const none = undefined as string | undefined;
const noNumber = undefined as number | undefined;
const anyClass = whole(0, 99999);

const table = {
  /** A sample photo's name, or `own-1`, ... */
  photo: row('rocket', word, 'photo'),
  /** Class index; undefined: the most probable class. */
  target: row(noNumber, anyClass, 'run'),
  versus: row(noNumber, anyClass, 'run'),
  /** What is made of target and versus. */
  difference: row('gradient', word, 'run'),
  method: row('smoothgrad', word, 'run'),
  noise: row(0.15, within(0, 10, false), 'run'),
  /** Of the noise itself; undefined: `noise` times the range of the photo's values. */
  sigma: row(noNumber, within(0, 1000, false), 'run'),
  seed: row(0, whole(0, Number.MAX_SAFE_INTEGER), 'run'),
  firstSample: row(0, whole(0, Number.MAX_SAFE_INTEGER), 'run'),
  antithetic: row(false, flag, 'run'),
  cleanLast: row(false, flag, 'run'),
  steps: row(32, whole(1, 10000), 'run'),
  baseline: row('zero', word, 'run'),
  /** Of Grad-CAM; undefined: the last that is an image. */
  layer: row(none, layerName, 'run'),
  /** Of the square that occludes, in pixels. */
  size: row(32, whole(1, 1000), 'run'),
  /** Layers with random weights, from the last one down. */
  randomised: row(0, whole(0, 1000), 'run'),
  samples: row(1000, whole(1, 1e6), 'goal'),
  view: row('two-up', word, 'picture'),
  /** Undefined: the method's own. */
  reduction: row(none, word, 'picture'),
  magnitude: row('plain', word, 'picture'),
  window: row(0, within(0, 64, false), 'picture'),
  channels: row('sum-abs', word, 'picture'),
  /** Undefined: grey, or white in the middle where a map has signs. */
  colours: row(none, word, 'picture'),
  percentile: row(99, within(90, 100, false), 'picture'),
  fromLowest: row(false, flag, 'picture'),
  /** Percent of the width that shows the plain gradient, in the two-up. */
  divide: row(50, within(0, 100, false), 'page'),
  zoom: row(1, within(1, 32, false), 'page'),
  /** What is in the middle of the stage, as shares of the picture's width and height. */
  x: row(0.5, within(0, 1, false), 'page'),
  y: row(0.5, within(0, 1, false), 'page'),
  /** Relative error at which to stop; 0: never. */
  until: row(0, within(0, 10, false), 'page'),
};

export type State = { [Key in keyof typeof table]: (typeof table)[Key]['start'] };

const rows = Object.entries(table) as [keyof State, Row<unknown>][];

export const defaults = Object.fromEntries(rows.map(([key, { start }]) => [key, start])) as unknown as State;

export const readers = Object.fromEntries(rows.map(([key, { read }]) => [key, read])) as unknown as Readers<State>;

/** What the differences between two states ask for. */
export const affected = (state: State, before: State): Set<Affects> =>
  new Set(rows.filter(([key]) => state[key] !== before[key]).map(([, { affects }]) => affects));
