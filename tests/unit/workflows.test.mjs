// What GitHub runs is what is run here; and what names the version of the package names the one.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { library, modelLibraries } from '../../wasm/setup/paths.mjs';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { scripts, version } = JSON.parse(read('package.json'));
const workflows = readdirSync(new URL('../../.github/workflows', import.meta.url)).map((name) => `.github/workflows/${name}`);

test('workflows run scripts of package.json', () => {
  const called = workflows.flatMap((path) => [...read(path).matchAll(/run: npm (?:run )?([\w:]+)/g)].map(([, name]) => name));
  assert.ok(called.length >= 5);
  assert.deepEqual(
    called.filter((name) => name !== 'install' && !(name in scripts)),
    [],
  );
});

test('every package is packed, and published before what depends on it', () => {
  const publish = read('.github/workflows/publish.yml');
  const [model, own] = [...(/for file in (.*); do/.exec(publish)?.[1] ?? '').split(' ')];
  const matches = (glob, name) => new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(name);
  const folders = /for package in (\S+); do/.exec(publish)?.[1] ?? '';
  for (const name of [library, ...modelLibraries].map((folder) => basename(folder))) {
    assert.ok(matches(folders, `dist/${name}/`), name);
    const globs = [model, own].filter((glob) => matches(glob, `packed/${name}-${version}.tgz`));
    assert.deepEqual(globs, [name === basename(library) ? own : model]);
  }
});

test('what publishes has a Node that trusted publishers take', () => {
  const { groups } = /node-version: (?<major>\d+)/.exec(read('.github/workflows/publish.yml')) ?? {};
  assert.ok(Number(groups?.major) > 22);
});

test('addresses with a version have this one', () => {
  const named = ['README.md', 'wasm/README.md'].flatMap((path) => [...read(path).matchAll(/smoothgrad@([\d.]+)/g)]);
  assert.ok(named.length >= 2);
  for (const [address, found] of named) assert.equal(found, version, address);
});
