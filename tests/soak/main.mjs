// `npm run soak [-- PART... --share 0.1]`: what takes long: thousands of photos, changes, sequences and broken pictures, and minutes of a
// running grid. After a warm-up memory has to stay within five percent, and nothing may be left over. `--share`: of the whole length.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../wasm/setup/paths.mjs';
import { runHere } from '../../wasm/setup/run.mjs';
import { main, Problem, say } from '../../wasm/setup/say.mjs';
import { setUp } from '../../wasm/setup/setup.mjs';
import { buildSite } from '../../wasm/tasks/site.mjs';

const test = (name, variable, count) => (share) => ({
  args: ['--test', '--test-reporter=spec', join(root, `tests/node/${name}.test.mjs`)],
  env: { [variable]: String(Math.ceil(count * share)) },
});
const script =
  (name, count, ...flags) =>
  (share) => ({
    args: [...flags, join(root, `tests/soak/${name}.mjs`), String(Math.ceil(count * share))],
    env: {},
  });

/** What each runs: a file, and how often at full length. */
const parts = {
  photos: script('photos', 10_000, '--expose-gc'),
  changes: script('changes', 1000),
  models: script('models', 100),
  grid: script('grid', 60),
  sequences: test('run_sequences', 'SEQUENCES', 5000),
  'page-images': script('page_images', 1000),
  images: test('broken_images', 'IMAGES', 10_000),
};

await main(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { share: { type: 'string', default: '1' } } });
  const unknown = positionals.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined) throw new Problem(`There is no part ${unknown}: ${Object.keys(parts).join(', ')}`);
  await setUp(['browser']);
  await buildSite();
  const chosen = positionals.length > 0 ? positionals : Object.keys(parts);
  for (const name of chosen) {
    say(`Soak: ${name}`);
    const { args, env } = parts[name](Number(values.share));
    const code = await runHere(process.execPath, args, { env: { ...process.env, ...env } });
    if (code !== 0) process.exitCode = 1;
  }
});
