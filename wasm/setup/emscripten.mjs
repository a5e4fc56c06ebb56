// Emscripten: an emcc on PATH that is new enough, or Debian's, unpacked into the set-up folder.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { llvmLibraries, unpackTools, wrapTool } from './debian_tools.mjs';
import { emscripten as folder } from './paths.mjs';
import { ask, run } from './run.mjs';
import { Problem, say } from './say.mjs';
import { atLeast, versionIn } from './version.mjs';
import { writeCommand, writeIfChanged } from './write.mjs';

const oldest = '3.1.58'; // wasm exceptions, ES modules with threads and relaxed SIMD work together from here on
const packages = [
  'emscripten',
  'binaryen',
  'node-acorn',
  'clang-19',
  'libclang-common-19-dev',
  'lld-19',
  'llvm-19',
  'llvm-19-linker-tools',
  ...llvmLibraries,
];
const without = [
  '*/wasm32-emscripten/*pic',
  'libwasmfs*',
  'lib*-ww*',
  'libGL-*emu*',
  'libGL-*full_es3*',
  'libGL-*webgl2*',
  'libGL-*ofb*',
];
const llvmPrograms = [
  'clang',
  'clang++',
  'wasm-ld',
  ...['ar', 'ranlib', 'nm', 'objcopy', 'strip', 'dwarfdump', 'cxxfilt', 'symbolizer', 'size'].map((name) => `llvm-${name}`),
];
const commands = [
  'emcc',
  'em++',
  'emar',
  'emranlib',
  'emcmake',
  'emmake',
  'emconfigure',
  'em-config',
  'emnm',
  'emsize',
  'emstrip',
];

const home = join(folder, 'root/usr/share/emscripten');

async function writeWrappers() {
  for (const part of ['llvm', 'binaryen/bin', 'bin']) await mkdir(join(folder, part), { recursive: true });
  const resources = join(folder, 'root/usr/lib/llvm-19/lib/clang/19');
  for (const name of llvmPrograms) {
    const args = name.startsWith('clang') ? ['-resource-dir', resources] : [];
    await wrapTool(folder, join(folder, `llvm/${name}-19`), `lib/llvm-19/bin/${name}`, args);
  }
  const entries = await readdir(join(folder, 'root/usr/bin'), { withFileTypes: true });
  const binaryen = entries.filter((entry) => entry.isFile() && /^wasm(-|2js)/.test(entry.name));
  for (const { name } of binaryen) await wrapTool(folder, join(folder, 'binaryen/bin', name), `bin/${name}`);
  for (const name of commands) await writeCommand(join(folder, 'bin', name), `exec "${join(home, name)}" "$@"`);
}

async function writeSettings() {
  const settings = {
    LLVM_ROOT: join(folder, 'llvm'),
    LLVM_ADD_VERSION: '19',
    CLANG_ADD_VERSION: '19',
    BINARYEN_ROOT: join(folder, 'binaryen'),
    NODE_JS: process.execPath,
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} = '${value}'`);
  await writeIfChanged(join(home, '.emscripten'), [...lines, 'FROZEN_CACHE = True', ''].join('\n'));
  // Its scripts are no ES modules, whatever the repository around them says of its own.
  await writeIfChanged(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  const modules = join(home, 'node_modules'); // acorn, for whatever node runs Emscripten's scripts
  if (!existsSync(modules)) {
    await rm(modules, { force: true });
    await symlink('../nodejs', modules);
  }
  const environment = [
    'unset EM_CONFIG EM_CACHE EM_LLVM_ROOT EM_BINARYEN_ROOT EMSDK',
    `export PATH="${join(folder, 'bin')}:$PATH"`,
    '',
  ];
  await writeIfChanged(join(folder, 'env.sh'), environment.join('\n'));
}

const probe = `#include <thread>
#include <wasm_simd128.h>
int main() {
  int lane = 0;
  std::thread([&] { lane = wasm_i32x4_extract_lane(wasm_i32x4_splat(14), 2); }).join();
  return lane == 14 ? 0 : 1;
}
`;

async function prove() {
  const scratch = await mkdtemp(join(tmpdir(), 'smoothgrad-'));
  try {
    await writeFile(join(scratch, 'probe.cpp'), probe);
    const flags = ['-O1', '-msimd128', '-pthread', '-sPROXY_TO_PTHREAD', '-sEXIT_RUNTIME', '-sENVIRONMENT=node,worker'];
    await run(join(folder, 'bin/em++'), [...flags, 'probe.cpp', '-o', 'probe.cjs'], { cwd: scratch, env: cleanEnvironment() });
    await run(process.execPath, ['probe.cjs'], { cwd: scratch });
  } finally {
    await rm(scratch, { recursive: true });
  }
}

/** The environment without what would lead Emscripten to another installation. */
export function cleanEnvironment() {
  const { EM_CONFIG, EM_CACHE, EM_LLVM_ROOT, EM_BINARYEN_ROOT, EMSDK, ...environment } = process.env;
  return existsSync(home) ? environment : process.env;
}

/** An emcc on PATH that is new enough: says so in env.sh and returns true. */
async function useInstalled() {
  const version = versionIn(ask('emcc', ['--version']));
  if (!version) return false;
  if (!atLeast(version, oldest)) {
    say(`Emscripten ${version} on PATH is older than ${oldest} and not used`);
    return false;
  }
  await mkdir(folder, { recursive: true });
  await writeIfChanged(join(folder, 'env.sh'), `# emcc ${version} on PATH is used\n`);
  return true;
}

/** Makes sure that there is an Emscripten. */
export async function ensureEmscripten() {
  if (!existsSync(home) && (await useInstalled())) return;
  const fresh = await unpackTools('Emscripten', folder, packages, without);
  await writeWrappers();
  await writeSettings();
  if (!fresh) return;
  say('Emscripten: trying it');
  await prove().catch(async (error) => {
    await rm(folder, { recursive: true });
    throw new Problem(`Emscripten does not work here:\n${error.message}`);
  });
}
