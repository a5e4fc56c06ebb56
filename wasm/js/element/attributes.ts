// The attributes of <smooth-grad>: those of its own, and a run's options from the table; each also a property.
import { affectsOf, optionNames } from '../options/kinds.js';
import { type Affects, isSwitch, type Kind, type Option } from '../options/option.js';
import { drawingOptions, mapOptions, runOptions } from '../options/table.js';

/** How an attribute's text is read. */
export type Reading = 'text' | 'number' | 'flag' | 'switch';

/** What a change of it asks for. */
export type Change = 'photo' | 'samples' | 'goal' | 'look' | 'pace' | 'nothing';

interface Attribute {
  readonly reading: Reading;
  readonly changes: Change;
  readonly help: string;
}

const own = {
  src: { reading: 'text', changes: 'photo', help: 'address of the photo' },
  model: { reading: 'text', changes: 'photo', help: "a shipped model's name, or the address of an ONNX file" },
  randomised: { reading: 'number', changes: 'photo', help: 'layers with random weights, from the last one down' },
  threads: { reading: 'number', changes: 'photo', help: 'lanes; default: the cores, at most 8' },
  assets: { reading: 'text', changes: 'photo', help: "address of a copy of the package's folder; default: the package itself" },
  loading: {
    reading: 'text',
    changes: 'pace',
    help: '`lazy` (default): nothing is loaded or computed until it is near the viewport, or while nobody sees it; `eager`: always',
  },
  paused: { reading: 'flag', changes: 'pace', help: 'no samples are made' },
  controls: { reading: 'flag', changes: 'nothing', help: 'shows a button and what there is, and listens to keys' },
  colourKey: {
    reading: 'flag',
    changes: 'nothing',
    help: 'shows over the map what its colours stand for: the values at both of their ends',
  },
  alt: { reading: 'text', changes: 'nothing', help: 'what is on the photo, for who cannot see it' },
  poster: {
    reading: 'text',
    changes: 'nothing',
    help: 'address of a picture to show until there is a map; default: the photo',
  },
} as const satisfies Record<string, Attribute>;

const readings = {
  flag: 'flag',
  number: 'number',
  whole: 'number',
  seed: 'number',
  name: 'text',
  class: 'text',
  layer: 'text',
} as const satisfies Record<Kind, Reading>;

export const mapNames = Object.keys(mapOptions) as (keyof typeof mapOptions)[];

/** What is drawn and how; needs no new sample. */
export const lookNames = Object.keys({ ...mapOptions, ...drawingOptions }) as (
  | keyof typeof mapOptions
  | keyof typeof drawingOptions
)[];

const changes: Record<Affects, Change> = { samples: 'samples', goal: 'goal', map: 'look', drawing: 'look' };

const ofRuns = Object.fromEntries(
  optionNames.map((name) => {
    const row: Option = runOptions[name];
    const reading = isSwitch(row) ? 'switch' : readings[row.kind];
    return [name, { reading, changes: changes[affectsOf(name)], help: row.help }];
  }),
);

type ReadingOf<Row extends Option> = Row extends { kind: 'flag'; default: boolean }
  ? 'flag'
  : Row extends { kind: 'flag' }
    ? 'switch'
    : (typeof readings)[Row['kind']];

type Readings = { [K in keyof typeof own]: (typeof own)[K]['reading'] } & {
  [K in keyof typeof runOptions]: ReadingOf<(typeof runOptions)[K]>;
};

type Kebab<S extends string> = S extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Kebab<Rest>}`
  : '';

interface Written {
  text: string;
  number: number | string;
  flag: boolean | '';
  switch: boolean | string;
}

/** What can be written in a framework's template: attributes, or the properties that mirror them. */
export type SmoothGradAttributes = {
  [K in keyof Readings & string as K | Kebab<K>]?: Written[Readings[K]] | undefined;
};

export const attributes: Readonly<Record<string, Attribute>> = { ...own, ...ofRuns };

/** For the properties. */
export const attributeReadings = Object.fromEntries(
  Object.entries(attributes).map(([name, { reading }]) => [name, reading]),
) as Readings;

const isUnsaid = (name: string, value: unknown) =>
  value === undefined || (value === false && attributes[name]?.reading === 'flag');

/** Those of the named attributes that were given; a flag that is not set is left to the defaults. */
export const given = <E extends object, K extends keyof E & string>(element: E, names: readonly K[]) =>
  Object.fromEntries(names.flatMap((name) => (isUnsaid(name, element[name]) ? [] : [[name, element[name]]]))) as {
    [name in K]?: Exclude<E[name], undefined>;
  };
