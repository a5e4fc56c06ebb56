// Debian's archive without root and without touching the host: its mirror, as the machine's own apt names it, and an apt
// of our own (lists, cache and status in a folder) that downloads the packages of a later release, signatures checked.

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';
import { Problem, sayPassing } from './say.mjs';

const suite = 'trixie';
const keyrings = ['gpg', 'pgp'].map((ending) => `/usr/share/keyrings/debian-archive-keyring.${ending}`);

/** Address of the Debian mirror that this machine uses, or undefined where it is not a Debian. */
export async function debianMirror() {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const codename = release.match(/^VERSION_CODENAME=(\w+)/m)?.[1];
  if (!/^ID=debian$/m.test(release) || !codename) return undefined;
  const { output } = await run('apt-get', ['update', '--print-uris'], { mayFail: true });
  return output.match(new RegExp(`'([^']*)/dists/${codename}/InRelease'`))?.[1];
}

async function privateApt(folder, mirror) {
  for (const part of ['parts', 'lists/partial', 'cache/archives/partial', 'state'])
    await mkdir(join(folder, part), { recursive: true });
  const keyring = keyrings.find(existsSync);
  await writeFile(join(folder, 'sources.list'), `deb ${keyring ? `[signed-by=${keyring}] ` : ''}${mirror} ${suite} main\n`);
  await writeFile(join(folder, 'status'), '');
  const settings = {
    'Dir::Etc::sourcelist': join(folder, 'sources.list'),
    'Dir::Etc::sourceparts': '-',
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': join(folder, 'parts'),
    'Dir::State': join(folder, 'state'),
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': join(folder, 'cache'),
    'Debug::NoLocking': '1',
    'APT::Sandbox::User': userInfo().username, // the default, _apt, may not write here
    'Acquire::Languages': 'none',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false',
  };
  return Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
}

/** Downloads packages (without their dependencies) into `folder`; resolves to the paths of the .deb files. */
export async function downloadPackages(packages, folder) {
  const mirror = await debianMirror();
  if (!mirror || process.arch !== 'x64') {
    throw new Problem(
      'This is not Debian on x86-64: please install the Emscripten SDK (3.1.58 or later) and put its emcc on PATH.',
    );
  }
  const options = await privateApt(join(folder, 'apt'), mirror);
  sayPassing(`Reading Debian's list of packages (${suite})`);
  await run('apt-get', [...options, 'update']);
  let count = 0;
  const onLine = (line) => {
    if (line.startsWith('Get:')) sayPassing(`Fetching ${line.split(' ')[4]} (${++count} of ${packages.length})`);
  };
  await run('apt-get', [...options, 'download', ...packages], { cwd: folder, onLine });
  return (await readdir(folder)).filter((name) => name.endsWith('.deb')).map((name) => join(folder, name));
}
