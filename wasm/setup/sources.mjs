// The C++ sources that are built from: upstream's own archives as Debian keeps them, by name and sha256. On Debian they come
// from the machine's mirror, elsewhere from Debian's archive of everything it ever published.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { debianMirror } from './apt.mjs';
import { sources as folder } from './paths.mjs';
import { run } from './run.mjs';
import { Problem, say } from './say.mjs';

const archive = 'https://snapshot.debian.org/archive/debian/20250801T000000Z';

// `parts`: what is unpacked of it. `strip`: whether everything lies in one folder.
const table = [
  {
    name: 'xnnpack', // 2024-11-08
    path: 'x/xnnpack/xnnpack_0.0~git20241108.4ea82e5.orig.tar.xz',
    sha256: '90bde2caef0f880f627bab0dc805a86c4b8070cd98e3243db3046ab3f3be1a99',
    parts: ['LICENSE', 'include', 'src/xnnpack', 'src/f32-gemm', 'src/f32-igemm'],
  },
  {
    name: 'catch2',
    path: 'c/catch2/catch2_3.7.1.orig.tar.gz',
    sha256: 'c991b247a1a0d7bb9c39aa35faf0fe9e19764213f28ffba3109388e62ee0269c',
    parts: ['LICENSE.txt', 'extras'],
  },
  {
    name: 'eigen',
    path: 'e/eigen3/eigen3_3.4.0.orig.tar.bz2',
    sha256: 'b4c198460eba6f28d34894e3a5710998818515104d6e74e5cc331ce31e46e626',
    parts: ['COPYING.MPL2', 'Eigen'],
  },
  {
    name: 'protozero',
    path: 'p/protozero/protozero_1.8.1.orig.tar.gz',
    sha256: '6c7a896f1dc08435e8cd4f3780ff688cd0bfce6890599b755f6f3cb36398dc25',
    parts: ['LICENSE.md', 'include'],
  },
];

const digest = async (file) =>
  createHash('sha256')
    .update(await readFile(file).catch(() => ''))
    .digest('hex');

async function download({ path, sha256 }, mirror, file) {
  const fetchers = [
    mirror && ['/usr/lib/apt/apt-helper', 'download-file', `${mirror}/pool/main/${path}`, file],
    ['curl', '-fsSL', '-o', file, `${archive}/pool/main/${path}`],
  ].filter(Boolean);
  for (const [command, ...args] of fetchers) {
    const { code, output } = await run(command, args, { mayFail: true });
    if (code !== 0) say(`${basename(path)}: ${output.trim().split('\n').at(-1)}`);
    else if ((await digest(file)) === sha256) return;
    else
      throw new Problem(
        `${args.find((word) => word.includes('://'))} is not the file it was: its sha256 is ${await digest(file)}, not ${sha256}`,
      );
  }
  throw new Problem(`${basename(path)} could not be downloaded: is this machine online?`);
}

async function unpack({ parts }, file, target) {
  const { output } = await run('tar', ['-tf', file]);
  const top = output.split('\n')[0].replace(/^\.\//, '').split('/')[0];
  const inFolder = output.split('\n').every((line) => line === top || line.startsWith(`${top}/`));
  const prefix = inFolder ? `${top}/` : '';
  await run('tar', [
    '-xf',
    file,
    '-C',
    target,
    `--strip-components=${inFolder ? 1 : 0}`,
    ...parts.map((part) => prefix + part),
  ]);
}

async function ensureSource(source, mirror) {
  const target = join(folder, source.name);
  const file = join(folder, basename(source.path));
  say(`Sources: ${source.name}`);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await download(source, await mirror(), file);
  await unpack(source, file, target);
  await rm(file);
  await writeFile(join(target, '.stamp'), stampOf(source));
}

const stampOf = ({ sha256, parts }) => `${sha256} ${parts.join(' ')}\n`;

/** Makes sure that the sources are there. */
export async function ensureSources() {
  let known;
  const mirror = () => (known ??= debianMirror());
  for (const source of table) {
    const stamp = await readFile(join(folder, source.name, '.stamp'), 'utf8').catch(() => '');
    if (stamp !== stampOf(source)) await ensureSource(source, mirror);
  }
}
