// Files that are left alone when they say the right thing already: another build may be reading them.
import { chmod, readFile, writeFile } from 'node:fs/promises';

export async function writeIfChanged(path, text) {
  if ((await readFile(path, 'utf8').catch(() => undefined)) !== text) await writeFile(path, text);
}

/** A shell command of one line. */
export async function writeCommand(path, line) {
  await writeIfChanged(path, `#!/bin/sh\n${line}\n`);
  await chmod(path, 0o755);
}
