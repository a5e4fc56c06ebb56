// Files that are there whole or not at all, and are left alone when they say the right thing already: another build may be reading them.
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';

export async function writeWhole(path, text) {
  const temporary = `${path}.partial`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

export async function writeIfChanged(path, text) {
  if ((await readFile(path, 'utf8').catch(() => undefined)) !== text) await writeWhole(path, text);
}

/** A shell command of one line. */
export async function writeCommand(path, line) {
  await writeIfChanged(path, `#!/bin/sh\n${line}\n`);
  await chmod(path, 0o755);
}
