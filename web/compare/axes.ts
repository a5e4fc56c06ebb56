// What rows and columns can be: each axis changes one choice, and offers the entries that can be switched on and off.
import type { ClassScore, Engine } from 'smoothgrad';
import { toPercent } from '../common/fields.js';
import { showNumber } from '../common/numbers.js';
import { named, text } from '../common/texts.js';
import type { Choice } from './plan.js';

export interface Entry {
  /** As it stands in the address. */
  value: string;
  title: string;
}

/** What entries are made of. */
export interface Context {
  engine: Pick<Engine, 'methods' | 'conventions' | 'reductions' | 'magnitudes'>;
  /** The network's name. */
  network: string;
  classNames: readonly string[];
  /** The most probable classes of the photo. */
  top: readonly ClassScore[];
  /** The photo in view first. */
  photos: readonly { name: string; title: string }[];
}

export interface Axis {
  name: string;
  title: string;
  /** For the headline: “What does … change?” */
  phrase: string;
  key: keyof Choice;
  /** All that can be switched on; `on` are those of the address, of which more classes may come. */
  entries(context: Context, on: readonly string[]): Entry[];
  /** Those that are on where the address does not say. */
  usual(context: Context): string[];
  choose(value: string): Partial<Choice>;
}

const entriesOf = (entries: readonly { name: string; title: string }[]): Entry[] =>
  entries.map(({ name, title }) => ({ value: name, title }));
const names = (entries: readonly { name: string }[]) => entries.map(({ name }) => name);

/** The paper's, and 1,000: on this network more samples do pay. */
export const sampleCounts = [1, 2, 5, 10, 20, 50, 100, 200, 1000];
/** The paper's figure 3. */
const noiseLevels = [0, 0.05, 0.1, 0.2, 0.3, 0.5];

export const axes: readonly Axis[] = [
  {
    name: 'photo',
    title: text('axis.photo'),
    phrase: text('axis.photo.phrase'),
    key: 'photo',
    entries: ({ photos }) => entriesOf(photos),
    usual: ({ photos }) => names(photos),
    choose: (photo) => ({ photo }),
  },
  {
    name: 'class',
    title: text('axis.class'),
    phrase: text('axis.class.phrase'),
    key: 'target',
    entries({ top, classNames }, on) {
      const more = on.map(Number).filter((index) => !top.some((score) => score.index === index));
      const known = [...top.map(({ index }) => index), ...more].filter((index) => classNames[index] !== undefined);
      return known.map((index) => ({ value: String(index), title: classNames[index] as string }));
    },
    usual: ({ top }) => top.map(({ index }) => String(index)),
    choose: (index) => ({ target: Number(index) }),
  },
  {
    name: 'method',
    title: text('axis.method'),
    phrase: text('axis.method.phrase'),
    key: 'method',
    entries: ({ engine }) => entriesOf(named('method', engine.methods)),
    // The paper's figure 5: gradient, Integrated Gradients and Guided BackProp, each alone and under SmoothGrad.
    usual: ({ engine }) =>
      names(
        engine.methods.filter(({ rule, reduction, timesInput }) => rule !== 'deconvnet' && reduction === 'mean' && !timesInput),
      ),
    choose: (method) => ({ method }),
  },
  {
    name: 'noise',
    title: text('axis.noise'),
    phrase: text('axis.noise.phrase'),
    key: 'noise',
    entries: () => noiseLevels.map((level) => ({ value: String(level), title: toPercent(level) })),
    usual: () => noiseLevels.map(String),
    choose: (level) => ({ noise: Number(level) }),
  },
  {
    name: 'samples',
    title: text('axis.samples'),
    phrase: text('axis.samples.phrase'),
    key: 'samples',
    entries: () => sampleCounts.map((count) => ({ value: String(count), title: showNumber(count) })),
    usual: () => sampleCounts.filter((count) => count < 1000).map(String),
    choose: (count) => ({ samples: Number(count) }),
  },
  {
    name: 'convention',
    title: text('axis.convention'),
    phrase: text('axis.convention.phrase'),
    key: 'convention',
    entries: ({ engine }) => entriesOf(named('convention', engine.conventions)),
    usual: ({ engine }) => names(engine.conventions),
    choose: (convention) => ({ convention }),
  },
  {
    name: 'reduction',
    title: text('axis.reduction'),
    phrase: text('axis.reduction.phrase'),
    key: 'reduction',
    entries: ({ engine }) => entriesOf(named('reduction', engine.reductions)),
    usual: ({ engine }) => names(engine.reductions),
    choose: (reduction) => ({ reduction }),
  },
  {
    name: 'magnitude',
    title: text('axis.magnitude'),
    phrase: text('axis.magnitude.phrase'),
    key: 'magnitude',
    entries: ({ engine }) => entriesOf(named('magnitude', engine.magnitudes)),
    usual: ({ engine }) => names(engine.magnitudes),
    choose: (magnitude) => ({ magnitude }),
  },
];

/** The axis of that name; the first where there is none. */
export const findAxis = (name: string) => axes.find((axis) => axis.name === name) ?? (axes[0] as Axis);

/** The entries that are on, in the order in which they are offered. `listed`: the address's, empty: as usual. */
export function entriesOn(axis: Axis, context: Context, listed: string): Entry[] {
  const on = listed === '' ? axis.usual(context) : listed.split(' ');
  return axis.entries(context, on).filter(({ value }) => on.includes(value));
}
