// For Vite: the npm package as it was built, found as if it were installed; and its entries at the addresses that they have in a copy of its
// folder, so that a page may have the element of this site, and an example of the documentation what it imports.
import { basename, join } from 'node:path';
import type { Plugin } from 'vite';
import { modelLibraries } from '../wasm/setup/paths.mjs';

const folderOf = (name: string) => join(import.meta.dirname, '../dist', name);
/** For bundlers, and what pages without one call it. */
const entries = [
  { name: 'smoothgrad', module: 'index_shared.js', file: 'index.js' },
  { name: 'smoothgrad/element', module: 'element_shared.js', file: 'element.js' },
  { name: 'smoothgrad/train', module: 'train.js', file: 'train.js' },
];
const photoModels = modelLibraries.map((folder) => basename(folder));

export function installed(): Plugin {
  const own = entries.map(({ module, ...entry }) => ({ ...entry, path: join(folderOf('smoothgrad'), module) }));
  const found = [...own, ...photoModels.map((name) => ({ name, path: join(folderOf(name), 'index.js') }))];
  return {
    name: 'installed',
    config: () => ({
      resolve: { alias: found.map(({ name, path }) => ({ find: new RegExp(`^${name}$`), replacement: path })) },
    }),
    buildStart() {
      for (const { file, path } of own) {
        this.emitFile({ type: 'chunk', id: path, fileName: `smoothgrad/${file}`, preserveSignature: 'strict' });
      }
    },
  };
}
