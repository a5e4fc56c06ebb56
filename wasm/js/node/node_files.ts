// Files on the caller's side in Node: paths, and addresses of files and of the web.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SmoothGradError } from '../api/errors.js';
import type { FileAccess } from '../client/file_access.js';

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
const folder = (address: string) => (/^(https?|file):/.test(address) ? address : pathToFileURL(address).href);

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

/** Of the built package, whose modules all lie in its root. */
const here = import.meta.url;

export const nodeFiles: FileAccess = {
  own: (name) => new URL(name, here).href,
  glueEnding: '.js',
  resolve: (address) => address,
  folder,
  beside: (address, name) =>
    /^(https?|file):/.test(address) ? new URL(encodeURIComponent(name), address).href : join(dirname(address), name),
  read: (address, { signal }) => readAddress(address, signal),
};
