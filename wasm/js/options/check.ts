// The one place where options are checked; a bad one is named in the error, with what would be right.

import { badOption } from '../api/errors.js';
import type {
  Convention,
  DrawingOptions,
  ExplainOptions,
  GradCamOptions,
  MapOptions,
  NamedEntry,
  OcclusionOptions,
  PerturbOptions,
  RenderMapOptions,
  RenderOptions,
} from '../api/index.js';
import type {
  DrawingSettings,
  GradCamSettings,
  MapSettings,
  ModelInfo,
  OcclusionSettings,
  PerturbSettings,
  RenderSettings,
  RunOptions,
  ScoreSettings,
  Tables,
} from '../rpc/engine_calls.js';

export const show = (value: unknown) =>
  typeof value === 'string' ? `"${value}"` : typeof value === 'object' ? 'an object' : String(value);

/** A finite number in [low, high]. */
export function checkNumber(name: string, value: unknown, low: number, high = Number.POSITIVE_INFINITY): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= low && value <= high) return value;
  const least = low === Number.MIN_VALUE ? 'above 0' : `of at least ${low}`;
  const both = low === Number.MIN_VALUE ? `above 0, at most ${high}` : `from ${low} to ${high}`;
  throw badOption(`${name} must be a number ${high === Number.POSITIVE_INFINITY ? least : both}, not ${show(value)}`);
}

/** A whole number in [low, high]. */
export function checkWhole(name: string, value: unknown, low: number, high = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(value) && (value as number) >= low && (value as number) <= high) return value as number;
  const range = high === Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `from ${low} to ${high}`;
  throw badOption(`${name} must be a whole number ${range}, not ${show(value)}`);
}

export function checkSeed(value: unknown, name = 'seed'): bigint {
  if (typeof value === 'bigint' && value >= 0n && value < 1n << 64n) return value;
  if (Number.isSafeInteger(value) && (value as number) >= 0) return BigInt(value as number);
  throw badOption(
    `${name} must be a whole number from 0 to 2^64 - 1 (a BigInt where it is above 2^53 - 1), not ${show(value)}`,
  );
}

export function checkName(name: string, value: unknown, entries: readonly Pick<NamedEntry, 'name'>[]): string {
  if (entries.some((entry) => entry.name === value)) return value as string;
  throw badOption(`${name} must be one of ${entries.map((entry) => entry.name).join(', ')}, not ${show(value)}`);
}

/** Names and options that no table has: a misspelt option must not be ignored in silence. */
export function checkKnown(options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown !== undefined) throw badOption(`there is no option ${unknown}; there are ${known.join(', ')}`);
}

export const rules = ['gradient', 'guided', 'deconvnet'].map((name) => ({ name, title: name }));

const mapKeys = ['channels', 'reduction', 'magnitude', 'window'];
const drawingKeys = ['view', 'colours', 'percentile', 'fromLowest', 'opacity'];
const scoreKeys = ['target', 'versus'];
const samplingKeys = ['noise', 'sigma', 'samples', 'seed', 'firstSample', 'antithetic', 'cleanLast', 'steps', 'baseline'];
const explainKeys = [
  'method',
  'rule',
  'timesInput',
  'convention',
  ...scoreKeys,
  'difference',
  ...samplingKeys,
  'until',
  ...mapKeys,
  'paused',
  'signal',
];

export function checkFlag(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw badOption(`${name} must be true or false, not ${show(value)}`);
}

type ClassIndex = (target: number | string) => number;

function checkScore({ target, versus }: Pick<ExplainOptions, 'target' | 'versus'>, classIndex: ClassIndex): ScoreSettings {
  return {
    ...(target === undefined ? {} : { target: classIndex(target) }),
    ...(versus === undefined ? {} : { versus: classIndex(versus) }),
  };
}

function checkMapSettings(options: MapOptions, tables: Tables, defaults: MapSettings): MapSettings {
  const reduction = options.reduction ?? defaults.reduction;
  return {
    channels: checkName('channels', options.channels ?? defaults.channels, tables.channels),
    ...(reduction === undefined ? {} : { reduction: checkName('reduction', reduction, tables.reductions) }),
    magnitude: checkName('magnitude', options.magnitude ?? defaults.magnitude, tables.magnitudes),
    window: checkNumber('window', options.window ?? defaults.window, 0, 64),
  };
}

function checkUntil(until: ExplainOptions['until'] = {}) {
  checkKnown(until, ['relativeError', 'ms']);
  const limit = (name: 'relativeError' | 'ms') =>
    until[name] === undefined ? 0 : checkNumber(`until.${name}`, until[name], Number.MIN_VALUE);
  return { untilRelativeError: limit('relativeError'), untilMs: limit('ms') };
}

const plain: MapSettings = { channels: 'sum-abs', magnitude: 'plain', window: 0 };
const drawn = { view: 'map', percentile: 99, fromLowest: false, opacity: 0.6 };

/** What explain() computes, and how what it finds is drawn where render() is not told otherwise. */
export function checkExplain(
  options: ExplainOptions,
  tables: Tables,
  classIndex: ClassIndex,
): { run: RunOptions; drawing: RenderSettings } {
  checkKnown(options, explainKeys);
  const { convention, difference, rule, timesInput } = options;
  if (convention !== undefined) checkName('convention', convention, tables.conventions);
  const { samples, noise, sigma, cleanLast, channels, reduction, percentile, fromLowest } =
    tables.conventions.find(({ name }) => name === convention) ?? ({} as Partial<Convention>);
  const absolute = options.sigma ?? (options.noise === undefined ? sigma : undefined);
  if (difference === 'scaled' && options.versus === undefined) {
    throw badOption('difference scaled is of two classes: give versus');
  }
  const map = checkMapSettings(options, tables, {
    ...plain,
    ...(channels === undefined ? {} : { channels }),
    ...(reduction === undefined ? {} : { reduction }),
  });
  const run = {
    method: checkName('method', options.method ?? 'smoothgrad', tables.methods),
    ...(rule === undefined ? {} : { rule: checkName('rule', rule, rules) }),
    ...(timesInput === undefined ? {} : { timesInput: checkFlag('timesInput', timesInput) }),
    ...checkScore(options, classIndex),
    difference: checkName('difference', difference ?? 'gradient', tables.differences),
    noise: checkNumber('noise', options.noise ?? noise ?? 0.15, 0),
    ...(absolute === undefined ? {} : { sigma: checkNumber('sigma', absolute, 0) }),
    samples: checkWhole('samples', options.samples ?? samples ?? 50, 1, 1e9),
    seed: checkSeed(options.seed ?? 0),
    firstSample: checkWhole('firstSample', options.firstSample ?? 0, 0),
    antithetic: checkFlag('antithetic', options.antithetic ?? false),
    cleanLast: checkFlag('cleanLast', options.cleanLast ?? cleanLast ?? false),
    steps: checkWhole('steps', options.steps ?? 32, 1, 1e6),
    baseline: checkName('baseline', options.baseline ?? 'zero', tables.baselines),
    ...checkUntil(options.until),
    map,
    paused: checkFlag('paused', options.paused ?? false),
  };
  const drawing = { ...drawn, ...map, percentile: percentile ?? drawn.percentile, fromLowest: fromLowest ?? drawn.fromLowest };
  return { run, drawing };
}

export function checkRender(
  options: RenderOptions,
  tables: Tables,
  defaults: RenderSettings = { ...drawn, ...plain },
): RenderSettings {
  checkKnown(options, [...drawingKeys, ...mapKeys]);
  return { ...checkMapSettings(options, tables, defaults), ...checkDrawingSettings(options, tables, defaults) };
}

function checkDrawingSettings(options: DrawingOptions, tables: Tables, defaults: DrawingSettings): DrawingSettings {
  const colours = options.colours ?? defaults.colours;
  return {
    view: checkName('view', options.view ?? defaults.view, tables.views),
    ...(colours === undefined ? {} : { colours: checkName('colours', colours, tables.colours) }),
    percentile: checkNumber('percentile', options.percentile ?? defaults.percentile, 90, 100),
    fromLowest: checkFlag('fromLowest', options.fromLowest ?? defaults.fromLowest),
    opacity: checkNumber('opacity', options.opacity ?? defaults.opacity, 0, 1),
  };
}

/** For a map of which nothing is known but its values. */
export function checkRenderMap({ photo, ...options }: RenderMapOptions, tables: Tables): DrawingSettings {
  checkKnown(options, drawingKeys);
  const settings = checkDrawingSettings(options, tables, drawn);
  if (settings.view === 'map' || photo !== undefined) return settings;
  throw badOption(`view ${settings.view} shows the photo: give its pixels as photo, or choose map`);
}

export function checkMap(options: MapOptions, tables: Tables, defaults: MapSettings): MapSettings {
  checkKnown(options, mapKeys);
  return checkMapSettings(options, tables, defaults);
}

export function checkGradCam(options: GradCamOptions, { gradCamLayers }: ModelInfo, classIndex: ClassIndex): GradCamSettings {
  checkKnown(options, [...scoreKeys, 'layer']);
  if (gradCamLayers.length === 0) throw badOption('Grad-CAM needs a layer whose output is an image: this model has none');
  const last = gradCamLayers.at(-1)?.name;
  const name = checkName('layer', options.layer ?? last, gradCamLayers);
  return { ...checkScore(options, classIndex), layer: gradCamLayers.findIndex((layer) => layer.name === name) };
}

export function checkOcclusion(
  options: OcclusionOptions,
  { inputShape }: ModelInfo,
  tables: Tables,
  classIndex: ClassIndex,
): OcclusionSettings {
  checkKnown(options, [...scoreKeys, 'size', 'stride', 'baseline', 'signal']);
  const largest = Math.min(...inputShape.slice(2));
  const size = checkWhole('size', options.size ?? Math.min(32, largest), 1, largest);
  return {
    ...checkScore(options, classIndex),
    size,
    stride: checkWhole('stride', options.stride ?? Math.ceil(size / 2), 1, size),
    baseline: checkName('baseline', options.baseline ?? 'zero', tables.baselines),
  };
}

export function checkPerturb(options: PerturbOptions, tables: Tables, classIndex: ClassIndex): PerturbSettings {
  checkKnown(options, ['target', 'replacement', 'steps']);
  return {
    target: classIndex(options.target),
    replacement: checkName('replacement', options.replacement ?? 'blurred', tables.baselines),
    steps: checkWhole('steps', options.steps ?? 50, 1, 1e6),
  };
}
