// Puts the functions of a WebAssembly file in an order that compresses well: deflate finds what is alike only in the 32 KB
// before. What they do stays as it is; only their numbers change. Run by the build behind the linker:
//   node order_functions.mjs FILE.wasm WASM_OPT
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { run } from '../setup/run.mjs';
import { main } from '../setup/say.mjs';
import { nameSection, readModule, withoutCustom } from './wasm_module.mjs';

const gramBytes = 5;
const windowGrams = 24_000; // of the functions before, about as many bytes: some less than deflate looks back
const smallest = 20; // grams that a tiny function counts as more, or it would look like everything
const features = [
  ...['bulk-memory', 'exception-handling', 'extended-const', 'multivalue', 'mutable-globals', 'nontrapping-float-to-int'],
  ...['reference-types', 'relaxed-simd', 'sign-ext', 'simd', 'threads'],
];

/** The runs of bytes in a function, each once, as hashes (FNV). */
function gramsOf(bytes, { start, end }) {
  const grams = new Set();
  for (let at = start; at + gramBytes <= end; ++at) {
    let hash = 0;
    for (let i = 0; i < gramBytes; ++i) hash = (Math.imul(hash, 16777619) ^ bytes[at + i]) >>> 0;
    grams.add(hash);
  }
  return grams;
}

function sharersOf(grams) {
  const sharers = new Map();
  grams.forEach((own, i) => {
    for (const gram of own) {
      const known = sharers.get(gram);
      if (known) known.push(i);
      else sharers.set(gram, [i]);
    }
  });
  return sharers;
}

/** Numbers of functions: the next is always that of which the largest share is in those just before; rare runs count more. */
export function orderOf(bytes, functions) {
  const grams = functions.map((each) => gramsOf(bytes, each));
  const sharers = sharersOf(grams);
  const shared = new Float64Array(functions.length);
  const count = (i, sign) => {
    for (const gram of grams[i]) {
      const those = sharers.get(gram);
      for (const other of those) shared[other] += sign / those.length;
    }
  };
  const left = new Set(functions.keys());
  const order = [];
  let oldest = 0;
  let inWindow = 0;
  for (let next = 0; left.size > 0; ) {
    left.delete(next);
    order.push(next);
    count(next, 1);
    inWindow += grams[next].size;
    for (; inWindow > windowGrams && oldest < order.length - 1; ++oldest) {
      count(order[oldest], -1);
      inWindow -= grams[order[oldest]].size;
    }
    let best = -1;
    for (const i of left) {
      const share = shared[i] / (grams[i].size + smallest);
      if (share <= best) continue;
      best = share;
      next = i;
    }
  }
  return order;
}

/** Names by which Binaryen sorts: numbers of six digits, before a function's own name. */
function namesInOrder({ imported, functions }, order) {
  const digits = (number) => String(number).padStart(6, '0');
  const names = Array.from({ length: imported }, (_, i) => `import ${digits(i)}`);
  order.forEach((from, to) => {
    names[imported + from] = `${digits(to)} ${functions[from].name}`;
  });
  return names;
}

/** Rewrites the file, and its source map where there is one: then it keeps names. */
export async function orderFunctions(file, wasmOpt) {
  const bytes = await readFile(file);
  const module = readModule(bytes);
  const named = `${file}.named`;
  const order = orderOf(bytes, module.functions);
  await writeFile(named, Buffer.concat([withoutCustom(bytes, module), nameSection(namesInOrder(module, order))]));
  const map = `${file}.map`;
  const kept = existsSync(map) ? ['-g', `--input-source-map=${map}`, `--output-source-map=${map}.ordered`] : ['--strip-debug'];
  const args = [named, '--mvp-features', ...features.map((name) => `--enable-${name}`), '--reorder-functions-by-name', ...kept];
  await run(wasmOpt, [...args, '-o', file]);
  if (existsSync(map)) await rename(`${map}.ordered`, map);
  await rm(named);
}

const [script, file, wasmOpt] = process.argv.slice(1);
if (script === fileURLToPath(import.meta.url)) await main(() => orderFunctions(file, wasmOpt));
