// dist/smoothgrad: the npm package. Its modules are bundled, so that a page needs no import map and no bundler; only what
// runs in Node alone stays a dependency.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, library, modelLibrary, root } from '../setup/paths.mjs';
import { run } from '../setup/run.mjs';
import { Problem, say } from '../setup/say.mjs';
import { compile, wasmBuilds } from './compile.mjs';
import { document } from './document.mjs';
import { licences } from './licences.mjs';
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
const entries = ['index', 'element', 'node', 'cli', 'train', 'train_node'];
/** Each of one piece: bundlers copy them as they are, and so they can be started from anywhere. */
const workers = ['worker', 'train_worker'];
/** There is no relaxed SIMD in the trainer. */
const programs = [
  { target: 'smoothgrad_wasm', file: 'smoothgrad', builds: wasmBuilds },
  {
    target: 'smoothgrad_trainer_wasm',
    file: 'smoothgrad-trainer',
    builds: wasmBuilds.filter((name) => name.startsWith('simd')),
  },
];
/** Of the command line, and (`sharp`, which is large) of who has photos decoded in Node: a page needs neither. */
const nodeOnly = ['commander', 'cli-progress'];
const optional = ['sharp'];
/** The element with its types for their templates. */
const frameworks = ['react', 'vue', 'svelte', 'solid'];
/** The photo model: a package of its own, of the same version. */
const photoModel = { name: 'smoothgrad-efficientnet-lite0', file: 'efficientnet-lite0.onnx' };

/**
 * Modules are strict by themselves; webpack's minifier (terser) takes a copied `.js` for a sloppy script, whose functions in blocks it
 * gives the names of variables around them.
 */
const strict = '"use strict";';

const asJson = (value) => `${JSON.stringify(value, null, 2)}\n`;
const readJson = async (path) => JSON.parse(await readFile(join(root, path), 'utf8'));

async function bundle() {
  const { build: rolldown } = await import('rolldown');
  const { version } = await readJson('package.json');
  const { models } = await readJson('models/manifest.json');
  const input = (names) => Object.fromEntries(names.map((name) => [name, join(root, `wasm/js/${name}.ts`)]));
  const common = {
    external: [/^node:/, ...nodeOnly, ...optional, photoModel.name],
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

async function writeManifest() {
  const { name, version, description, license, engines, keywords, dependencies } = await readJson('package.json');
  const versions = (names) => Object.fromEntries(names.map((dependency) => [dependency, dependencies[dependency]]));
  const manifest = {
    ...{ name, version, description, license, engines, keywords },
    type: 'module',
    sideEffects: ['./element.js'],
    exports: {
      '.': { node: { types: './node.d.ts', default: './node.js' }, types: './index.d.ts', default: './index.js' },
      './element': { types: './element.d.ts', default: './element.js' },
      ...Object.fromEntries(frameworks.map((name) => [`./${name}`, { types: `./${name}.d.ts`, default: './element.js' }])),
      './train': {
        node: { types: './train_node.d.ts', default: './train_node.js' },
        types: './train.d.ts',
        default: './train.js',
      },
      // For who copies them, or has a bundler give their addresses.
      './wasm/*': './wasm/*',
      './models/*': './models/*',
      './worker.js': './worker.js',
      './train_worker.js': './train_worker.js',
      './custom-elements.json': './custom-elements.json',
      './package.json': './package.json',
    },
    bin: { smoothgrad: './cli.js' },
    customElements: './custom-elements.json',
    dependencies: { ...versions(nodeOnly), [photoModel.name]: version },
    peerDependencies: versions(optional),
    peerDependenciesMeta: Object.fromEntries(optional.map((dependency) => [dependency, { optional: true }])),
  };
  await writeFile(join(library, 'package.json'), asJson(manifest));
  return version;
}

/**
 * Emscripten's glue, which has no comments but long names; it stays a module by itself: threads load it by its address. In a browser
 * there is no `process`, and so nothing is left of what it would do in Node.
 */
async function minified(file, define) {
  const { minify, transform } = await import('rolldown/utils');
  const { code: defined } = await transform(file, await readFile(file, 'utf8'), { define });
  const { code, errors } = await minify(file, defined, { module: true, compress: true, mangle: true });
  if (errors.length > 0) throw new Problem(`${file} could not be minified: ${errors[0].message}`);
  return strict + code;
}

async function copyProgram({ file, builds }) {
  for (const name of builds) {
    const [glue, wasm, web] = ['js', 'wasm', 'web.js'].map((ending) => `${file}-${name}.${ending}`);
    await copyFile(join(build, name, wasm), join(library, 'wasm', wasm));
    await writeFile(join(library, 'wasm', glue), await minified(join(build, name, glue), {}));
    const noNode = { process: 'undefined', 'globalThis.process': 'undefined' };
    await writeFile(join(library, 'wasm', web), await minified(join(build, name, glue), noNode));
  }
}

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
  await copyFile(join(root, 'LICENSE'), join(library, 'LICENSE'));
  await writeFile(join(library, 'THIRD_PARTY.txt'), await licences());
}

/** The photo model's package, beside the other one. */
async function buildModelLibrary() {
  const { version, license } = await readJson('package.json');
  await rm(modelLibrary, { recursive: true, force: true });
  await mkdir(modelLibrary, { recursive: true });
  for (const name of ['index.js', 'index.d.ts', 'README.md']) {
    await copyFile(join(root, 'models/package', name), join(modelLibrary, name));
  }
  await copyFile(join(root, 'models', photoModel.file), join(modelLibrary, photoModel.file));
  await copyFile(join(root, 'LICENSE'), join(modelLibrary, 'LICENSE'));
  const [file, manifest] = [`./${photoModel.file}`, './package.json'];
  await writeFile(
    join(modelLibrary, 'package.json'),
    asJson({
      ...{ name: photoModel.name, version, license, keywords: ['onnx', 'efficientnet', 'imagenet', 'smoothgrad'] },
      description: 'EfficientNet-Lite0 as ONNX: the photo model of smoothgrad',
      type: 'module',
      sideEffects: false,
      exports: { '.': { types: './index.d.ts', default: './index.js' }, [file]: file, [manifest]: manifest },
    }),
  );
}

/** Brings the packages up to date. */
export async function buildLibrary() {
  if (!isStale(join(library, 'package.json'), inputs)) return;
  for (const { target, builds } of programs) for (const name of builds) await compile(name, target);
  say('Bundling the npm package');
  await rm(library, { recursive: true, force: true });
  await mkdir(library, { recursive: true });
  await bundle();
  await copyAssets();
  await buildModelLibrary();
  await document(await writeManifest());
}
