// Files that are there whole or not at all.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeError } from '../terminal.js';

/** Under a temporary name first, always the same: whoever was killed leaves nothing that a second try does not take away. */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.partial`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    throw writeError(path, error);
  }
}
