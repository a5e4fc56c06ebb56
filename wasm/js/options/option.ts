// What a row of the table of options is, and the types that follow from rows.
import type { Tables } from '../api/engine.js';

/** What the value is: a class's index or name, the name of a row of one of the engine's tables, of one of a model's layers, ... */
export type Kind = 'flag' | 'number' | 'whole' | 'seed' | 'name' | 'class' | 'layer';

/** What a change of it asks for: other samples, more of them, another map of those there are, another drawing of that. */
export type Affects = 'samples' | 'goal' | 'map' | 'drawing';

/** The input's shorter side in pixels, and the square's size. */
export interface Limits {
  side: number;
  size: number;
}

type Bound = number | ((limits: Limits) => number);

export interface Option {
  readonly kind: Kind;
  /** One line, for people. */
  readonly help: string;
  /** Of a name: the engine's table that lists it. */
  readonly of?: keyof Tables;
  readonly default?: string | boolean | Bound;
  /** In words, where there is no default, or none that is the same for all models. */
  readonly otherwise?: string;
  readonly low?: number;
  readonly high?: Bound;
  /** What a slider offers: the part of the range that people want. */
  readonly slider?: { readonly low: number; readonly high: number; readonly step: number };
  readonly unit?: string;
  /** The methods it is for: all that are made of samples, others by name; default: every one. */
  readonly methods?: 'sampled' | readonly string[];
  /** Of methods that are made of samples, it changes those whose path is a line; the others take it all the same. */
  readonly ofLine?: true;
  /** Default: as its group. */
  readonly affects?: Affects;
}

export type Options = Readonly<Record<string, Option>>;

/** A flag that is on by itself at times, so that off has to be said. */
export const isSwitch = ({ kind, default: value }: Option) => kind === 'flag' && value === undefined;

interface Given {
  flag: boolean;
  number: number;
  whole: number;
  seed: number | bigint;
  name: string;
  class: number | string;
  layer: string;
}

/** As a caller gives them. */
export type Values<T extends Options> = { -readonly [K in keyof T]?: Given[T[K]['kind']] };

interface Checked extends Omit<Given, 'seed' | 'class' | 'layer'> {
  seed: bigint;
  class: number;
  layer: number;
}

type WithDefault<T extends Options> = { [K in keyof T]: T[K] extends { default: unknown } ? K : never }[keyof T];

/** Checked: classes and layers by number; complete, but for what has no default. */
export type Settings<T extends Options> = { -readonly [K in WithDefault<T>]: Checked[T[K]['kind']] } & {
  -readonly [K in Exclude<keyof T, WithDefault<T>>]?: Checked[T[K]['kind']];
};
