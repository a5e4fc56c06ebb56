// The one place where options are checked; a bad one is named in the error, with what would be right.
import type {
  Convention,
  ExplainOptions,
  MapOptions,
  NamedEntry,
  PerturbOptions,
  Photo,
  Prepared,
  RawMap,
  RawTensor,
  RenderOptions,
} from './api.js';
import { badOption, SmoothGradError } from './errors.js';
import type { MapSettings, PerturbSettings, RenderSettings, RunOptions, Tables } from './protocol.js';

const show = (value: unknown) =>
  typeof value === 'string' ? `"${value}"` : typeof value === 'object' ? 'an object' : String(value);

/** A finite number in [low, high]. */
export function checkNumber(name: string, value: unknown, low: number, high = Number.POSITIVE_INFINITY): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= low && value <= high) return value;
  const range = high === Number.POSITIVE_INFINITY ? `of at least ${low}` : `from ${low} to ${high}`;
  throw badOption(`${name} must be a number ${range}, not ${show(value)}`);
}

/** A whole number in [low, high]. */
export function checkWhole(name: string, value: unknown, low: number, high = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(value) && (value as number) >= low && (value as number) <= high) return value as number;
  const range = high === Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `from ${low} to ${high}`;
  throw badOption(`${name} must be a whole number ${range}, not ${show(value)}`);
}

export function checkSeed(value: unknown): bigint {
  if (typeof value === 'bigint' && value >= 0n && value < 1n << 64n) return value;
  if (Number.isSafeInteger(value) && (value as number) >= 0) return BigInt(value as number);
  throw badOption(`seed must be a whole number from 0 to 2^53 - 1, or a BigInt below 2^64, not ${show(value)}`);
}

export function checkName(name: string, value: unknown, entries: readonly NamedEntry[]): string {
  if (entries.some((entry) => entry.name === value)) return value as string;
  throw badOption(`${name} must be one of ${entries.map((entry) => entry.name).join(', ')}, not ${show(value)}`);
}

/** Names and options that no table has: a misspelt option must not be ignored in silence. */
export function checkKnown(options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown !== undefined) throw badOption(`there is no option ${unknown}; there are ${known.join(', ')}`);
}

const mapKeys = ['channels', 'reduction', 'magnitude', 'window'];
const drawingKeys = ['view', 'colours', 'percentile', 'fromLowest', 'opacity', ...mapKeys];
const samplingKeys = ['noise', 'sigma', 'samples', 'seed', 'firstSample', 'antithetic', 'cleanLast', 'steps', 'baseline'];
const explainKeys = ['method', 'convention', 'target', 'versus', ...samplingKeys, 'until', ...mapKeys, 'paused', 'signal'];

function checkFlag(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw badOption(`${name} must be true or false, not ${show(value)}`);
}

function checkMap(options: MapOptions, tables: Tables, defaults: MapSettings): MapSettings {
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
const drawn = { view: 'map', colours: 'grey', percentile: 99, fromLowest: false, opacity: 0.6 };

/** What explain() computes, and how what it finds is drawn where render() is not told otherwise. */
export function checkExplain(
  options: ExplainOptions,
  tables: Tables,
  classIndex: (target: number | string) => number,
): { run: RunOptions; drawing: RenderSettings } {
  checkKnown(options, explainKeys);
  const { target, versus, convention } = options;
  if (convention !== undefined) checkName('convention', convention, tables.conventions);
  const { samples, noise, sigma, cleanLast, channels, reduction, percentile, fromLowest } =
    tables.conventions.find(({ name }) => name === convention) ?? ({} as Partial<Convention>);
  const absolute = options.sigma ?? (options.noise === undefined ? sigma : undefined);
  const map = checkMap(options, tables, {
    ...plain,
    ...(channels === undefined ? {} : { channels }),
    ...(reduction === undefined ? {} : { reduction }),
  });
  const run = {
    method: checkName('method', options.method ?? 'smoothgrad', tables.methods),
    ...(target === undefined ? {} : { target: classIndex(target) }),
    ...(versus === undefined ? {} : { versus: classIndex(versus) }),
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
  checkKnown(options, drawingKeys);
  return {
    ...checkMap(options, tables, defaults),
    view: checkName('view', options.view ?? defaults.view, tables.views),
    colours: checkName('colours', options.colours ?? defaults.colours, tables.colours),
    percentile: checkNumber('percentile', options.percentile ?? defaults.percentile, 90, 100),
    fromLowest: checkFlag('fromLowest', options.fromLowest ?? defaults.fromLowest),
    opacity: checkNumber('opacity', options.opacity ?? defaults.opacity, 0, 1),
  };
}

export const isTensor = (source: Photo | RawTensor): source is RawTensor => typeof source === 'object' && 'shape' in source;

/** A tensor whose shape is exactly that of the network's input. */
export function checkTensor(tensor: RawTensor, wanted: readonly number[]): RawTensor {
  const shape = tensor.shape.join(', ');
  if (tensor.shape.length !== wanted.length || tensor.shape.some((size, i) => size !== wanted[i])) {
    throw badOption(`the input's shape must be [${wanted.join(', ')}], not [${shape}]`);
  }
  const size = wanted.reduce((product, factor) => product * factor, 1);
  if (!(tensor.data instanceof Float32Array) || tensor.data.length !== size) {
    throw badOption(`the input's data must be a Float32Array of ${size} numbers for shape [${shape}]`);
  }
  return { shape: [...tensor.shape], data: tensor.data };
}

/** A map that is as large as it says and, where one is given, as another. */
export function checkMapValues(name: string, values: RawMap, like?: Pick<RawMap, 'width' | 'height'>): RawMap {
  const { width, height, map } = values;
  checkWhole(`${name}'s width`, width, 1);
  checkWhole(`${name}'s height`, height, 1);
  if (like && (like.width !== width || like.height !== height)) {
    throw badOption(`${name} must be of ${like.width} x ${like.height} pixels, not ${width} x ${height}`);
  }
  if (!(map instanceof Float32Array) || map.length !== width * height) {
    throw badOption(`${name} must be a Float32Array of ${width * height} numbers for ${width} x ${height} pixels`);
  }
  return { width, height, map };
}

export function checkPerturb(
  options: PerturbOptions,
  tables: Tables,
  classIndex: (target: number | string) => number,
): PerturbSettings {
  checkKnown(options, ['target', 'replacement', 'steps']);
  return {
    target: classIndex(options.target),
    replacement: checkName('replacement', options.replacement ?? 'blurred', tables.baselines),
    steps: checkWhole('steps', options.steps ?? 50, 1, 1e6),
  };
}

export const isPrepared = (photo: Photo): photo is Prepared => typeof photo === 'object' && 'input' in photo;

/** RGBA pixels of which there are as many as the size says; what has to be decoded is left to the decoder. */
export function checkPhoto(photo: Photo, wanted: readonly number[]): Photo {
  if (typeof photo === 'string' || photo instanceof Uint8Array) return photo;
  if (typeof photo !== 'object' || photo === null) {
    throw new SmoothGradError(
      'bad-image',
      `a photo must be RGBA pixels, an ImageBitmap, a Blob, bytes or an address, not ${show(photo)}`,
    );
  }
  if (isPrepared(photo)) {
    const [, , height, width] = wanted;
    if (photo.pixels.width !== width || photo.pixels.height !== height) {
      throw new SmoothGradError('bad-image', `the pixels beside the input must be ${width} x ${height}`);
    }
    checkPhoto(photo.pixels, wanted);
    return { pixels: photo.pixels, input: checkTensor(photo.input, wanted) };
  }
  if (!('data' in photo)) return photo;
  const { width, height, data } = photo;
  checkWhole("the photo's width", width, 1);
  checkWhole("the photo's height", height, 1);
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray) || data.length !== width * height * 4) {
    throw new SmoothGradError('bad-image', `a photo of ${width} x ${height} needs ${width * height * 4} bytes of RGBA`);
  }
  return { width, height, data };
}
