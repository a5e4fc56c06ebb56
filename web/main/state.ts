// What is being looked at: all of it is in the address, so that a link reopens exactly this. The options of a run are those of the
// package's table; one row for each value of the page's own.
import { type Affects, affectsOf, optionNames } from 'smoothgrad';
import { type Readers, within, word } from '../common/address.js';
import { isOption, type OptionValues, readerOf, startOf } from '../common/option_rows.js';

interface Row<T> {
  start: T;
  /** Undefined where the text makes no sense. */
  read: (text: string) => T | undefined;
  /** What a change asks for: another photo, another network, nothing of the engine. */
  affects: 'photo' | 'samples' | 'page';
}

const row = <T>(start: T, read: Row<T>['read'], affects: Row<T>['affects']): Row<T> => ({ start, read, affects });

type Until = 'trusted' | 'never' | number;

const relativeError = within(0, 10, false);

/** Addresses of earlier days say 0 for never. */
export function readUntil(text: string): Until | undefined {
  if (text === 'trusted' || text === 'never') return text;
  const error = relativeError(text);
  return error === 0 ? 'never' : error;
}

const own = {
  /** A sample photo's name, or `own-1`, ... */
  photo: row('rocket', word, 'photo'),
  /** Layers with random weights, from the last one down. */
  randomised: row(0, within(0, 1000, true), 'samples'),
  /** Percent of the width that shows the plain gradient, in the two-up. */
  divide: row(50, within(0, 100, false), 'page'),
  zoom: row(1, within(1, 32, false), 'page'),
  /** What is in the middle of the stage, as shares of the picture's width and height. */
  x: row(0.5, within(0, 1, false), 'page'),
  y: row(0.5, within(0, 1, false), 'page'),
  /** When to stop: when single pixels can be trusted, never, or at a relative error. */
  until: row<Until>('trusted', readUntil, 'page'),
};

/** A convention is what its values are. */
type Options = Omit<OptionValues, 'convention'>;

const isOfState = (name: string): name is keyof Options => isOption(name) && name !== 'convention';

/** Of a run, what the state holds. */
export const stateOptions = optionNames.filter(isOfState);

export type State = Options & { [Key in keyof typeof own]: (typeof own)[Key]['start'] };

const keys = [...stateOptions, ...Object.keys(own)] as (keyof State)[];
const of = <T>(option: (name: keyof Options) => T, page: (row: Row<never>) => T) =>
  Object.fromEntries(keys.map((key) => [key, isOfState(key) ? option(key) : page(own[key] as Row<never>)]));

export const defaults = {
  ...of<unknown>(startOf, ({ start }) => start),
  samples: 1000,
  magnitude: 'denoised',
  view: 'two-up',
} as State;

export const readers = of<unknown>(readerOf, ({ read }) => read) as unknown as Readers<State>;

const affects = of<Affects | Row<never>['affects']>(affectsOf, ({ affects }) => affects);

/** What the differences between two states ask for. */
export const affected = (state: State, before: State) =>
  new Set(keys.filter((key) => state[key] !== before[key]).map((key) => affects[key]));

/** The state's values of these names. */
export const pick = <K extends keyof State>(state: State, names: readonly K[]) =>
  Object.fromEntries(names.map((name) => [name, state[name]])) as Pick<State, K>;
