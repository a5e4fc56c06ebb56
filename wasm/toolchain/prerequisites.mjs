// Programs that must be on the machine before anything is built. Root on Debian installs what is missing; anyone else is
// told the line to type.
import { ask, run } from './run.mjs';
import { Problem, say } from './say.mjs';
import { atLeast, versionIn } from './version.mjs';

const onPath = (...names) => names.some((name) => ask('/bin/sh', ['-c', `command -v ${name}`]));
const recent = (program, version) => () => atLeast(versionIn(ask(program, ['--version'])) ?? '0.0', version);

const oldestNode = '20.19';

// what it is, its Debian packages, whether it is there
const forBuild = [
  ['CMake 3.25 or later', ['cmake'], recent('cmake', '3.25')],
  ['Ninja', ['ninja-build'], () => onPath('ninja')],
  ['Python 3', ['python3'], recent('python3', '3.8')],
  ['xz', ['xz-utils'], () => onPath('xz')],
  ['bzip2', ['bzip2'], () => onPath('bzip2')],
];
const forTests = [
  ['a C++ compiler', ['g++'], () => onPath('c++', 'g++', 'clang++')],
  ['Chromium', ['chromium'], () => onPath('chromium', 'chromium-browser', 'google-chrome')],
];

async function install(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const attempt = (options) => run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env, ...options });
  say(`Installing ${packages.join(', ')} (apt-get)`);
  const { code } = await attempt({ mayFail: true });
  if (code === 0) return;
  await run('apt-get', ['update'], { env });
  await attempt();
}

/** Makes sure that the programs are there, those of the tests too where `tests`; throws with what to do otherwise. */
export async function ensurePrograms({ tests }) {
  if (!atLeast(process.versions.node, oldestNode)) {
    throw new Problem(`This is Node ${process.versions.node}: please install Node ${oldestNode} or later.`);
  }
  const missing = (tests ? [...forBuild, ...forTests] : forBuild).filter(([, , isThere]) => !isThere());
  if (missing.length === 0) return;
  const names = missing.map(([name]) => name).join(', ');
  const packages = missing.flatMap(([, wanted]) => wanted);
  if (!onPath('apt-get'))
    throw new Problem(`Missing: ${names}. Please install ${packages.length > 1 ? 'them' : 'it'} and try again.`);
  if (process.getuid?.() !== 0) {
    throw new Problem(
      `Missing: ${names}. Please type\n\n  sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}\n\nand try again.`,
    );
  }
  await install(packages);
}
