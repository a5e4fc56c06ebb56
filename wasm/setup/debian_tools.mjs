// Programs of a later Debian, unpacked into a folder and run through their own dynamic loader, so that neither the host's
// libraries nor its packages matter.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadPackages } from './apt.mjs';
import { run } from './run.mjs';
import { say, sayPassing } from './say.mjs';
import { writeCommand } from './write.mjs';

/** What every program of LLVM 19 is linked with. */
export const llvmLibraries = [
  'libclang-cpp19',
  'libllvm19',
  'libz3-4',
  'libxml2',
  'libicu76',
  'libedit2',
  'libbsd0',
  'libmd0',
  'libtinfo6',
  'libzstd1',
  'zlib1g',
  'liblzma5',
  'libffi8',
  'libstdc++6',
  'libgcc-s1',
  'libc6',
];

const unused = [
  './usr/share/doc',
  './usr/share/man',
  './usr/share/locale',
  './usr/share/emscripten/test',
  './usr/lib/llvm-19/lib/*.a',
];

/** Unpacks the packages into folder/root, once: the stamp tells what is there. Resolves to whether it had to be done. */
export async function unpackTools(title, folder, packages, without = []) {
  const stamp = join(folder, 'stamp');
  const wanted = `${packages.join(' ')}\n`;
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return false;
  say(`${title}: fetching ${packages.length} packages from Debian`);
  const download = join(folder, 'download');
  const target = join(folder, 'root');
  await rm(folder, { recursive: true, force: true });
  await mkdir(download, { recursive: true });
  await mkdir(target);
  const files = await downloadPackages(packages, download);
  const excludes = [...unused, ...without].map((pattern) => `--exclude='${pattern}'`).join(' ');
  for (const [index, file] of files.entries()) {
    sayPassing(`${title}: unpacking ${index + 1} of ${files.length}`);
    await run('/bin/sh', ['-c', `dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" ${excludes}`, 'sh', file, target]);
  }
  await rm(download, { recursive: true });
  await writeFile(stamp, wanted);
  return true;
}

/** Writes `path`, a command that runs `binary` of folder/root with the libraries it was made for. */
export async function wrapTool(folder, path, binary, args = []) {
  const inRoot = (name) => join(folder, 'root/usr', name);
  const libraries = ['lib/x86_64-linux-gnu', 'lib/llvm-19/lib'].map(inRoot).join(':');
  const command = [inRoot('lib64/ld-linux-x86-64.so.2'), '--library-path', libraries].map((word) => `"${word}"`).join(' ');
  const rest = [inRoot(binary), ...args].map((word) => `"${word}"`).join(' ');
  await writeCommand(path, `exec ${command} --argv0 "$0" ${rest} "$@"`);
}
