// The service's side in Node, where it runs on the caller's thread.
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { SmoothGradError } from '../api/errors.js';
import type { Picture } from '../api/index.js';
import type { Encoded, Runtime } from '../worker/runtime.js';
import { readAddress } from './node_files.js';
import { loadSharp } from './sharp.js';

const gigabyte = 2 ** 30;
/** From this V8 on relaxed SIMD needs no flag, and later ones warn of it. */
const relaxedSimdV8 = 12;

async function decode(photo: Encoded): Promise<Picture> {
  if (typeof photo === 'object' && 'data' in photo) {
    return { width: photo.width, height: photo.height, data: new Uint8ClampedArray(photo.data) };
  }
  const label = typeof photo === 'string' && !photo.startsWith('data:') ? photo : 'the photo';
  const bytes =
    typeof photo === 'string'
      ? await readAddress(photo)
      : photo instanceof Blob
        ? new Uint8Array(await photo.arrayBuffer())
        : photo;
  if (!(bytes instanceof Uint8Array)) {
    throw new SmoothGradError('bad-image', 'Node has no ImageBitmap: give a path, encoded bytes, a Blob or RGBA pixels');
  }
  const sharp = await loadSharp();
  try {
    const image = sharp(bytes, { failOn: 'error' }).autoOrient().toColourspace('srgb').ensureAlpha();
    const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    return {
      width: info.width,
      height: info.height,
      data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength),
    };
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new SmoothGradError('bad-image', `${label} is not a photo that can be read, or is damaged: ${reason}`, {
      cause: error,
    });
  }
}

export const nodeRuntime: Runtime = {
  cores: availableParallelism(),
  frameMs: 33,
  sharedMemory: [2 * gigabyte, gigabyte, gigabyte / 2],
  singleThreadReason: () => undefined,
  prepare() {
    if (Number.parseInt(process.versions.v8, 10) < relaxedSimdV8) setFlagsFromString('--experimental-wasm-relaxed-simd');
  },
  prepareThreads() {},
  nextTurn: () => new Promise((resolve) => setImmediate(resolve)),
  decode,
};
