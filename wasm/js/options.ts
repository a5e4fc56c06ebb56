// The one place where options are checked; a bad one is named in the error, with what would be right.
import type { ExplainOptions, NamedEntry, Photo, RawTensor, RenderOptions } from './api.js';
import { badOption, SmoothGradError } from './errors.js';
import type { RunOptions } from './protocol.js';

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

const explainKeys: readonly (keyof ExplainOptions)[] = [
  'method',
  'target',
  'versus',
  'noise',
  'samples',
  'seed',
  'steps',
  'until',
  'channels',
  'paused',
  'signal',
];

export interface Tables {
  methods: readonly NamedEntry[];
  views: readonly NamedEntry[];
  colours: readonly NamedEntry[];
  channels: readonly NamedEntry[];
}

export function checkExplain(
  options: ExplainOptions,
  tables: Tables,
  classIndex: (target: number | string) => number,
): RunOptions {
  checkKnown(options, explainKeys);
  const { target, versus, until } = options;
  if (until !== undefined) checkKnown(until, ['relativeError']);
  const error = until?.relativeError;
  return {
    method: checkName('method', options.method ?? 'smoothgrad', tables.methods),
    ...(target === undefined ? {} : { target: classIndex(target) }),
    ...(versus === undefined ? {} : { versus: classIndex(versus) }),
    noise: checkNumber('noise', options.noise ?? 0.15, 0),
    samples: checkWhole('samples', options.samples ?? 50, 1, 1e9),
    seed: checkSeed(options.seed ?? 0),
    steps: checkWhole('steps', options.steps ?? 32, 1, 1e6),
    untilRelativeError: error === undefined ? 0 : checkNumber('until.relativeError', error, Number.MIN_VALUE),
    channels: checkName('channels', options.channels ?? 'sum-abs', tables.channels),
    paused: options.paused ?? false,
  };
}

export function checkRender(options: RenderOptions, tables: Tables): Required<RenderOptions> {
  checkKnown(options, ['view', 'colours', 'channels', 'percentile', 'opacity']);
  return {
    view: checkName('view', options.view ?? 'map', tables.views),
    colours: checkName('colours', options.colours ?? 'grey', tables.colours),
    channels: checkName('channels', options.channels ?? 'sum-abs', tables.channels),
    percentile: checkNumber('percentile', options.percentile ?? 99, 90, 100),
    opacity: checkNumber('opacity', options.opacity ?? 0.6, 0, 1),
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

/** RGBA pixels of which there are as many as the size says; what has to be decoded is left to the decoder. */
export function checkPhoto(photo: Photo): Photo {
  if (typeof photo === 'string' || photo instanceof Uint8Array) return photo;
  if (typeof photo !== 'object' || photo === null) {
    throw new SmoothGradError(
      'bad-image',
      `a photo must be RGBA pixels, an ImageBitmap, a Blob, bytes or an address, not ${show(photo)}`,
    );
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
