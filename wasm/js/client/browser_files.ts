// The caller's side in a browser: addresses are relative to the page, files come by fetch.
import { SmoothGradError } from '../api/errors.js';
import { fetchWhole } from '../rpc/fetch_whole.js';
import { takeAnswer } from './early_answers.js';
import type { FileAccess, ReadOptions } from './file_access.js';
import type { OwnFiles } from './own_files.js';
import type { ModelPackages } from './packaged_models.js';
import { readBody } from './read_body.js';

/** What was read to be kept, by all copies of the package on a page. It is the browser that holds it, not the page's memory. */
function keptFiles(): Map<string, Blob> {
  const key = Symbol.for('smoothgrad files');
  const page = globalThis as { [key]?: Map<string, Blob> };
  page[key] ??= new Map();
  return page[key];
}

async function readKept(blob: Blob, { onProgress }: ReadOptions): Promise<Uint8Array> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  onProgress?.(bytes.length, bytes.length);
  return bytes;
}

/** Of the built package, whose modules all lie in its root. */
const here = import.meta.url;

/** Relative to the page or, where a worker of the page's asks, to that. */
const absolute = (address: string) => new URL(address, globalThis.document?.baseURI ?? globalThis.location.href).href;

export const browserFiles = (ownFiles: OwnFiles, packages?: ModelPackages): FileAccess => ({
  ...(packages && { packages }),
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
    const kept = keptFiles();
    const known = kept.get(address);
    if (known) return readKept(known, options);
    try {
      const read = (response: Response) => {
        if (!response.ok) throw new SmoothGradError('not-found', `${address} could not be read: HTTP ${response.status}`);
        return readBody(response, options);
      };
      const bytes = await fetchWhole(address, read, { signal: options.signal, early: takeAnswer(address) });
      if (options.keep) kept.set(address, new Blob([bytes as Uint8Array<ArrayBuffer>]));
      return bytes;
    } catch (error) {
      if (options.signal?.aborted || error instanceof SmoothGradError) throw error;
      throw new SmoothGradError('not-found', `${address} could not be read: ${(error as Error).message}`, { cause: error });
    }
  },
});
