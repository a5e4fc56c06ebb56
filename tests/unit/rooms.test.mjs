// Which room of wasm/js may import which: arrows point one way. Entries, the files beside the rooms, may import any room.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../wasm/js');

/** api and options are one floor: what a caller says, and the table that its types come from. */
const may = {
  api: ['options'],
  options: ['api'],
  rpc: ['api', 'options'],
  client: ['api', 'options', 'rpc'],
  worker: ['api', 'options', 'rpc'],
  node: ['api', 'rpc', 'client', 'worker'],
  element: ['api', 'options', 'client', 'index.ts'],
  cli: ['api', 'options', 'client', 'node', 'study', 'node.ts'],
  reference: ['options', 'element'],
  study: ['api', 'client', 'cli', 'node'],
  training: ['api', 'options', 'rpc', 'client', 'worker'],
};

/** `client/engine_client.ts` is in client; `index.ts` is an entry. */
const roomOf = (path) => (path.includes('/') ? path.split('/')[0] : undefined);

function importsOf(source) {
  return [...source.matchAll(/(?:from|import) '(\.[^']*)\.js'|import\('(\.[^']*)\.js'\)/g)].map(([, a, b]) => `${a ?? b}.ts`);
}

/** What a file of a room imports and may not. */
function breaches(path, source) {
  const room = roomOf(path);
  if (room === undefined) return [];
  return importsOf(source)
    .map((address) => normalize(join(dirname(path), address)))
    .filter((target) => {
      const to = roomOf(target) ?? target;
      return to !== room && !may[room]?.includes(to);
    })
    .map((target) => `${path} imports ${target}`);
}

const files = readdirSync(root, { recursive: true })
  .map((name) => relative(root, join(root, name)))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'));

test('no room imports one that it may not', () => {
  assert.ok(files.length > 60);
  const wrong = files.flatMap((path) => breaches(path, readFileSync(join(root, path), 'utf8')));
  assert.deepEqual(wrong, []);
});

test('every room is in the table, and nothing else', () => {
  const rooms = new Set(files.map(roomOf).filter((room) => room !== undefined));
  assert.deepEqual([...rooms].sort(), Object.keys(may).sort());
});

test('an import that breaks it is found', () => {
  assert.deepEqual(breaches('worker/x.ts', "import { a } from '../client/engine_client.js';"), [
    'worker/x.ts imports client/engine_client.ts',
  ]);
  assert.deepEqual(breaches('client/x.ts', "import type { B } from '../index.js';"), ['client/x.ts imports index.ts']);
  assert.deepEqual(breaches('client/x.ts', "export * from '../api/errors.js';\nimport './y.js';"), []);
});

test('what runs on a page or in a worker knows no Node, and what runs in a worker no page', () => {
  const saysNode = files
    .filter((path) => ['api', 'options', 'rpc', 'client', 'element', 'worker'].includes(roomOf(path)))
    .filter((path) => /from 'node:|from 'sharp'/.test(readFileSync(join(root, path), 'utf8')));
  assert.deepEqual(saysNode, []);
});
