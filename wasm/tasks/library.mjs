// dist/smoothgrad: the npm package, and beside it those of its photo models. Its modules are bundled, so that a page needs no import
// map and no bundler; only what runs in Node alone stays a dependency.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { library, modelLibraries, root } from '../setup/paths.mjs';
import { run } from '../setup/run.mjs';
import { say } from '../setup/say.mjs';
import { compile } from './compile.mjs';
import { document } from './document.mjs';
import { licences, licencesOf } from './licences.mjs';
import {
  bundled,
  frameworks,
  modelPackages,
  nodeOnly,
  optional,
  readJson,
  writeManifest,
  writeModelManifest,
} from './manifests.mjs';
import { copyProgram, programs, strict } from './programs.mjs';
import { isStale } from './stale.mjs';

const byName = (...names) => Object.fromEntries(names.map((name) => [name, name]));

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
const entries = {
  ...byName('node', 'cli', 'batch_lane', 'train', 'train_node'),
  ...Object.fromEntries(Object.entries(bundled).map(([name, file]) => [file, name])),
};
/** Each of one piece: a plain page would ask for what they import only when they are there. */
const plain = ['index', 'element'];
/** Each of one piece: bundlers copy them as they are, and so they can be started from anywhere. */
const workers = ['worker', 'train_worker'];
/** Loaded only where no worker may start. */
const later = /\/on_page\.js$/;

/** In the browser's entries for bundlers; Node and plain pages look for the packages by their names. */
const packagesInBundle = {
  name: 'packages in bundle',
  resolveId: (id, importer) =>
    id.endsWith('/packages_by_name.js') && importer === join(root, 'wasm/js/index.ts')
      ? join(root, 'wasm/js/client/packages_in_bundle.ts')
      : undefined,
};

async function bundle() {
  const { build: rolldown } = await import('rolldown');
  const { version } = await readJson('package.json');
  const { models } = await readJson('models/manifest.json');
  const input = (names) =>
    Object.fromEntries(Object.entries(names).map(([file, name]) => [file, join(root, `wasm/js/${name}.ts`)]));
  const common = {
    external: [/^node:/, ...nodeOnly, ...Object.keys(optional), ...modelPackages.map(({ name }) => name)],
    platform: 'neutral',
    resolve: { mainFields: ['module', 'main'] },
    transform: { define: { SMOOTHGRAD_VERSION: JSON.stringify(version), SMOOTHGRAD_MODELS: JSON.stringify(models) } },
  };
  const output = { dir: library, format: 'esm', minify: false };
  // In one piece, what all entries need: else a page finds one small module behind the other. Packages are found in two ways.
  const engine = { name: 'engine', test: /wasm\/js\/((api|options|rpc)\/|client\/(?!packages_))|wasm-feature-detect/ };
  const inPieces = { ...output, chunkFileNames: '[name].js', codeSplitting: { groups: [engine] } };
  await rolldown({ ...common, plugins: [packagesInBundle], input: input(entries), output: inPieces });
  const external = [...common.external, later];
  for (const name of plain) {
    await rolldown({ ...common, external, input: input(byName(name)), output: { ...output, codeSplitting: false } });
  }
  for (const name of workers) {
    await rolldown({ ...common, input: input(byName(name)), output: { ...output, banner: strict, codeSplitting: false } });
  }
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'wasm/js']);
}

const copyLicence = (folder) => copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE'));

async function copyAssets() {
  for (const folder of ['wasm', 'models', 'digits']) await mkdir(join(library, folder));
  for (const program of programs) await copyProgram(program);
  const shipped = (await readdir(join(root, 'models'))).filter(
    (name) => /\.onnx$|^README\.md$/.test(name) && !modelPackages.some(({ file }) => file === name),
  );
  for (const name of shipped) await copyFile(join(root, 'models', name), join(library, 'models', name));
  for (const name of ['test.bin', 'README.md']) await copyFile(join(root, 'web/digits', name), join(library, 'digits', name));
  await copyFile(join(root, 'wasm/README.md'), join(library, 'README.md'));
  for (const name of frameworks) {
    await copyFile(join(root, `wasm/frameworks/${name}.d.ts`), join(library, `${name}.d.ts`));
  }
  await copyLicence(library);
  await writeFile(join(library, 'THIRD_PARTY.txt'), await licences(licencesOf.package));
}

/** A photo model's package, beside the other one. */
async function buildModelLibrary(made) {
  const { model, file, folder } = made;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const texts = join(root, 'models/packages', model);
  for (const name of await readdir(texts)) await copyFile(join(texts, name), join(folder, name));
  await copyFile(join(root, 'models', file), join(folder, file));
  if (!existsSync(join(folder, 'LICENSE'))) await copyLicence(folder);
  await writeModelManifest(made);
}

/** Brings the packages up to date. */
export async function buildLibrary() {
  if (![library, ...modelLibraries].some((folder) => isStale(join(folder, 'package.json'), inputs))) return;
  for (const { target, builds } of programs) for (const name of builds) await compile(name, target);
  say('Bundling the npm package');
  await rm(library, { recursive: true, force: true });
  await mkdir(library, { recursive: true });
  await bundle();
  await copyAssets();
  await document(await writeManifest());
  for (const made of modelPackages) await buildModelLibrary(made);
}
