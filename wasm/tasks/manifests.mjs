// package.json of the npm packages.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { library, modelLibrary, root } from '../setup/paths.mjs';

/** Of the command line, (`sharp`, which is large) of who has photos decoded in Node, and of who wants tables: a page needs none. */
export const nodeOnly = ['commander', 'cli-progress'];
export const optional = { sharp: '>=0.34', 'hyparquet-writer': '>=0.17' };
/** The element with its types for their templates. */
export const frameworks = ['react', 'vue', 'svelte', 'solid'];
/** The photo model: a package of its own, of the same version. */
export const photoModel = { name: 'smoothgrad-efficientnet-lite0', file: 'efficientnet-lite0.onnx' };

const asJson = (value) => `${JSON.stringify(value, null, 2)}\n`;
export const readJson = async (path) => JSON.parse(await readFile(join(root, path), 'utf8'));

/** Resolves to the version. */
export async function writeManifest() {
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
    peerDependencies: optional,
    peerDependenciesMeta: Object.fromEntries(Object.keys(optional).map((name) => [name, { optional: true }])),
  };
  await writeFile(join(library, 'package.json'), asJson(manifest));
  return version;
}

export async function writeModelManifest() {
  const { version, license } = await readJson('package.json');
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
