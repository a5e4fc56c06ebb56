// THIRD_PARTY.txt of the package and of the site: the licences of what is compiled into them or bundled with them, as their authors
// wrote them.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, sources } from '../setup/paths.mjs';

const ofPackage = [
  ['XNNPACK (in the engine)', join(sources, 'xnnpack/LICENSE')],
  ['protozero (in the engine)', join(sources, 'protozero/LICENSE.md')],
  ['Eigen (in the trainer; its source: https://eigen.tuxfamily.org)', join(sources, 'eigen/COPYING.MPL2')],
  ['Emscripten, musl, libc++ (in both)', join(root, 'wasm/licences/emscripten.txt')],
  ['wasm-feature-detect (in the JavaScript)', join(root, 'node_modules/wasm-feature-detect/LICENSE')],
  ['fastest-levenshtein (in the JavaScript)', join(root, 'node_modules/fastest-levenshtein/LICENSE.md')],
];

/** With the package, which is bundled into it. */
const ofSite = [
  ...ofPackage,
  ['uPlot (in the charts)', join(root, 'node_modules/uplot/LICENSE')],
  ['MiniSearch (in the documentation)', join(root, 'node_modules/minisearch/LICENSE.txt')],
];

export const licencesOf = { package: ofPackage, site: ofSite };

export async function licences(parts) {
  const texts = await Promise.all(parts.map(([, path]) => readFile(path, 'utf8')));
  const rule = '='.repeat(100);
  return parts.map(([title], i) => `${rule}\n${title}\n${rule}\n\n${texts[i].trim()}\n`).join('\n');
}
