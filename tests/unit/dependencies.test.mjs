// What others wrote: of exact versions, checked by digests, and named with its licence wherever it is bundled.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../wasm/setup/paths.mjs';
import { licencesOf } from '../../wasm/tasks/licences.mjs';
import { nodeOnly, optional } from '../../wasm/tasks/manifests.mjs';
import { tools } from '../packages/tools.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const { dependencies, devDependencies } = JSON.parse(read('package.json'));

test('every version is exact', () => {
  const installed = Object.assign({}, dependencies, devDependencies, ...tools.map(({ install }) => install));
  for (const [name, version] of Object.entries(installed)) assert.match(version, exact, name);
  const lines = read('models/requirements.txt')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  for (const line of lines) assert.match(line, /^\w+==[\d.]+$/);
});

test('every package of the lock has a digest, and no address', () => {
  const { packages } = JSON.parse(read('package-lock.json'));
  for (const [path, { integrity, resolved }] of Object.entries(packages)) {
    if (path === '') continue;
    assert.match(integrity ?? '', /^sha512-/, path);
    assert.equal(resolved, undefined, path);
  }
});

test('what is bundled has its licence in the list of where it is', () => {
  const listed = Object.values(licencesOf).flat();
  for (const [title, path] of listed.filter(([, path]) => path.includes('node_modules'))) assert.ok(existsSync(path), title);
  const installedBeside = [...nodeOnly, ...Object.keys(optional)];
  for (const name of Object.keys(dependencies).filter((name) => !installedBeside.includes(name)))
    assert.ok(
      listed.some(([, path]) => path.includes(`node_modules/${name}/`)),
      name,
    );
});

test('each has a line in the README that says why', () => {
  const readme = read('README.md').toLowerCase();
  for (const name of Object.keys(dependencies)) assert.ok(readme.includes(name.toLowerCase()), name);
});
