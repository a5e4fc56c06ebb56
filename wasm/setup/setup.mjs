// `npm run setup`: everything that a build needs, into .tools and node_modules. Quick when it is there already.
import { pathToFileURL } from 'node:url';
import { ensureEmscripten } from './emscripten.mjs';
import { ensurePackages } from './packages.mjs';
import { ensurePrograms } from './prerequisites.mjs';
import { main, say } from './say.mjs';
import { ensureSources } from './sources.mjs';

/** Brings everything up to date; `needs`: programs beyond those of the build, 'native' or 'browser'. */
export async function setUp(needs = []) {
  await ensurePrograms(['build', ...needs]);
  await ensureSources();
  await ensureEmscripten();
  await ensurePackages();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    await setUp();
    say('Everything is set up');
  });
}
