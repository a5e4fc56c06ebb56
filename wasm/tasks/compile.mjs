// One CMake target of one preset.
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment } from '../setup/emscripten.mjs';
import { build } from '../setup/paths.mjs';
import { run } from '../setup/run.mjs';
import { say, sayPassing } from '../setup/say.mjs';

export const wasmBuilds = ['simd', 'simd-threads', 'relaxed', 'relaxed-threads'];

/** A build that was configured by a toolchain file which is no longer there cannot be brought up to date. */
async function forgetMoved(folder) {
  const cache = await readFile(join(folder, 'CMakeCache.txt'), 'utf8').catch(() => '');
  const toolchain = cache.match(/^CMAKE_TOOLCHAIN_FILE:[A-Z]+=(.+)$/m)?.[1];
  if (toolchain !== undefined && !existsSync(toolchain)) await rm(folder, { recursive: true, force: true });
}

async function bringUpToDate(preset, target) {
  const env = { CMAKE_GENERATOR: 'Ninja', ...cleanEnvironment() };
  const folder = join(build, preset);
  await forgetMoved(folder);
  if (!existsSync(join(folder, 'build.ninja'))) await run('cmake', ['--preset', preset], { env });
  let told = false;
  const onLine = (line) => {
    const step = line.match(/^\[(\d+)\/(\d+)\] (?!Re-checking|Re-running)/);
    if (!step) return false;
    if (!told) say(`Compiling ${target} (${preset}), steps: ${step[2]}`);
    told = true;
    sayPassing(`${target} (${preset}): ${step[1]} of ${step[2]}`);
    return true;
  };
  await run('cmake', ['--build', folder, '--target', target, '--parallel', String(availableParallelism())], {
    env,
    onLine,
  });
}

const latest = new Map();

/** Brings a target up to date; quick when it is. One after the other in the folder of a preset. */
export function compile(preset, target) {
  const before = latest.get(preset) ?? Promise.resolve();
  const made = before.catch(() => {}).then(() => bringUpToDate(preset, target));
  latest.set(preset, made);
  return made;
}
