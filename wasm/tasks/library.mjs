// dist/smoothgrad: the npm package. Its modules are bundled, so that a page needs no import map and no bundler; only what
// runs in Node alone stays a dependency.
import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, library, root } from '../setup/paths.mjs';
import { run } from '../setup/run.mjs';
import { Problem, say } from '../setup/say.mjs';
import { compile, wasmBuilds } from './compile.mjs';
import { document } from './document.mjs';
import { isStale } from './stale.mjs';

const inputs = [
  'core',
  'wasm',
  'models',
  'web/digits',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  'CMakeLists.txt',
  'CMakePresets.json',
  'README.md',
  'LICENSE',
];
const entries = ['index', 'element', 'worker', 'node', 'cli', 'train', 'train_worker', 'train_node'];
const programs = ['smoothgrad', 'smoothgrad-trainer'];
const nodeOnly = ['sharp', 'commander', 'cli-progress'];

async function bundle() {
  const { build: rolldown } = await import('rolldown');
  await rolldown({
    input: Object.fromEntries(entries.map((name) => [name, join(root, `wasm/js/${name}.ts`)])),
    external: [/^node:/, ...nodeOnly],
    platform: 'neutral',
    resolve: { mainFields: ['module', 'main'] },
    output: { dir: library, format: 'esm', chunkFileNames: '[name].js', minify: false },
  });
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'wasm/js']);
}

async function writeManifest() {
  const { name, version, description, license, engines, dependencies } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  );
  const manifest = {
    ...{ name, version, description, license, engines },
    type: 'module',
    sideEffects: ['./element.js'],
    exports: {
      '.': { node: { types: './node.d.ts', default: './node.js' }, types: './index.d.ts', default: './index.js' },
      './element': { types: './element.d.ts', default: './element.js' },
      './train': {
        node: { types: './train_node.d.ts', default: './train_node.js' },
        types: './train.d.ts',
        default: './train.js',
      },
    },
    bin: { smoothgrad: './cli.js' },
    customElements: './custom-elements.json',
    dependencies: Object.fromEntries(nodeOnly.map((dependency) => [dependency, dependencies[dependency]])),
  };
  await writeFile(join(library, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return version;
}

/** Emscripten's glue, which has no comments but long names; it stays a module by itself: threads load it by its address. */
async function minified(file) {
  const { minify } = await import('rolldown/utils');
  const { code, errors } = await minify(file, await readFile(file, 'utf8'), { module: true, compress: true, mangle: true });
  if (errors.length > 0) throw new Problem(`${file} could not be minified: ${errors[0].message}`);
  return code;
}

async function copyAssets() {
  for (const folder of ['wasm', 'models', 'digits']) await mkdir(join(library, folder));
  for (const name of wasmBuilds) {
    for (const program of programs) {
      const [glue, wasm] = ['js', 'wasm'].map((ending) => `${program}-${name}.${ending}`);
      await copyFile(join(build, name, wasm), join(library, 'wasm', wasm));
      await writeFile(join(library, 'wasm', glue), await minified(join(build, name, glue)));
    }
  }
  const shipped = (await readdir(join(root, 'models'))).filter((name) => /\.onnx$|^manifest\.json$|^README\.md$/.test(name));
  for (const name of shipped) await copyFile(join(root, 'models', name), join(library, 'models', name));
  for (const name of ['test.bin', 'README.md']) await copyFile(join(root, 'web/digits', name), join(library, 'digits', name));
  for (const name of ['README.md', 'LICENSE']) await cp(join(root, name), join(library, name));
}

/** Brings the package up to date. */
export async function buildLibrary() {
  if (!isStale(join(library, 'package.json'), inputs)) return;
  for (const name of wasmBuilds) {
    for (const target of ['smoothgrad_wasm', 'smoothgrad_trainer_wasm']) await compile(name, target);
  }
  say('Bundling the npm package');
  await rm(library, { recursive: true, force: true });
  await mkdir(library, { recursive: true });
  await bundle();
  await copyAssets();
  await document(await writeManifest());
}
