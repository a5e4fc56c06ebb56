// Files on the caller's side in Node: paths, and addresses of files and of the web.
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SmoothGradError } from '../api/errors.js';
import type { FileAccess, ReadOptions } from '../client/file_access.js';
import { packages } from '../client/packages_by_name.js';
import { readBody } from '../client/read_body.js';

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

const pieceBytes = 2 ** 24;

async function readPieces(file: FileHandle, size: number, { signal, onProgress }: ReadOptions): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    signal?.throwIfAborted();
    const { bytesRead } = await file.read(bytes, at, Math.min(pieceBytes, size - at), at);
    if (bytesRead === 0) throw new Error('it became shorter while it was read');
    at += bytesRead;
    onProgress?.(at, size);
  }
  return bytes;
}

/** What has no size, such as a pipe, is read to its end. */
async function readPath(path: string, options: ReadOptions): Promise<Uint8Array> {
  const { signal, onProgress } = options;
  if (!onProgress) return readFile(path, { signal });
  const file = await open(path);
  try {
    const stat = await file.stat();
    return await (stat.isFile() && stat.size > 0 ? readPieces(file, stat.size, options) : file.readFile({ signal }));
  } finally {
    await file.close();
  }
}

/** A path, a file: address or one of the web. */
export async function readAddress(address: string, options: ReadOptions = {}): Promise<Uint8Array> {
  const { signal } = options;
  try {
    if (/^(https?|data):/.test(address)) {
      const response = await fetch(address, { signal: signal ?? null });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return await readBody(response, options);
    }
    return await readPath(address.startsWith('file:') ? fileURLToPath(address) : address, options);
  } catch (error) {
    signal?.throwIfAborted();
    throw readError(address, error);
  }
}

/** Of the built package, whose modules all lie in its root. */
const here = import.meta.url;

export const nodeFiles: FileAccess = {
  own: (name) => new URL(name, here).href,
  packages,
  glueEnding: '.js',
  resolve: (address) => address,
  folder,
  beside: (address, name) =>
    /^(https?|file):/.test(address) ? new URL(encodeURIComponent(name), address).href : join(dirname(address), name),
  read: readAddress,
};
