// The caller's side in a browser: addresses are relative to the page, files come by fetch.
import { SmoothGradError } from '../api/errors.js';
import type { FileAccess, ReadOptions } from './file_access.js';
import type { OwnFiles } from './own_files.js';

async function readBody(response: Response, { onProgress }: ReadOptions): Promise<Uint8Array> {
  const length = response.headers.get('content-length');
  // With a content encoding the length is not that of what arrives.
  const total = length === null || response.headers.has('content-encoding') ? undefined : Number(length);
  const chunks: Uint8Array[] = [];
  let received = 0;
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    if (!value) continue;
    chunks.push(value);
    received += value.length;
    onProgress?.(received, total);
  }
  const bytes = new Uint8Array(received);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Of the built package, whose modules all lie in its root. */
const here = import.meta.url;

/** Relative to the page or, where a worker of the page's asks, to that. */
const absolute = (address: string) => new URL(address, globalThis.document?.baseURI ?? globalThis.location.href).href;

export const browserFiles = (ownFiles: OwnFiles): FileAccess => ({
  own(name) {
    try {
      // Some bundlers leave it relative to the page; what is not in the package no bundler copies.
      return absolute((ownFiles[name]?.() ?? new URL(name, here)).href);
    } catch (error) {
      const what = `the package's own files cannot be found from here: say by "assets" where a copy of its folder is`;
      throw new SmoothGradError('not-found', what, { cause: error });
    }
  },
  glueEnding: '.web.js',
  resolve: absolute,
  folder: absolute,
  beside: (address, name) => new URL(encodeURIComponent(name), address).href,

  async read(address, options) {
    try {
      const response = await fetch(address, { signal: options.signal ?? null });
      if (!response.ok) throw new SmoothGradError('not-found', `${address} could not be read: HTTP ${response.status}`);
      return await readBody(response, options);
    } catch (error) {
      if (options.signal?.aborted || error instanceof SmoothGradError) throw error;
      throw new SmoothGradError('not-found', `${address} could not be read: ${(error as Error).message}`, { cause: error });
    }
  },
});
