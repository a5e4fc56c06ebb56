// All that a folder holds.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a folder and of those in it: their bytes by path. */
export async function treeOf(folder) {
  const files = new Map();
  for (const path of (await readdir(folder, { recursive: true })).sort()) {
    if ((await stat(join(folder, path))).isFile()) files.set(path, await readFile(join(folder, path)));
  }
  return files;
}
