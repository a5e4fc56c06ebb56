// What is checked without running the product: format, lint, types, the published package.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { clangFormat, ensureLintTools } from '../../wasm/setup/lint_tools.mjs';
import { library, root } from '../../wasm/setup/paths.mjs';
import { run } from '../../wasm/setup/run.mjs';
import { wasmBuilds } from '../../wasm/tasks/compile.mjs';
import { compileConsumer, resolutions } from './consumer.mjs';
import { checkTypes, noFloatingPromises } from './types.mjs';

/** C++ files of ours in these folders. */
function cppFiles(...folders) {
  const below = (folder) => readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name));
  return folders.flatMap(below).filter((path) => /\.(h|cpp)$/.test(path) && !path.includes('node_modules'));
}

const script = (path, ...args) => run(process.execPath, [join(root, 'node_modules', path), ...args], { mayFail: true });

async function all(checks) {
  const results = [];
  for (const check of checks) results.push(await check());
  const failures = results.filter(({ code }) => code !== 0);
  return {
    passed: results.length - failures.length,
    failed: failures.length,
    output: failures.map(({ output }) => output).join('\n'),
  };
}

export const biome = (...options) => script('@biomejs/biome/bin/biome', 'check', ...options);

export const formatCpp = (...options) =>
  run(clangFormat, [...options, ...cppFiles('core', 'wasm', 'models', 'tests')], { mayFail: true });

/** Biome, TypeScript (types, promises) and clang-format: four checks. */
export async function lint() {
  await ensureLintTools();
  return all([
    () => biome('--error-on-warnings', '--max-diagnostics=40'),
    checkTypes,
    noFloatingPromises,
    () => formatCpp('--dry-run', '--Werror', '--ferror-limit=40'),
  ]);
}

const largestDownload = 180_000;

/** What a page loads of a build before its model: wasm and glue, compressed as a server would. */
async function downloadSize(name) {
  const file = (ending) => readFile(join(library, `wasm/smoothgrad-${name}.${ending}`));
  const sizes = (await Promise.all(['wasm', 'js'].map(file))).map((bytes) => gzipSync(bytes, { level: 9 }).length);
  const total = sizes[0] + sizes[1];
  const output = `build ${name}: ${total} bytes, ${sizes.join(' wasm + ')} glue, compressed; ${largestDownload} at most`;
  return { code: total <= largestDownload ? 0 : 1, output };
}

/** publint over the package as it would be published, a project that uses its types, and the size of each build. */
export const publishable = () =>
  all([
    () => script('publint/src/cli.js', '--strict', library),
    ...resolutions.map((resolution) => () => compileConsumer(resolution)),
    ...wasmBuilds.map((name) => () => downloadSize(name)),
  ]);
