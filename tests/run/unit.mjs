// tests/unit: tests of plain functions of wasm/js and web, and of the sources themselves, without a build of anything. Node 20
// reads no TypeScript, so what is written in it is bundled first; what comes from node_modules stays there.
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, root } from '../../wasm/setup/paths.mjs';

const folder = 'tests/unit';
const bundled = join(build, 'unit');
const ours = /^(smoothgrad(\/|$)|\.{0,2}\/)/;

/** Brings the bundles up to date; resolves to the files that Node runs. */
export async function unitTests() {
  const names = readdirSync(join(root, folder));
  const [typed, plain] = ['.test.ts', '.test.mjs'].map((ending) => names.filter((name) => name.endsWith(ending)));
  const { build: rolldown } = await import('rolldown');
  await rm(bundled, { recursive: true, force: true });
  await rolldown({
    cwd: root,
    input: Object.fromEntries(typed.map((name) => [name.slice(0, -'.ts'.length), join(folder, name)])),
    external: (name) => !ours.test(name),
    platform: 'node',
    tsconfig: 'tsconfig.json',
    logLevel: 'warn',
    output: { dir: bundled, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs', sourcemap: true },
  });
  return [...typed.map((name) => join(bundled, name.replace(/\.ts$/, '.mjs'))), ...plain.map((name) => join(folder, name))];
}
