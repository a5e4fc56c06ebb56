// The options of loadModel(), checked as far as they can be before the file is there.

import { badOption } from '../api/errors.js';
import type { ModelOptions } from '../api/index.js';
import { presets } from '../api/preprocessing.js';
import { checkFlag, checkKnown, checkName, checkNumber, checkSeed, checkWhole, show } from '../options/check_values.js';
import type { ModelFiles, NetworkSettings, PhotoSettings } from '../rpc/engine_calls.js';

const keys = [
  'keepSoftmax',
  'size',
  'output',
  'ending',
  'resize',
  'fit',
  'mean',
  'std',
  'preset',
  'channelOrder',
  'classNames',
  'files',
  'randomisedLayers',
  'randomisationSeed',
  'signal',
  'onProgress',
];

export const fits = [{ name: 'crop' }, { name: 'stretch' }];
export const endings = [{ name: 'softmax' }, { name: 'sigmoid' }];

const largestSide = 16_384;

export const presetEntries = Object.keys(presets).map((name) => ({ name }));
export const channelOrders = [{ name: 'rgb' }, { name: 'bgr' }];

/** -> [height, width] */
function checkSize(size: NonNullable<ModelOptions['size']>): number[] {
  const sides = typeof size === 'number' ? [size, size] : size;
  if (!Array.isArray(sides) || sides.length !== 2) {
    throw badOption(`size must be a number of pixels or [height, width], not ${show(size)}`);
  }
  return sides.map((side) => checkWhole('size', side, 1, largestSide));
}

function checkNumbers(name: string, values: unknown, low: number): number[] {
  if (!Array.isArray(values)) throw badOption(`${name} must be a list of numbers, one a channel, not ${show(values)}`);
  return values.map((value) => checkNumber(name, value, low));
}

function checkLevels({ mean, std, preset }: ModelOptions): PhotoSettings {
  if (preset === undefined) {
    return {
      ...(mean === undefined ? {} : { mean: checkNumbers('mean', mean, Number.NEGATIVE_INFINITY) }),
      ...(std === undefined ? {} : { std: checkNumbers('std', std, Number.MIN_VALUE) }),
    };
  }
  if (mean !== undefined || std !== undefined) throw badOption('preset stands for mean and std: give it or them, not both');
  const levels = presets[checkName('preset', preset, presetEntries) as keyof typeof presets];
  return { mean: [...levels.mean], std: [...levels.std], preset: true };
}

function checkFiles(files: unknown): ModelFiles {
  const isRecord = typeof files === 'object' && files !== null && !ArrayBuffer.isView(files);
  if (!isRecord) throw badOption(`files must be the bytes of files by their names, not ${show(files)}`);
  for (const [name, bytes] of Object.entries(files)) {
    if (!(bytes instanceof Uint8Array)) throw badOption(`files: '${name}' must be a Uint8Array, not ${show(bytes)}`);
  }
  return files as ModelFiles;
}

export function checkModelOptions(options: ModelOptions): {
  settings: NetworkSettings;
  photos: PhotoSettings;
  files: ModelFiles;
} {
  checkKnown(options, keys);
  const { size, output, ending, resize, fit, channelOrder } = options;
  if (output !== undefined && typeof output !== 'string') checkWhole('output', output, 0);
  const settings = {
    keepSoftmax: checkFlag('keepSoftmax', options.keepSoftmax ?? false),
    randomisedLayers: checkWhole('randomisedLayers', options.randomisedLayers ?? 0, 0, 1e6),
    randomisationSeed: checkSeed(options.randomisationSeed ?? 0, 'randomisationSeed'),
    ...(size === undefined ? {} : { size: checkSize(size) }),
    ...(output === undefined ? {} : { output: String(output) }),
    ...(ending === undefined ? {} : { ending }),
  };
  if (ending !== undefined) checkName('ending', ending, endings);
  if (fit !== undefined) checkName('fit', fit, fits);
  if (fit === 'stretch' && resize !== undefined)
    throw badOption('resize is of a photo that is cropped, not of one that fit stretches');
  if (channelOrder !== undefined) checkName('channelOrder', channelOrder, channelOrders);
  const photos = {
    ...(resize === undefined ? {} : { resize: checkWhole('resize', resize, 1, 65_535) }),
    ...(fit === undefined ? {} : { fit }),
    ...checkLevels(options),
    ...(channelOrder === undefined ? {} : { channelOrder }),
  };
  return { settings, photos, files: checkFiles(options.files ?? {}) };
}
