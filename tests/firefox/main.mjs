// `npm run test:firefox`: the pages in Firefox as Debian has it (firefox-esr), or the one that FIREFOX names, by WebDriver BiDi.
import { join } from 'node:path';
import { root } from '../../wasm/setup/paths.mjs';
import { run, runHere } from '../../wasm/setup/run.mjs';
import { main, say } from '../../wasm/setup/say.mjs';
import { setUp } from '../../wasm/setup/setup.mjs';
import { buildSite } from '../../wasm/tasks/site.mjs';
import { isStale } from '../../wasm/tasks/stale.mjs';

const folder = join(root, 'tests/firefox');

await main(async () => {
  await setUp(['firefox']);
  await buildSite();
  if (isStale(join(folder, 'node_modules/.package-lock.json'), ['tests/firefox/package-lock.json'])) {
    say('Installing Puppeteer, which only drives Firefox here');
    await run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder });
  }
  const args = ['--test', '--test-reporter=spec', ...process.argv.slice(2), join(folder, 'firefox.test.mjs')];
  process.exitCode = await runHere(process.execPath, args);
});
