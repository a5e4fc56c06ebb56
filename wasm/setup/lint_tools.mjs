// clang-format and clang-tidy 19: Debian's, unpacked into folders of the set-up. clang-tidy, which is large, has one of its own
// that only those fetch who run it.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { llvmLibraries, unpackTools, wrapTool } from './debian_tools.mjs';
import { lint as folder, tools } from './paths.mjs';

const packages = ['clang-format-19', ...llvmLibraries];
const tidyFolder = join(tools, 'tidy');
const tidyPackages = ['clang-tidy-19', 'libclang-common-19-dev', ...llvmLibraries];

export const clangFormat = join(folder, 'bin/clang-format');
export const clangTidy = join(tidyFolder, 'bin/clang-tidy');

/** Makes sure that it is there. */
export async function ensureLintTools() {
  await unpackTools('clang-format', folder, packages);
  await mkdir(join(folder, 'bin'), { recursive: true });
  await wrapTool(folder, clangFormat, 'lib/llvm-19/bin/clang-format');
}

export async function ensureClangTidy() {
  await unpackTools('clang-tidy', tidyFolder, tidyPackages);
  await mkdir(join(tidyFolder, 'bin'), { recursive: true });
  // Its own headers, which it would look for beside the loader that runs it.
  const headers = join(tidyFolder, 'root/usr/lib/llvm-19/lib/clang/19');
  await wrapTool(tidyFolder, clangTidy, 'lib/llvm-19/bin/clang-tidy', [`--extra-arg=-resource-dir=${headers}`]);
}
