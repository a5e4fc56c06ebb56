// clang-format and clang-tidy 19: Debian's, unpacked into the set-up folder.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { llvmLibraries, unpackTools, wrapTool } from './debian_tools.mjs';
import { lint as folder } from './paths.mjs';

const packages = ['clang-format-19', 'clang-tidy-19', 'libclang-common-19-dev', ...llvmLibraries];

export const clangFormat = join(folder, 'bin/clang-format');
export const clangTidy = join(folder, 'bin/clang-tidy');
export const clangTidyOptions = [`--extra-arg=-resource-dir=${join(folder, 'root/usr/lib/llvm-19/lib/clang/19')}`];

/** Makes sure that both are there. */
export async function ensureLintTools() {
  await unpackTools('clang-format and clang-tidy', folder, packages);
  await mkdir(join(folder, 'bin'), { recursive: true });
  await wrapTool(folder, clangFormat, 'lib/llvm-19/bin/clang-format');
  await wrapTool(folder, clangTidy, 'lib/llvm-19/bin/clang-tidy');
}
