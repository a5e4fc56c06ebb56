// What is checked without running the product: format, lint, types, C++ mistakes, the published package.
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { configure } from '../../wasm/toolchain/compile.mjs';
import { clangFormat, clangTidy, clangTidyOptions, ensureLintTools } from '../../wasm/toolchain/lint_tools.mjs';
import { library, root } from '../../wasm/toolchain/paths.mjs';
import { run } from '../../wasm/toolchain/run.mjs';

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
  run(clangFormat, [...options, ...cppFiles('core', 'wasm', 'tests')], { mayFail: true });

/** Biome, TypeScript and clang-format: three checks. */
export async function lint() {
  await ensureLintTools();
  return all([
    () => biome('--error-on-warnings', '--max-diagnostics=40'),
    () => script('typescript/bin/tsc', '--noEmit'),
    () => formatCpp('--dry-run', '--Werror', '--ferror-limit=40'),
  ]);
}

/** clang-tidy: one check a file of the core. */
export async function tidy() {
  await ensureLintTools();
  const folder = await configure('native-asan'); // for its compile_commands.json: no precompiled headers
  const files = cppFiles('core').filter((path) => path.endsWith('.cpp'));
  const check = (file) => () => run(clangTidy, [...clangTidyOptions, '--quiet', '-p', folder, file], { mayFail: true });
  const width = availableParallelism();
  const lanes = Array.from({ length: width }, (_, lane) => all(files.filter((_, index) => index % width === lane).map(check)));
  const results = await Promise.all(lanes);
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), output: results.map(({ output }) => output).join('') };
}

/** publint over the package as it would be published. */
export const publishable = () => all([() => script('publint/src/cli.js', '--strict', library)]);
