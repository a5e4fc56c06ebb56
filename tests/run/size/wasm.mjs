// `npm run size -- --wasm`: what each family of the engine costs in a build, before and after compression. It links the relaxed
// build once more with a source map (preset `size`), which changes nothing of its code.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build, root } from '../../../wasm/setup/paths.mjs';
import { compile } from '../../../wasm/tasks/compile.mjs';
import { readModule, withoutCustom } from '../../../wasm/tasks/wasm_module.mjs';
import { deflatedBits } from './deflate.mjs';
import { ownersOf } from './owners.mjs';
import { readSourceMap } from './source_map.mjs';

const preset = 'size';
const target = 'smoothgrad_wasm';
const file = 'smoothgrad-relaxed.wasm';
const number = (value) => Math.round(value).toLocaleString('en');
const percent = (share) => `${(100 * share).toFixed(1)} %`;

/** [{family, bytes, compressed}], the largest first; compressed: of the gzip file. */
export function familySizes(bytes, map, folder, base) {
  const module = readModule(bytes);
  const costs = deflatedBits(withoutCustom(bytes, module));
  const rows = new Map();
  for (const { family, start, end } of ownersOf(module, readSourceMap(map), folder, base)) {
    const row = rows.get(family) ?? { family, bytes: 0, compressed: 0 };
    rows.set(family, row);
    row.bytes += end - start;
    for (let at = start; at < end; ++at) row.compressed += costs[at] / 8;
  }
  return [...rows.values()].sort((a, b) => b.compressed - a.compressed);
}

function tableOf(rows, download) {
  const all = rows.reduce((sum, { bytes }) => sum + bytes, 0);
  const compressed = rows.reduce((sum, row) => sum + row.compressed, 0);
  const lines = rows.map((row) => [
    row.family,
    number(row.bytes),
    number(row.compressed),
    percent(row.compressed / compressed),
  ]);
  return [
    '| | bytes | by gzip | share |',
    '|---|---:|---:|---:|',
    ...lines.map((cells) => `| ${cells.join(' | ')} |`),
    `| **all** | **${number(all)}** | **${number(download.gzip)}** (Brotli: ${number(download.brotli)}) | |`,
  ].join('\n');
}

const page = (table, date) => `# What the engine's parts weigh

The WebAssembly file of the relaxed build without threads, by family: each byte of code by the source file that it was compiled
from, as the linker's source map says after all optimisation, and what it takes in the compressed file, as gzip's own codes say. What one
function repeats of another is cheap, so a family alone would be larger than its share.
\`npm run size -- --wasm\`, ${date}.

${table}
`;

/** Builds, measures, prints, and writes the page for the documentation. */
export async function weigh() {
  await compile(preset, target);
  const folder = join(build, preset);
  const bytes = await readFile(join(folder, file));
  const map = JSON.parse(await readFile(join(folder, `${file}.map`), 'utf8'));
  const shipped = withoutCustom(bytes, readModule(bytes));
  const download = { gzip: gzipSync(shipped, { level: 9 }).length, brotli: brotliCompressSync(shipped).length };
  const table = tableOf(familySizes(bytes, map, folder, root), download);
  console.log(table);
  await writeFile(join(root, 'wasm/SIZE.md'), page(table, new Date().toISOString().slice(0, 10)));
}
