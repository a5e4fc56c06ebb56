// For Vite: the npm package as it was built, found as if it were installed; and its entries at the addresses that they have in a copy of its
// folder, so that a page may have the element of this site, and an example of the documentation what it imports.
import { basename, join } from 'node:path';
import type { Plugin } from 'vite';
import { modelLibraries } from '../wasm/setup/paths.mjs';

const folderOf = (name: string) => join(import.meta.dirname, '../dist', name);
/** For bundlers, and what pages without one call it. */
const entries = [
  { name: 'smoothgrad', module: 'index.js', file: 'index.js' },
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
    /** Without a request for a piece of one line: the site always has the photo models. */
    transform(code) {
      const wanted = photoModels.filter((name) => code.includes(`import("${name}")`));
      if (wanted.length === 0) return undefined;
      return wanted.reduce((changed, name, i) => {
        const now = changed.replace(`import("${name}")`, `Promise.resolve(photoModel${i})`);
        return `import * as photoModel${i} from '${name}';\n${now}`;
      }, code);
    },
    buildStart() {
      for (const { file, path } of own) {
        this.emitFile({ type: 'chunk', id: path, fileName: `smoothgrad/${file}`, preserveSignature: 'strict' });
      }
    },
  };
}
