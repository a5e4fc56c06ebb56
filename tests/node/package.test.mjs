// What the built packages are: what they name, what they bring along, and that nothing is in them twice.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { library, modelLibraries } from '../../wasm/setup/paths.mjs';

const manifest = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const own = manifest(library);
const namesOf = async (file) => Object.keys(await import(pathToFileURL(join(library, file)).href)).sort();
const files = readdirSync(library, { recursive: true }).filter((name) => statSync(join(library, name)).isFile());

/** What is said to be exported: Node finds no package of a photo model beside a folder that is not installed. */
const saidBy = (file) => {
  const [, names] = /export \{([^}]*)\};?\s*$/.exec(readFileSync(join(library, file), 'utf8'));
  return names.split(',').map((name) => name.trim().split(' ').at(-1));
};

test('a name is there in Node, on a plain page and for bundlers', async () => {
  const names = await namesOf('node.js');
  assert.ok(names.length > 20);
  assert.deepEqual(await namesOf('index.js'), names);
  assert.deepEqual(saidBy('index_shared.js').sort(), names);
  assert.deepEqual(saidBy('element_shared.js').sort(), await namesOf('element.js'));
});

test('bundlers find the photo models without an import of its own', () => {
  const pieces = files
    .filter((name) => /^[\w]+\.js$/.test(name))
    .map((name) => [name, readFileSync(join(library, name), 'utf8')]);
  for (const name of Object.keys(own.dependencies).filter((name) => name.startsWith('smoothgrad-'))) {
    const holding = (text) => pieces.filter(([, code]) => code.includes(text)).map(([file]) => file);
    assert.equal(holding(`from "${name}"`).length, 1, name);
    // Node's, and those of plain pages, which no bundler sees.
    const later = holding(`import("${name}")`).filter((file) => !/^(index|element)\.js$/.test(file));
    for (const file of later) assert.match(file, /^node/, name);
  }
});

test('no file is in it twice', () => {
  const known = new Map();
  // Two files may have the same types, and types of what exports nothing are of one line.
  for (const name of files.filter((name) => !name.endsWith('.d.ts'))) {
    const digest = createHash('sha256')
      .update(readFileSync(join(library, name)))
      .digest('hex');
    assert.equal(known.get(digest), undefined, name);
    known.set(digest, name);
  }
});

test('what only some need comes with nobody else', () => {
  const brought = Object.keys(own.dependencies).filter((name) => !name.startsWith('smoothgrad-'));
  assert.deepEqual(brought.sort(), ['cli-progress', 'commander']);
  for (const name of Object.keys(own.peerDependencies)) assert.equal(own.peerDependenciesMeta[name].optional, true, name);
});

test('all packages have one version, a licence and a README', () => {
  for (const folder of [library, ...modelLibraries]) {
    const { name, version, license } = manifest(folder);
    assert.equal(version, own.version, name);
    assert.ok(license, name);
    for (const file of ['LICENSE', 'README.md']) assert.ok(existsSync(join(folder, file)), `${name}: ${file}`);
    if (folder !== library) assert.equal(own.dependencies[name], version);
  }
  assert.ok(existsSync(join(library, 'THIRD_PARTY.txt')));
});
