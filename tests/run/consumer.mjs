// A project that has the package and nothing else, in a folder outside of the repository (whose own types it must not see),
// compiled with the ways in which projects look for a package's types.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { library, root } from '../../wasm/setup/paths.mjs';
import { runTsc } from './types.mjs';

export const resolutions = ['bundler', 'node16'];

/** Resolves to { code, output } of the compiler. */
export async function compileConsumer(resolution) {
  const folder = await mkdtemp(join(tmpdir(), 'smoothgrad-'));
  try {
    await cp(join(root, 'tests/packages/types'), folder, { recursive: true });
    await cp(library, join(folder, 'node_modules/smoothgrad'), {
      recursive: true,
      filter: (path) => !/\.(wasm|onnx|bin|js)$/.test(path),
    });
    return await runTsc('-p', join(folder, `tsconfig.${resolution}.json`));
  } finally {
    await rm(folder, { recursive: true });
  }
}
