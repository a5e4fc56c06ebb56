// The wasm programs of the package, and Emscripten's glue of them, for a browser and for Node.
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, library } from '../setup/paths.mjs';
import { Problem } from '../setup/say.mjs';
import { wasmBuilds } from './compile.mjs';

/** There is no relaxed SIMD in the trainer. */
export const programs = [
  { target: 'smoothgrad_wasm', file: 'smoothgrad', builds: wasmBuilds },
  {
    target: 'smoothgrad_trainer_wasm',
    file: 'smoothgrad-trainer',
    builds: wasmBuilds.filter((name) => name.startsWith('simd')),
  },
];

/**
 * Modules are strict by themselves; webpack's minifier (terser) takes a copied `.js` for a sloppy script, whose functions in blocks it
 * gives the names of variables around them.
 */
export const strict = '"use strict";';

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

/**
 * For browsers: what threads start from worker/thread_workers.ts knows, and by an address here Parcel would take another file for a part of
 * this one; and what it exports is left under its name as well, for who drops what is exported (worker/load_module.ts).
 */
function forBrowsers(glue, name) {
  const left = `(globalThis[Symbol.for("smoothgrad glue")]??={})["${name}"]=$1;`;
  const changed = glue.replace(/export default (\w+);/, `$&${left}`);
  if (changed === glue) throw new Problem(`${name}: there is no default export in Emscripten's glue`);
  return changed.replace(/new URL\(`[\w-]+\.js`,import\.meta\.url\)/, 'self.location.href');
}

export async function copyProgram({ file, builds }) {
  for (const name of builds) {
    const [glue, wasm, web] = ['js', 'wasm', 'web.js'].map((ending) => `${file}-${name}.${ending}`);
    await copyFile(join(build, name, wasm), join(library, 'wasm', wasm));
    await writeFile(join(library, 'wasm', glue), await minified(join(build, name, glue), {}));
    const noNode = { process: 'undefined', 'globalThis.process': 'undefined' };
    const shorter = await minified(join(build, name, glue), noNode);
    await writeFile(join(library, 'wasm', web), forBrowsers(shorter, `${file}-${name}`));
  }
}
