// dist/site: the static site, with the npm package bundled into it.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, site } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';
import { buildLibrary } from './library.mjs';
import { licences, licencesOf } from './licences.mjs';
import { writeServiceWorker } from './offline.mjs';
import { writePolicy } from './policy.mjs';
import { isStale } from './stale.mjs';

/** Beside the package, which everything of `wasm` goes into; the documentation shows parts of the others. */
const inputs = [
  ...['web', 'tests/packages', 'README.md', 'wasm/tasks/offline.mjs', 'wasm/tasks/policy.mjs'],
  'dist/smoothgrad/package.json',
];

/** Brings the site up to date, and the package before it; or makes one elsewhere, of other results. Resolves to its folder. */
export async function buildSite({ results, folder = site } = {}) {
  await buildLibrary();
  if (!results && !isStale(join(folder, 'service_worker.js'), inputs)) return folder;
  if (results) process.env.RESULTS = results;
  say('Building the site');
  const { build } = await import('vite');
  await build({
    configFile: join(root, 'web/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: folder, rolldownOptions: { checks: { pluginTimings: false } } },
  });
  await writeFile(join(folder, 'THIRD_PARTY.txt'), await licences(licencesOf.site));
  await writePolicy(folder);
  await writeServiceWorker(folder);
  return folder;
}
