// What GitHub runs is what is run here; and what names the version of the package names the one.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

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

test('addresses with a version have this one', () => {
  const named = ['README.md', 'wasm/README.md'].flatMap((path) => [...read(path).matchAll(/smoothgrad@([\d.]+)/g)]);
  assert.ok(named.length >= 2);
  for (const [address, found] of named) assert.equal(found, version, address);
});
