// `npm run size -- --wasm`: whose each byte of a module is, and what it costs compressed.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { orderOf } from '../../wasm/tasks/order_functions.mjs';
import { nameSection, readModule } from '../../wasm/tasks/wasm_module.mjs';
import { deflatedBits } from '../run/size/deflate.mjs';
import { families, familyOf, libraries, templates } from '../run/size/families.mjs';
import { ownersOf } from '../run/size/owners.mjs';
import { readSourceMap } from '../run/size/source_map.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const core = readdirSync(join(root, 'core'), { recursive: true }).filter((path) => /\.(h|cpp)$/.test(path));

test('every source of the engine is of a family, and every family has sources', () => {
  const of = core.map((path) => [path, familyOf(`core/${path}`)]);
  assert.deepEqual(
    of.filter(([, family]) => family === undefined),
    [],
  );
  const used = new Set([
    ...of.map(([, family]) => family),
    familyOf('wasm/bindings.cpp'),
    familyOf('../emsdk/system/lib/libc/sbrk.c'),
  ]);
  assert.deepEqual(
    families.filter(([name]) => !used.has(name)),
    [],
  );
});

test('every operator of layers and kernels is of a family of its own, not of the rest', () => {
  const rest = core.filter(
    (path) => /^(layers|kernels)\/.*\.cpp$/.test(path) && familyOf(`core/${path}`).startsWith('Layers:'),
  );
  assert.deepEqual(rest.map((path) => path.split('/')[1]).sort(), [
    'build_state.cpp',
    'node_builder.cpp',
    'peak.cpp',
    'registry.cpp',
    'value.cpp',
  ]);
});

const texts = {
  words: 'the tiger cat and the Egyptian cat, the tiger cat and the tabby cat; '.repeat(40),
  numbers: Array.from({ length: 30000 }, (_, i) => String.fromCharCode((i * i * 7919) % 251)).join(''),
  short: 'cat',
  zeros: '\0'.repeat(100_000),
};

for (const [name, text] of Object.entries(texts)) {
  test(`the bits of each byte are those of the whole stream: ${name}`, () => {
    const bytes = Buffer.from(text, 'latin1');
    const sum = deflatedBits(bytes).reduce((all, cost) => all + cost, 0);
    const whole = 8 * deflateRawSync(bytes, { level: 9 }).length;
    const ends = 8 + 15 * (1 + bytes.length / 8000); // the last byte's padding, and each block's end
    assert.ok(sum <= whole && sum > whole - ends, `${sum} of ${whole}`);
  });
}

test('what is repeated costs less than what is new', () => {
  const fresh = Buffer.from('qwertyuiopasdfghjklzxcvbnm0123456789');
  const costs = deflatedBits(Buffer.concat([fresh, fresh]));
  const sum = (from, to) => costs.subarray(from, to).reduce((all, cost) => all + cost, 0);
  assert.ok(sum(fresh.length, 2 * fresh.length) < sum(0, fresh.length) / 5);
});

const named = (name) => [name.length, ...Buffer.from(name)];
const section = (id, content) => [id, content.length, ...content];
const body = (length) => [length, ...new Array(length).fill(1)];
const imports = [2, ...named('a'), ...named('m'), 2, 0, 1, ...named('a'), ...named('f'), 0, 0];
const names = [2, 1, ...named('one'), 2, ...named('two')];
const wasm = new Uint8Array([
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...section(2, imports),
  ...section(10, [3, ...body(9), ...body(4), ...body(5)]),
  ...section(11, [0]),
  ...section(0, [...named('name'), 1, names.length, ...names]),
]);

test('functions of a module have places and names, its imports counted', () => {
  const { functions } = readModule(wasm);
  const code = 8 + 2 + imports.length + 3;
  assert.deepEqual(functions, [
    { name: 'one', start: code, end: code + 10 },
    { name: 'two', start: code + 10, end: code + 15 },
    { name: '', start: code + 15, end: code + 21 },
  ]);
});

test('bytes are of the family of their source, templates of that before them', () => {
  const module = readModule(wasm);
  const [one, two] = module.functions;
  const sources = ['../core/layers/softmax.cpp', '/usr/include/c++/vector', '../core/onnx/parse.cpp'];
  const marks = [
    { at: one.start + 2, source: sources[1] },
    { at: one.start + 3, source: sources[0] },
    { at: one.start + 5, source: sources[1] },
    { at: one.start + 7, source: sources[2] },
    { at: two.start + 1, source: sources[1] },
  ];
  const sizes = {};
  for (const { family, start, end } of ownersOf(module, marks, '/repository/build', '/repository')) {
    sizes[family] = (sizes[family] ?? 0) + end - start;
  }
  assert.equal(sizes[familyOf('core/layers/softmax.cpp')], 7);
  assert.equal(sizes[familyOf('core/onnx/parse.cpp')], 3);
  assert.equal(sizes[templates], 5);
  assert.equal(sizes[libraries], 6);
  assert.equal(sizes['Data: texts, tables of operators and of names'], 3);
});

test('a source map is read as it is written: steps in base 64, and places of no source', () => {
  assert.deepEqual(readSourceMap({ sources: ['a', 'b'], mappings: 'gBAAA,ICAA,E,CDAA' }), [
    { at: 16, source: 'a' },
    { at: 20, source: 'b' },
    { at: 22, source: undefined },
    { at: 23, source: 'a' },
  ]);
});

test('names are given as they are read', () => {
  const plain = wasm.subarray(0, readModule(wasm).sections.at(-1).start);
  const long = 'x'.repeat(300);
  const { functions } = readModule(Buffer.concat([plain, nameSection(['imported', 'first', long, 'third'])]));
  assert.deepEqual(
    functions.map(({ name }) => name),
    ['first', long, 'third'],
  );
});

test('functions that are alike lie side by side, each once', () => {
  const kinds = 5;
  const each = 8;
  const length = 200;
  const random = (i) => (Math.imul(i + 1, 2654435761) >>> 13) & 255;
  const bodies = Array.from({ length: kinds * each }, (_, i) =>
    Uint8Array.from({ length }, (_, at) => random(at % 50 === 0 ? i * length + at : (i % kinds) * 9973 + at)),
  );
  const functions = bodies.map((_, i) => ({ start: i * length, end: (i + 1) * length }));
  const order = orderOf(Buffer.concat(bodies), functions);
  assert.deepEqual(
    [...order].sort((a, b) => a - b),
    [...functions.keys()],
  );
  const changes = order.filter((f, i) => i > 0 && f % kinds !== order[i - 1] % kinds).length;
  assert.equal(changes, kinds - 1);
});
