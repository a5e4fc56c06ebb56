// dist/site: the static site, with the npm package in its folder smoothgrad/.
import { cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { library, modelLibrary, root, site } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';
import { buildLibrary } from './library.mjs';
import { writeServiceWorker } from './offline.mjs';
import { isStale } from './stale.mjs';

/** Brings the site up to date, and the package before it; or makes one elsewhere, of other results. Resolves to its folder. */
export async function buildSite({ results, folder = site } = {}) {
  await buildLibrary();
  if (
    !results &&
    !isStale(join(folder, 'service_worker.js'), ['web', 'wasm/tasks/offline.mjs', 'dist/smoothgrad/package.json'])
  )
    return folder;
  if (results) process.env.RESULTS = results;
  say('Building the site');
  const { build } = await import('vite');
  await build({
    configFile: join(root, 'web/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: folder, rolldownOptions: { checks: { pluginTimings: false } } },
  });
  for (const part of [library, modelLibrary]) await cp(part, join(folder, basename(part)), { recursive: true });
  await writeServiceWorker(folder);
  return folder;
}
