// clang-format 19: Debian's, unpacked into the set-up folder.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { llvmLibraries, unpackTools, wrapTool } from './debian_tools.mjs';
import { lint as folder } from './paths.mjs';

const packages = ['clang-format-19', ...llvmLibraries];

export const clangFormat = join(folder, 'bin/clang-format');

/** Makes sure that it is there. */
export async function ensureLintTools() {
  await unpackTools('clang-format', folder, packages);
  await mkdir(join(folder, 'bin'), { recursive: true });
  await wrapTool(folder, clangFormat, 'lib/llvm-19/bin/clang-format');
}
