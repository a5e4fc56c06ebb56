// What is handed in to be explained or drawn: photos, tensors, maps. Checked for size; what is wrong is named in the error.

import { badOption, SmoothGradError } from '../api/errors.js';
import type { Photo, Picture, PreparedPhoto, RawMap, RawTensor } from '../api/index.js';
import { isPrepared, isTensor } from '../api/sources.js';
import { checkFlag, checkWhole, show } from '../options/check_values.js';
import type { Source } from '../rpc/engine_calls.js';

const badImage = (message: string) => new SmoothGradError('bad-image', message);

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
  const { width, height, map, signed } = values;
  checkWhole(`${name}'s width`, width, 1);
  checkWhole(`${name}'s height`, height, 1);
  if (like && (like.width !== width || like.height !== height)) {
    throw badOption(`${name} must be of ${like.width} x ${like.height} pixels, not ${width} x ${height}`);
  }
  if (!(map instanceof Float32Array) || map.length !== width * height) {
    throw badOption(`${name} must be a Float32Array of ${width * height} numbers for ${width} x ${height} pixels`);
  }
  const signs = signed === undefined ? {} : { signed: checkFlag(`${name}'s signed`, signed) };
  return { width, height, map, ...signs };
}

/** RGBA pixels of which there are as many as the size says, or a tensor; what has to be decoded is left to the decoder. */
export function checkSource(source: Exclude<Photo, string | PreparedPhoto> | RawTensor, wanted: readonly number[]): Source {
  if (source instanceof Uint8Array) return source;
  if (typeof source !== 'object' || source === null) {
    throw badImage(`a photo must be RGBA pixels, an ImageBitmap, a Blob, bytes or an address, not ${show(source)}`);
  }
  if (isTensor(source)) return checkTensor(source, wanted);
  if (isPrepared(source)) {
    const [, , height, width] = wanted;
    const { pixels, input } = source;
    if (pixels.width !== width || pixels.height !== height) {
      throw badImage(`the pixels beside the input must be ${width} x ${height}`);
    }
    return { pixels: checkPixels(pixels) as Picture, input: checkTensor(input, wanted) };
  }
  return 'data' in source ? checkPixels(source) : source;
}

function checkPixels({ width, height, data }: { width: number; height: number; data: Uint8Array | Uint8ClampedArray }) {
  checkWhole("the photo's width", width, 1);
  checkWhole("the photo's height", height, 1);
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray) || data.length !== width * height * 4) {
    throw badImage(`a photo of ${width} x ${height} needs ${width * height * 4} bytes of RGBA`);
  }
  return { width, height, data };
}
