// A run's options on a page: how an address tells them and how far a slider goes, from the package's own table.
import { type Option, runOptions } from 'smoothgrad';
import { within, word } from './address.js';

type Name = keyof typeof runOptions;

const flag = (text: string) => (text === 'true' ? true : text === 'false' ? false : undefined);
const layerName = (text: string) => (/^[\w./:-]{1,100}$/.test(text) ? text : undefined);
/** How many there are only the model knows. */
const classIndex = within(0, 99999, true);

const range = ({ low = 0, high }: Option): [number, number] => [low, typeof high === 'number' ? high : Number.MAX_SAFE_INTEGER];

const readers: { [K in Option['kind']]: (row: Option) => (text: string) => unknown } = {
  flag: () => flag,
  number: (row) => within(...range(row), false),
  whole: (row) => within(...range(row), true),
  seed: (row) => within(...range(row), true),
  name: () => word,
  class: () => classIndex,
  layer: () => layerName,
};

/** What an option's kind is in a page's state: classes by index, seeds as numbers. */
type Held<N extends Name> = {
  flag: boolean;
  number: number;
  whole: number;
  seed: number;
  name: string;
  class: number;
  layer: string;
}[(typeof runOptions)[N]['kind']];

/** Text of an address to the option's value; undefined where it makes no sense. */
export const readerOf = <N extends Name>(name: N) =>
  readers[runOptions[name].kind](runOptions[name]) as (text: string) => Held<N> | undefined;

/** Gives a slider the range that the table has for the option; `unit`: of one step of the slider. */
export function giveRange(input: HTMLInputElement, name: Name, unit = 1) {
  const { slider }: Option = runOptions[name];
  if (!slider) return;
  const { low, high, step } = slider;
  Object.assign(input, { min: String(low / unit), max: String(high / unit), step: String(step / unit) });
}
