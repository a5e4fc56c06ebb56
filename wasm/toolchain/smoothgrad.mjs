// `npm run smoothgrad -- ...`: the command line of the npm package, built first where it is missing or out of date.
import { join } from 'node:path';
import { buildLibrary } from './library.mjs';
import { library } from './paths.mjs';
import { runHere } from './run.mjs';
import { main } from './say.mjs';
import { setUp } from './setup.mjs';

await main(async () => {
  await setUp();
  await buildLibrary();
  process.exitCode = await runHere(process.execPath, [join(library, 'cli.js'), ...process.argv.slice(2)], {
    cwd: process.env.INIT_CWD,
  });
});
