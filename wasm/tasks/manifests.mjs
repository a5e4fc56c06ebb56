// package.json of the npm packages.
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { library, modelLibraries, root } from '../setup/paths.mjs';

/** Of the command line, (`sharp`, which is large) of who has photos decoded in Node, and of who wants tables: a page needs none. */
export const nodeOnly = ['commander', 'cli-progress'];
export const optional = { sharp: '>=0.34', 'hyparquet-writer': '>=0.17' };
/** The element with its types for their templates. */
export const frameworks = ['react', 'vue', 'svelte', 'solid'];
/** What bundlers take: pieces that they put together, and the photo models' packages in them. `index.js` and `element.js` are for pages. */
export const bundled = { index: 'index_shared', element: 'element_shared' };
/** The photo models: packages of their own, of the same version. `model`: its name in models/manifest.json. */
export const modelPackages = modelLibraries.map((folder) => {
  const name = basename(folder);
  const model = name.replace('smoothgrad-', '');
  return { name, model, file: `${model}.onnx`, folder };
});

const asJson = (value) => `${JSON.stringify(value, null, 2)}\n`;
export const readJson = async (path) => JSON.parse(await readFile(join(root, path), 'utf8'));

/** Resolves to the version. */
export async function writeManifest() {
  const { name, version, description, license, engines, keywords, dependencies } = await readJson('package.json');
  const versions = (names) => Object.fromEntries(names.map((dependency) => [dependency, dependencies[dependency]]));
  const [index, element] = [bundled.index, bundled.element].map((name) => `./${name}.js`);
  const manifest = {
    ...{ name, version, description, license, engines, keywords },
    type: 'module',
    sideEffects: ['./element.js', element],
    exports: {
      '.': { node: { types: './node.d.ts', default: './node.js' }, types: './index.d.ts', default: index },
      './element': { types: './element.d.ts', default: element },
      ...Object.fromEntries(frameworks.map((name) => [`./${name}`, { types: `./${name}.d.ts`, default: element }])),
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
    dependencies: { ...versions(nodeOnly), ...Object.fromEntries(modelPackages.map(({ name }) => [name, version])) },
    peerDependencies: optional,
    peerDependenciesMeta: Object.fromEntries(Object.keys(optional).map((name) => [name, { optional: true }])),
  };
  await writeFile(join(library, 'package.json'), asJson(manifest));
  return version;
}

/** Of weights that are not under the engine's licence: their package has the text of its own. */
const otherLicences = { squeezenet: 'BSD-2-Clause AND MIT' };

export async function writeModelManifest({ name, model, file: onnx, folder }) {
  const { version, license } = await readJson('package.json');
  const { models } = await readJson('models/manifest.json');
  const { title } = models.find((entry) => entry.name === model);
  const [file, manifest] = [`./${onnx}`, './package.json'];
  await writeFile(
    join(folder, 'package.json'),
    asJson({
      ...{ name, version, license: otherLicences[model] ?? license, keywords: ['onnx', model, 'imagenet', 'smoothgrad'] },
      description: `${title} as ONNX: a photo model of smoothgrad`,
      type: 'module',
      sideEffects: false,
      exports: { '.': { types: './index.d.ts', default: './index.js' }, [file]: file, [manifest]: manifest },
    }),
  );
}
