// The service's side in a browser's worker.

import { SmoothGradError } from '../api/errors.js';
import type { Picture } from '../api/index.js';
import { largestPhoto } from '../api/sources.js';
import { fetchWhole } from '../rpc/fetch_whole.js';
import type { Encoded, Runtime } from './runtime.js';
import { startThreadsFrom } from './thread_workers.js';

/** A message to oneself: unlike a timer, not slowed down after some turns. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

async function toBlob(photo: Blob | Uint8Array | string): Promise<{ blob: Blob; label: string }> {
  if (photo instanceof Blob) return { blob: photo, label: photo instanceof File ? photo.name : 'the photo' };
  if (photo instanceof Uint8Array) return { blob: new Blob([photo as Uint8Array<ArrayBuffer>]), label: 'the photo' };
  const label = photo.startsWith('data:') ? 'the photo' : photo;
  try {
    const blob = await fetchWhole(photo, (response) => {
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return response.blob();
    });
    return { blob, label };
  } catch (error) {
    throw new SmoothGradError('not-found', `${label} could not be read: ${(error as Error).message}`, { cause: error });
  }
}

async function toBitmap(photo: Blob | Uint8Array | string): Promise<ImageBitmap> {
  const { blob, label } = await toBlob(photo);
  try {
    return await createImageBitmap(blob, { imageOrientation: 'from-image', premultiplyAlpha: 'none' });
  } catch (error) {
    throw new SmoothGradError('bad-image', `${label} is not a photo that this browser reads, or is damaged`, { cause: error });
  }
}

async function decode(photo: Encoded): Promise<Picture> {
  if (typeof photo === 'object' && 'data' in photo) {
    return { width: photo.width, height: photo.height, data: new Uint8ClampedArray(photo.data) };
  }
  const bitmap = photo instanceof ImageBitmap ? photo : await toBitmap(photo);
  const { width, height } = bitmap;
  if (width * height > largestPhoto) {
    bitmap.close();
    const most = `${largestPhoto / 1e6} megapixels`;
    throw new SmoothGradError('bad-image', `a photo of ${width} x ${height} is too large: make it smaller, to ${most} at most`);
  }
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true, colorSpace: 'srgb' });
  context?.drawImage(bitmap, 0, 0);
  bitmap.close();
  const data = context?.getImageData(0, 0, width, height).data;
  if (!data) throw new SmoothGradError('bad-image', `a photo of ${width} x ${height} is too large for this browser`);
  return { width, height, data };
}

export const browserRuntime: Runtime = {
  cores: navigator.hardwareConcurrency || 1,
  frameMs: 16,
  singleThreadReason() {
    if (self.crossOriginIsolated && typeof SharedArrayBuffer !== 'undefined') return undefined;
    return 'This page is not cross-origin isolated: its server does not send the COOP and COEP headers that threads need.';
  },
  prepare() {},
  startThreads: startThreadsFrom,
  nextTurn,
  decode,
};
