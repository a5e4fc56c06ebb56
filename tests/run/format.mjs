// `npm run format`: puts every file into the form that `npm run check` wants.
import { ensureLintTools } from '../../wasm/setup/lint_tools.mjs';
import { main } from '../../wasm/setup/say.mjs';
import { setUp } from '../../wasm/setup/setup.mjs';
import { biome, formatCpp } from './checks.mjs';

await main(async () => {
  await setUp();
  await ensureLintTools();
  for (const { output } of [await biome('--write'), await formatCpp('-i')]) console.log(output);
});
