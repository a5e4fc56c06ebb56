// Files that are there whole or not at all, and what is said where they could not be written.
import { rmSync } from 'node:fs';
import { access, constants, mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SmoothGradError } from '../api/errors.js';
import { whenStopped } from './stopping.js';

const reasons: Record<string, string> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is a file',
  EEXIST: 'its folder is a file',
  EISDIR: 'it is a folder',
  EACCES: 'there is no permission to',
  EPERM: 'there is no permission to',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full, as far as it is yours',
  ENAMETOOLONG: 'its name is too long',
};

/** One line of what the system says. */
export function writeError(path: string, error: unknown): SmoothGradError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new SmoothGradError('not-found', `${path} could not be written: ${reasons[code ?? ''] ?? message}`, { cause: error });
}

const longestName = 255;

/** Always the same: whoever was killed leaves nothing that a second try does not take away. */
function temporaryOf(path: string): string {
  const name = `${basename(path)}.partial`;
  return Buffer.byteLength(name) <= longestName ? join(dirname(path), name) : join(dirname(path), `${process.pid}.partial`);
}

/** Devices and pipes are written to, not replaced. */
const isFile = (there: { isFile(): boolean; isDirectory(): boolean } | undefined) =>
  there === undefined || there.isFile() || there.isDirectory();

async function replace(path: string, content: Uint8Array | string, mode: number | undefined): Promise<void> {
  const temporary = temporaryOf(path);
  const forget = whenStopped(() => rmSync(temporary, { force: true }));
  try {
    // With the permissions of the one that it takes the place of.
    await writeFile(temporary, content, mode === undefined ? {} : { mode });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  } finally {
    forget();
  }
}

/** For files that are to be written one by one. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw writeError(path, error);
  }
}

/** Under a temporary name first. A link stays one: the file it leads to is replaced. */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  try {
    const there = await stat(path).catch(() => undefined);
    if (!isFile(there)) return await writeFile(path, content);
    await mkdir(dirname(path), { recursive: true });
    if (there) await access(path, constants.W_OK);
    await replace(there ? await realpath(path) : path, content, there?.mode);
  } catch (error) {
    throw writeError(path, error);
  }
}
