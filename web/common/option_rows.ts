// A run's options on a page: what its state holds of them, how an address tells them and how far a field goes, from the package's
// own table.
import { type Model, type Option, type OptionName, runOptions } from 'smoothgrad';
import { within, word } from './address.js';

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
type Held<N extends OptionName> = {
  flag: boolean;
  number: number;
  whole: number;
  seed: number;
  name: string;
  class: number;
  layer: string;
}[(typeof runOptions)[N]['kind']];

/** Undefined where the default is not the same for all methods and models. */
type Unsaid<N extends OptionName> = (typeof runOptions)[N] extends { default: string | number | boolean } ? never : undefined;

/** The options in a page's state. */
export type OptionValues = { [N in OptionName]: Held<N> | Unsaid<N> };

export const isOption = (name: string): name is OptionName => Object.hasOwn(runOptions, name);

/** Text of an address to the option's value; undefined where it makes no sense. */
export const readerOf = <N extends OptionName>(name: N) =>
  readers[runOptions[name].kind](runOptions[name]) as (text: string) => Held<N> | undefined;

/** With what a page's state begins. */
export function startOf<N extends OptionName>(name: N): OptionValues[N] {
  const { default: value }: Option = runOptions[name];
  return (typeof value === 'function' ? undefined : value) as OptionValues[N];
}

const each = <N extends OptionName>(names: readonly N[], give: (name: N) => unknown) =>
  Object.fromEntries(names.map((name) => [name, give(name)]));

export const startsOf = <N extends OptionName>(...names: N[]) => each(names, startOf) as Pick<OptionValues, N>;
export const readersOf = <N extends OptionName>(...names: N[]) =>
  each(names, readerOf) as { [K in N]: ReturnType<typeof readerOf<K>> };

/** What a model's input sets bounds to. */
export type Shown = Pick<Model, 'inputShape'>;

const limitsOf = ({ inputShape: [, , ...sides] }: Shown) => ({ side: Math.min(...sides), size: 0 });

/** What a value is that nobody has set, where it depends on the model. */
export function defaultFor(name: OptionName, model: Shown): number | undefined {
  const { default: value }: Option = runOptions[name];
  return typeof value === 'function' ? value(limitsOf(model)) : undefined;
}

/** Gives a field the range that the table has for the option, a slider what people want of it; `unit`: of one step of the field. */
export function giveRange(input: HTMLInputElement, name: OptionName, unit = 1, model?: Shown) {
  const row: Option = runOptions[name];
  const most = typeof row.high === 'function' ? model && row.high(limitsOf(model)) : row.high;
  const all = { low: row.low ?? 0, high: most, step: row.kind === 'number' ? undefined : 1 };
  const { low, high, step } = (input.type === 'range' && row.slider) || all;
  Object.assign(input, {
    min: String(low / unit),
    max: high === undefined ? '' : String(Math.min(high, most ?? high) / unit),
    step: step === undefined ? 'any' : String(step / unit),
  });
}
