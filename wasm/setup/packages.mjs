// The npm packages of the lock file, installed when node_modules is not what it says.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

async function lockedPackages(path) {
  const text = await readFile(join(root, path), 'utf8').catch(() => '{"packages":{}}');
  return JSON.parse(text).packages;
}

/** Makes sure that node_modules holds what package-lock.json names. */
export async function ensurePackages() {
  const wanted = await lockedPackages('package-lock.json');
  const installed = await lockedPackages('node_modules/.package-lock.json');
  const stale = Object.entries(wanted).filter(
    ([path, { version, optional }]) => path !== '' && !optional && installed[path]?.version !== version,
  );
  if (stale.length === 0) return;
  say(`npm packages: installing ${Object.keys(wanted).length - 1}`);
  await run('npm', ['ci', '--no-fund', '--no-audit']);
}
