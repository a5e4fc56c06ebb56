// `npm run test:packages [-- WORD]`: the packed package in an empty project of every tool, or of those whose names contain the word.
import { root } from '../../wasm/setup/paths.mjs';
import { runHere } from '../../wasm/setup/run.mjs';
import { main } from '../../wasm/setup/say.mjs';
import { setUp } from '../../wasm/setup/setup.mjs';
import { buildLibrary } from '../../wasm/tasks/library.mjs';
import { playwright } from './playwright.mjs';

await main(async () => {
  await setUp(['browser']);
  await buildLibrary();
  const [word] = process.argv.slice(2);
  process.exitCode = await runHere(process.execPath, playwright(word), { cwd: root });
});
