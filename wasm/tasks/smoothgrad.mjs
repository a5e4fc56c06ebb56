// `npm run smoothgrad -- ...`: the command line of the npm package, built first where it is missing or out of date.
import { join } from 'node:path';
import { library } from '../setup/paths.mjs';
import { runHere } from '../setup/run.mjs';
import { main } from '../setup/say.mjs';
import { setUp } from '../setup/setup.mjs';
import { buildLibrary } from './library.mjs';

await main(async () => {
  await setUp();
  await buildLibrary();
  process.exitCode = await runHere(process.execPath, [join(library, 'cli.js'), ...process.argv.slice(2)], {
    cwd: process.env.INIT_CWD,
  });
});
