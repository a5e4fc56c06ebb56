// dist/smoothgrad: the npm package, and beside it that of its photo model. Its modules are bundled, so that a page needs no import
// map and no bundler; only what runs in Node alone stays a dependency.
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { library, modelLibrary, root } from '../setup/paths.mjs';
import { run } from '../setup/run.mjs';
import { say } from '../setup/say.mjs';
import { compile } from './compile.mjs';
import { document } from './document.mjs';
import { licences } from './licences.mjs';
import { frameworks, nodeOnly, optional, photoModel, readJson, writeManifest, writeModelManifest } from './manifests.mjs';
import { copyProgram, programs, strict } from './programs.mjs';
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
  'LICENSE',
];
const entries = ['index', 'element', 'node', 'cli', 'batch_lane', 'train', 'train_node'];
/** Each of one piece: bundlers copy them as they are, and so they can be started from anywhere. */
const workers = ['worker', 'train_worker'];
async function bundle() {
  const { build: rolldown } = await import('rolldown');
  const { version } = await readJson('package.json');
  const { models } = await readJson('models/manifest.json');
  const input = (names) => Object.fromEntries(names.map((name) => [name, join(root, `wasm/js/${name}.ts`)]));
  const common = {
    external: [/^node:/, ...nodeOnly, ...Object.keys(optional), photoModel.name],
    platform: 'neutral',
    resolve: { mainFields: ['module', 'main'] },
    transform: { define: { SMOOTHGRAD_VERSION: JSON.stringify(version), SMOOTHGRAD_MODELS: JSON.stringify(models) } },
  };
  const output = { dir: library, format: 'esm', minify: false };
  await rolldown({ ...common, input: input(entries), output: { ...output, chunkFileNames: '[name].js' } });
  for (const name of workers) {
    await rolldown({ ...common, input: input([name]), output: { ...output, banner: strict, codeSplitting: false } });
  }
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'wasm/js']);
}

const copyLicence = (folder) => copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE'));

async function copyAssets() {
  for (const folder of ['wasm', 'models', 'digits']) await mkdir(join(library, folder));
  for (const program of programs) await copyProgram(program);
  const shipped = (await readdir(join(root, 'models'))).filter(
    (name) => /\.onnx$|^README\.md$/.test(name) && name !== photoModel.file,
  );
  for (const name of shipped) await copyFile(join(root, 'models', name), join(library, 'models', name));
  for (const name of ['test.bin', 'README.md']) await copyFile(join(root, 'web/digits', name), join(library, 'digits', name));
  await copyFile(join(root, 'wasm/README.md'), join(library, 'README.md'));
  for (const name of frameworks) {
    await copyFile(join(root, `wasm/frameworks/${name}.d.ts`), join(library, `${name}.d.ts`));
  }
  await copyLicence(library);
  await writeFile(join(library, 'THIRD_PARTY.txt'), await licences());
}

/** The photo model's package, beside the other one. */
async function buildModelLibrary() {
  await rm(modelLibrary, { recursive: true, force: true });
  await mkdir(modelLibrary, { recursive: true });
  for (const name of ['index.js', 'index.d.ts', 'README.md']) {
    await copyFile(join(root, 'models/package', name), join(modelLibrary, name));
  }
  await copyFile(join(root, 'models', photoModel.file), join(modelLibrary, photoModel.file));
  await copyLicence(modelLibrary);
  await writeModelManifest();
}

/** Brings the packages up to date. */
export async function buildLibrary() {
  if (![library, modelLibrary].some((folder) => isStale(join(folder, 'package.json'), inputs))) return;
  for (const { target, builds } of programs) for (const name of builds) await compile(name, target);
  say('Bundling the npm package');
  await rm(library, { recursive: true, force: true });
  await mkdir(library, { recursive: true });
  await bundle();
  await copyAssets();
  await document(await writeManifest());
  await buildModelLibrary();
}
