// Options against their rows of the table: known, in range, complete.
import type { Tables } from '../api/engine.js';
import { badOption } from '../api/errors.js';
import type { ExplainOptions } from '../api/explanation.js';
import type { MapOptions, RenderMapOptions, RenderOptions } from '../api/maps.js';
import type { RunOptions } from '../api/options.js';
import type { GradCamLayer } from '../api/references.js';
import { checkFlag, checkKnown, checkName, checkNumber, checkSeed, checkWhole } from './check_values.js';
import { withConvention } from './convention.js';
import { entriesOf, isFor, optionNames, refuseOthers } from './kinds.js';
import type { Option, Options, Settings, Values } from './option.js';
import type { LookSettings, RunSettings } from './settings.js';
import { drawingOptions, mapOptions, runOptions, scoreOptions, untilOptions } from './table.js';

/** What rows are checked against: the engine's tables and, for what depends on it, the model. */
export interface Subject {
  tables: Tables;
  /** The index of a class given by index or name; throws `bad-option`. */
  classIndex(target: number | string): number;
  layers: readonly GradCamLayer[];
  inputShape: readonly number[];
}

const sideOf = ([, , ...sides]: readonly number[]) => Math.min(...sides);

function checkLayer(name: string, value: unknown, layers: readonly GradCamLayer[]): number {
  if (layers.length === 0) throw badOption('Grad-CAM needs a layer whose output is an image: this model has none');
  const layer = checkName(name, value ?? layers.at(-1)?.name, layers);
  return layers.findIndex((entry) => entry.name === layer);
}

function checkValue(name: string, value: unknown, row: Option, subject: Subject, size: number) {
  const limits = { side: sideOf(subject.inputShape), size };
  const { low = 0 } = row;
  const high = typeof row.high === 'function' ? row.high(limits) : row.high;
  const given = value ?? (typeof row.default === 'function' ? row.default(limits) : row.default);
  if (row.kind === 'layer') return checkLayer(name, given, subject.layers);
  if (given === undefined) return undefined;
  switch (row.kind) {
    case 'flag':
      return checkFlag(name, given);
    case 'number':
      return checkNumber(name, given, low, high);
    case 'whole':
      return checkWhole(name, given, low, high);
    case 'seed':
      return checkSeed(given, name);
    case 'class':
      return subject.classIndex(given as number | string);
    case 'name':
      return checkName(name, given, entriesOf(row, subject.tables));
  }
}

/** Each given value against its row; the others as the defaults, or the rows, have them. */
export function checkRows<T extends Options>(rows: T, given: Values<T>, subject: Subject): Settings<T> {
  const settings: Record<string, unknown> = {};
  for (const [name, row] of Object.entries(rows)) {
    const value = checkValue(name, given[name as keyof T], row, subject, (settings.size as number | undefined) ?? 0);
    if (value !== undefined) settings[name] = value;
  }
  return settings as Settings<T>;
}

/** Of rows that ask nothing of a model. */
const nothing: Omit<Subject, 'tables'> = { classIndex: Number, layers: [], inputShape: [] };

const lookOptions = { ...mapOptions, ...drawingOptions };
const mapNames = Object.keys(mapOptions);
const drawingNames = Object.keys(drawingOptions);
const present = <T extends object>(options: T) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;

/** Of a run's settings, those that say what is drawn of it. */
export const lookOf = (settings: Partial<LookSettings>): Partial<LookSettings> =>
  Object.fromEntries(
    Object.keys(lookOptions).flatMap((name) => (name in settings ? [[name, settings[name as keyof LookSettings]]] : [])),
  );

/** How a convention has a map made and drawn. */
export const conventionLook = (convention: string | undefined, { conventions }: Tables): Partial<LookSettings> =>
  lookOf(withConvention(present({ convention }) as RunOptions, conventions));

const others = ['until', 'pictures', 'paused', 'keep', 'from', 'signal'];

function checkUntil(until: Values<typeof untilOptions> = {}) {
  checkKnown(until, Object.keys(untilOptions));
  const limit = (name: keyof typeof untilOptions) =>
    until[name] === undefined ? 0 : checkNumber(`until.${name}`, until[name], untilOptions[name].low);
  return {
    untilRelativeError: limit('relativeError'),
    untilDenoisedError: limit('denoisedError'),
    untilMs: limit('ms'),
  };
}

function checkKeep(keep: boolean | number | undefined): Pick<RunSettings, 'keep'> {
  if (typeof keep === 'number') return { keep: checkNumber('keep', keep, 0) };
  return checkFlag('keep', keep ?? false) ? { keep: 0 } : {};
}

/** What explain() computes, and how what it finds is drawn where render() is not told otherwise. */
export function checkRun(options: ExplainOptions, subject: Subject): RunSettings {
  checkKnown(options, [...optionNames, ...others]);
  const { until, pictures, paused, keep, from, signal: _, ...given } = present(options);
  const method = checkValue('method', given.method, runOptions.method, subject, 0) as string;
  refuseOthers(Object.keys(given), method, subject.tables);
  const rows = Object.fromEntries(
    Object.entries(runOptions).filter(([, row]) => isFor(row, method, subject.tables)),
  ) as typeof runOptions;
  const settings = checkRows(rows, withConvention(given, subject.tables.conventions), subject);
  if (settings.difference === 'scaled' && settings.versus === undefined) {
    throw badOption('difference scaled is of two classes: give versus');
  }
  if (from !== undefined && !(from instanceof Uint8Array))
    throw badOption('from must be the bytes of a saved run, a Uint8Array');
  return {
    ...settings,
    ...checkUntil(until),
    ...(from === undefined ? {} : { from }),
    ...checkKeep(keep),
    paused: checkFlag('paused', paused ?? false),
    pictures: checkFlag('pictures', pictures ?? false),
  };
}

/** What is drawn, and how; what is not said is as in `defaults`. */
export function checkLook(
  options: RenderOptions,
  subject: Pick<Subject, 'tables'>,
  defaults: Partial<LookSettings> = {},
): LookSettings {
  checkKnown(options, [...drawingNames, ...mapNames]);
  return checkRows(lookOptions, { ...lookOf(defaults), ...present(options) }, { ...nothing, ...subject });
}

/** For values alone: nothing of how they are drawn. */
export function checkMap(options: MapOptions, subject: Pick<Subject, 'tables'>, defaults: Partial<LookSettings>): LookSettings {
  checkKnown(options, mapNames);
  return checkLook(options, subject, defaults);
}

/** For a map of which nothing is known but its values. */
export function checkRenderMap({ photo, ...options }: RenderMapOptions, tables: Tables): Settings<typeof drawingOptions> {
  checkKnown(options, drawingNames);
  const settings = checkRows(drawingOptions, options, { ...nothing, tables });
  if (settings.view === 'map' || photo !== undefined) return settings;
  throw badOption(`view ${settings.view} shows the photo: give its pixels as photo, or choose map`);
}

const classOptions = { target: scoreOptions.target, versus: scoreOptions.versus };

/** A class's index and, where it is given, another's, from what evaluate() and perturb() are told. */
export function checkScore(options: Values<typeof classOptions>, subject: Subject): Settings<typeof classOptions> {
  return checkRows(classOptions, options, subject);
}
