// dist/site: the static site, with the npm package in its folder smoothgrad/.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { buildLibrary } from './library.mjs';
import { library, root, site } from './paths.mjs';
import { say } from './say.mjs';
import { isStale } from './stale.mjs';

/** Brings the site up to date, and the package before it. */
export async function buildSite() {
  await buildLibrary();
  if (!isStale(join(site, 'smoothgrad/package.json'), ['web', 'dist/smoothgrad/package.json'])) return;
  say('Building the site');
  const { build } = await import('vite');
  await build({
    configFile: join(root, 'web/vite.config.ts'),
    logLevel: 'warn',
    build: { rolldownOptions: { checks: { pluginTimings: false } } },
  });
  await cp(library, join(site, 'smoothgrad'), { recursive: true });
}
