// `npm run tidy`: clang-tidy over what has changed in core/ since the commit before the last one; `-- --all` over all of it.
import { ensurePrograms } from '../../wasm/setup/prerequisites.mjs';
import { main } from '../../wasm/setup/say.mjs';
import { tidy } from './checks.mjs';

await main(async () => {
  await ensurePrograms(['build', 'native']);
  const { code, output } = await tidy(process.argv.includes('--all'));
  if (output.trim() !== '') console.log(output);
  process.exitCode = code;
});
