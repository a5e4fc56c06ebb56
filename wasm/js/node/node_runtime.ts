// The service's side in Node, where it runs on the caller's thread.
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { SmoothGradError } from '../api/errors.js';
import type { Photo, Picture, Prepared } from '../api/index.js';
import type { Platform } from '../worker/runtime.js';

const gigabyte = 2 ** 30;

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'there is no permission to',
};

/** One line of what the system says, without its code and path. */
export function readError(address: string, error: unknown): SmoothGradError {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = reasons[code ?? ''] ?? message;
  return new SmoothGradError('not-found', `${address} could not be read: ${reason}`, { cause: error });
}

/** The address of a folder, from its address or path. */
export const folder = (address: string) => (/^(https?|file):/.test(address) ? address : pathToFileURL(address).href);

/** A path, a file: address or one of the web. */
export async function readAddress(address: string, signal?: AbortSignal): Promise<Uint8Array> {
  try {
    if (/^(https?|data):/.test(address)) {
      const response = await fetch(address, { signal: signal ?? null });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    }
    return await readFile(address.startsWith('file:') ? fileURLToPath(address) : address, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw readError(address, error);
  }
}

async function decode(photo: Exclude<Photo, Prepared>): Promise<Picture> {
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
  // Only who decodes files needs it.
  const { default: sharp } = await import('sharp');
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

export const nodePlatform: Platform = {
  cores: availableParallelism(),
  frameMs: 33,
  sharedMemory: [2 * gigabyte, gigabyte, gigabyte / 2],
  singleThreadReason: () => undefined,
  prepare: () => setFlagsFromString('--experimental-wasm-relaxed-simd'),
  nextTurn: () => new Promise((resolve) => setImmediate(resolve)),
  decode,
};
