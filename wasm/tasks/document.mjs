// What the package says of itself, from its own tables: REFERENCE.md, custom-elements.json, and the options' declarations spelt out.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, library, root } from '../setup/paths.mjs';
import { run } from '../setup/run.mjs';

const commands = ['classify', 'explain', 'batch', 'merge', 'tensor', 'noise', 'study', 'bench'];

async function helpOf(command) {
  const { output } = await run(process.execPath, [join(library, 'cli.js'), command, '--help']);
  return { command, text: output };
}

/** Into the package, once its modules are there and its version is known. */
export async function document(version) {
  const { build: rolldown } = await import('rolldown');
  const bundle = join(build, 'reference.mjs');
  await rolldown({
    input: join(root, 'wasm/js/reference.ts'),
    platform: 'neutral',
    logLevel: 'warn',
    output: { file: bundle, format: 'esm', codeSplitting: false },
  });
  const { customElements, declarations, markdown } = await import(`${pathToFileURL(bundle)}?${Date.now()}`);
  const help = [];
  for (const command of commands) help.push(await helpOf(command));
  await writeFile(join(library, 'REFERENCE.md'), markdown(version, help));
  await writeFile(join(library, 'custom-elements.json'), `${JSON.stringify(customElements(), null, 2)}\n`);
  await writeFile(join(library, 'api/options.d.ts'), declarations());
}
