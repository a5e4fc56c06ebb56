// What is checked without running the product: format, lint, types, the published package.
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { clangFormat, clangTidy, ensureClangTidy, ensureLintTools } from '../../wasm/setup/lint_tools.mjs';
import { build, library, modelLibraries, root } from '../../wasm/setup/paths.mjs';
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

/** Sources of core/ that differ from the commit before the last one, or whose headers do. */
async function changedSources() {
  const { output } = await run('git', ['diff', '--name-only', '--relative', 'HEAD~1', '--', 'core']);
  const sources = output.split('\n').map((path) => path.replace(/\.h$/, '.cpp'));
  return [...new Set(sources)].filter((path) => path.endsWith('.cpp') && existsSync(join(root, path)));
}

/** clang-tidy by .clang-tidy, of what has changed: some seconds a file. Bindings are left out, it has no Emscripten. */
export async function tidy(all = false) {
  const sources = all ? cppFiles('core').filter((path) => path.endsWith('.cpp')) : await changedSources();
  if (sources.length === 0) return { code: 0, output: '' };
  await ensureClangTidy();
  const folder = join(build, 'tidy');
  await run('cmake', ['-S', root, '-B', folder, '-DCMAKE_BUILD_TYPE=Release'], {
    env: { ...process.env, CMAKE_GENERATOR: 'Ninja' },
  });
  return run(clangTidy, ['-p', folder, '--quiet', ...sources], { mayFail: true });
}

/** By what servers compress with, Brotli where they can. */
const downloads = {
  Brotli: { compress: brotliCompressSync, most: 200_000 },
  gzip: { compress: (bytes) => gzipSync(bytes, { level: 9 }), most: 237_000 },
};

/** What a page loads of a build before its model: wasm and glue, compressed. */
async function downloadSize(name) {
  const file = (ending) => readFile(join(library, `wasm/smoothgrad-${name}.${ending}`));
  const files = await Promise.all(['wasm', 'web.js'].map(file));
  const found = Object.entries(downloads).map(([by, { compress, most }]) => {
    const sizes = files.map((bytes) => compress(bytes).length);
    const total = sizes[0] + sizes[1];
    const output = `build ${name}: ${total} bytes by ${by}, ${sizes.join(' wasm + ')} glue; ${most} at most`;
    return { fits: total <= most, output };
  });
  return { code: found.every(({ fits }) => fits) ? 0 : 1, output: found.map(({ output }) => output).join('\n') };
}

const largestPackage = 3_000_000;

/** What npm downloads for the package, without the photo model. */
async function packedSize() {
  const { output } = await run('npm', ['pack', library, '--dry-run', '--json', '--silent']);
  const [{ size }] = JSON.parse(output);
  return { code: size <= largestPackage ? 0 : 1, output: `the package: ${size} bytes, packed; ${largestPackage} at most` };
}

/** publint over the packages as it would be published, a project that uses its types, and the size of each build. */
export const publishable = () =>
  all([
    ...[library, ...modelLibraries].map((folder) => () => script('publint/src/cli.js', '--strict', folder)),
    packedSize,
    ...resolutions.map((resolution) => () => compileConsumer(resolution)),
    ...wasmBuilds.map((name) => () => downloadSize(name)),
  ]);
