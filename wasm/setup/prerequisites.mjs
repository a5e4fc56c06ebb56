// Programs that must be on the machine before anything is built. Root on Debian installs what is missing; anyone else is
// told the line to type.
import { existsSync } from 'node:fs';
import { ask, run } from './run.mjs';
import { Problem, say } from './say.mjs';
import { atLeast, versionIn } from './version.mjs';

const onPath = (...names) => names.some((name) => ask('/bin/sh', ['-c', `command -v ${name}`]));
const recent = (program, version) => () => atLeast(versionIn(ask(program, ['--version'])) ?? '0.0', version);

const hasFont = (family) => (ask('fc-list', [family]) ?? '').includes(family);

const oldestNode = '20.19';

// what needs it, what it is, its Debian package, whether it is there
const table = [
  ['build', 'CMake 3.25 or later', 'cmake', recent('cmake', '3.25')],
  ['build', 'Ninja', 'ninja-build', () => onPath('ninja')],
  ['build', 'Python 3', 'python3', recent('python3', '3.8')],
  ['build', 'xz', 'xz-utils', () => onPath('xz')],
  ['build', 'bzip2', 'bzip2', () => onPath('bzip2')],
  ['native', 'a C++ compiler', 'g++', () => onPath('c++', 'g++', 'clang++')],
  ['fuzz', 'clang 19', 'clang-19', () => onPath('clang++-19')],
  ['fuzz', "clang 19's sanitizers and libFuzzer", 'libclang-rt-19-dev', () => existsSync('/usr/lib/llvm-19/lib/clang/19/lib')],
  ['fuzz', "clang 19's symbolizer", 'llvm-19', () => onPath('llvm-symbolizer-19')],
  ['fuzz', 'libraries of 32 bits', 'g++-multilib', () => existsSync('/usr/lib32/libstdc++.so.6')],
  ['browser', 'Chromium', 'chromium', () => Boolean(process.env.CHROMIUM) || onPath('chromium')],
  ['firefox', 'Firefox', 'firefox-esr', () => Boolean(process.env.FIREFOX) || onPath('firefox-esr')],
  // What Chromium shows for Arial on a machine without it; elsewhere text may be a fifth wider than on a reader's screen.
  ['browser', 'the Liberation fonts', 'fonts-liberation', () => !onPath('apt-get') || hasFont('Liberation Sans')],
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

/** Makes sure that the programs for these needs are there; throws with what to do otherwise. */
export async function ensurePrograms(needs) {
  if (!atLeast(process.versions.node, oldestNode)) {
    throw new Problem(`This is Node ${process.versions.node}: please install Node ${oldestNode} or later.`);
  }
  const missing = table.filter(([need, , , isThere]) => needs.includes(need) && !isThere());
  if (missing.length === 0) return;
  const names = missing.map(([, name]) => name).join(', ');
  const packages = missing.map(([, , name]) => name);
  if (!onPath('apt-get'))
    throw new Problem(`Missing: ${names}. Please install ${packages.length > 1 ? 'them' : 'it'} and try again.`);
  if (process.getuid?.() !== 0) {
    throw new Problem(
      `Missing: ${names}. Please type\n\n  sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}\n\nand try again.`,
    );
  }
  await install(packages);
}
