// What the zoo says of its rows: how far arrays are apart, which refusals are one kind, and a table that leaves nothing out.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { families, missing, readNetworks } from '../../models/zoo/networks.mjs';
import { distance, readNpy } from '../../models/zoo/npy.mjs';
import { markdown, refusalKind } from '../../models/zoo/table.mjs';

test('the distance is relative, leaves out what was not measured, and is infinite for another shape', () => {
  assert.equal(distance([3, 4], [3, 4]), 0);
  assert.equal(distance([3, 9], [3, 4]), 1);
  assert.equal(distance([3, 9, 7], [3, Number.NaN, 7]), 0);
  assert.equal(distance([3], [3, 4]), Number.POSITIVE_INFINITY);
  assert.ok(Number.isNaN(distance([Number.NaN], [1])));
});

test('an .npy file of float64 is read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zoo-'));
  const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }".padEnd(117);
  const head = Buffer.from(`\x93NUMPY\x01\x00v\x00${header}\n`, 'latin1');
  writeFileSync(join(folder, 'x.npy'), Buffer.concat([head, Buffer.from(new Float64Array([1.5, -2]).buffer)]));
  assert.deepEqual([...(await readNpy(join(folder, 'x.npy')))], [1.5, -2]);
  rmSync(folder, { recursive: true });
});

test('refusals that differ in names of nodes and in numbers are one kind', () => {
  const said = (node, rank) => `node '${node}' (MatMul): rank ${rank} is not supported; supported are Add, Mul\nmore`;
  assert.equal(refusalKind(said('a', 3)), refusalKind(said('b.c', 5)));
  assert.notEqual(refusalKind(said('a', 3)), refusalKind("node 'a' (Gemm): rank 3 is not supported"));
});

test('every network is listed once, by a family whose packages are known', () => {
  const names = readNetworks().map(({ family, name }) => `${family} ${name}`);
  assert.equal(new Set(names).size, names.length);
  const count = (family) => names.filter((name) => name.startsWith(`${family} `)).length;
  assert.deepEqual(families.map(count), [80, 60, 12, 9]);
  assert.deepEqual(missing('keras', { onnx: '1', keras: '3' }), ['tf2onnx']);
});

test('the table has every row: what matched, differed, was refused and was not run', () => {
  const row = { family: 'timm', size: 64, exporter: 'dynamo', batch: 'static', float32Error: 1e-6 };
  const text = markdown({
    head: '',
    limit: 1e-3,
    rows: [
      { ...row, name: 'one', match: true, logits: 1e-7, gradient: 2e-6, ms: 3.21, share: 0.62 },
      { ...row, name: 'two', match: false, logits: 1, gradient: 1 },
      { ...row, name: 'near', match: false, asFramework: true, logits: 1e-5, gradient: 2e-3 },
      { ...row, name: 'three', refusal: "node 'x': operator Foo is not supported; supported are Add" },
      { ...row, name: 'four', skipped: 'the venv has no timm' },
    ],
    nodes: [
      { name: 'test_a', operators: ['Add'], match: true, logits: 0, gradient: 0 },
      { name: 'test_b', operators: ['Add'], skipped: 'random by definition' },
    ],
  });
  assert.match(text, /\| timm \| 4 \| 1 \| 1 \| 1 \| 1 \| 25 % \| 1 \|/);
  assert.match(text, /\| one \| 64 \| dynamo \| yes \| 1e-7 \| 2e-6 \| - \| 3\.21 \| 62 % \| 1e-6 \|/);
  assert.match(text, /\*\*differs\*\*/);
  assert.match(text, /1\. node '…': operator Foo is not supported \(1 files; three\)/);
  assert.match(text, /- timm: the venv has no timm \(1\): four/);
  assert.match(text, /Of 2 tests .*, 1 fit/);
});
