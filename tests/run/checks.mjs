// What is checked without running the product: format, lint, types, the published package.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { clangFormat, ensureLintTools } from '../../wasm/toolchain/lint_tools.mjs';
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
  run(clangFormat, [...options, ...cppFiles('core', 'wasm', 'models', 'tests')], { mayFail: true });

/** Biome, TypeScript and clang-format: three checks. */
export async function lint() {
  await ensureLintTools();
  return all([
    () => biome('--error-on-warnings', '--max-diagnostics=40'),
    () => script('typescript/bin/tsc', '--noEmit'),
    () => formatCpp('--dry-run', '--Werror', '--ferror-limit=40'),
  ]);
}

/** publint over the package as it would be published. */
export const publishable = () => all([() => script('publint/src/cli.js', '--strict', library)]);
