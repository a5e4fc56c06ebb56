// dist/site: the static site, with the npm package in its folder smoothgrad/.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { library, root, site } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';
import { buildLibrary } from './library.mjs';
import { isStale } from './stale.mjs';

/** Brings the site up to date, and the package before it; or makes one elsewhere, of other results. Resolves to its folder. */
export async function buildSite({ results, folder = site } = {}) {
  await buildLibrary();
  if (!results && !isStale(join(folder, 'smoothgrad/package.json'), ['web', 'dist/smoothgrad/package.json'])) return folder;
  if (results) process.env.RESULTS = results;
  say('Building the site');
  const { build } = await import('vite');
  await build({
    configFile: join(root, 'web/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: folder, rolldownOptions: { checks: { pluginTimings: false } } },
  });
  await cp(library, join(folder, 'smoothgrad'), { recursive: true });
  return folder;
}
