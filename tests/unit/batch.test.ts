// The plain functions of smoothgrad batch: patterns, names of files, shares.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonical } from '../../wasm/js/cli/batch/digest.js';
import { fileNameOf } from '../../wasm/js/cli/batch/file_name.js';
import { patternOf } from '../../wasm/js/cli/batch/find_photos.js';
import { duration } from '../../wasm/js/cli/batch/progress.js';
import { isOf } from '../../wasm/js/cli/batch/share.js';

test('patterns match as in a shell', () => {
  for (const [pattern, yes, no] of [
    ['a/*.jpg', ['a/b.jpg', 'a/.jpg'], ['a/b/c.jpg', 'a/b_jpg', 'b.jpg']],
    ['a/**/*.jpg', ['a/b.jpg', 'a/b/c/d.jpg'], ['b/c.jpg', 'a/b.png']],
    ['?.{png,jp?g}', ['a.png', 'b.jp_g'], ['aa.png', 'a.webp']],
    ['[a-c][!x]+(1).png', ['ab+(1).png'], ['ax+(1).png', 'db+(1).png']],
    ['{a,b}/c,d}', ['a/c,d}', 'b/c,d}'], ['a/cd']],
  ] as const) {
    for (const path of yes) assert.match(path, patternOf(pattern));
    for (const path of no) assert.doesNotMatch(path, patternOf(pattern));
  }
});

test('an id is the name of one file below the folder', () => {
  const ids = [
    'a/b.png',
    '/a/b.png',
    '../a',
    './a',
    'a//b',
    '%',
    '',
    'a:b',
    'a%3Ab',
    'é',
    'x'.repeat(300),
    `${'x'.repeat(299)}y`,
    'a\\b',
  ];
  const names = ids.map(fileNameOf);
  assert.equal(names[0], 'a/b.png');
  assert.equal(new Set(names).size, ids.length);
  for (const name of names) {
    assert.match(name, /^[\w.%+=@,() -]+(\/[\w.%+=@,() -]+)*$/);
    assert.ok(name.split('/').every((part) => part.length < 200 && !/^\.+$/.test(part)));
  }
});

test('an id is of one share, and shares are about equal', () => {
  const sizes = Array.from({ length: 7 }, (_, i) => {
    const share = { index: i + 1, count: 7 };
    return Array.from({ length: 7000 }, (_, id) => isOf(`photos/${id}.jpg`, share)).filter(Boolean).length;
  });
  assert.equal(
    sizes.reduce((a, b) => a + b),
    7000,
  );
  // Five standard deviations.
  for (const size of sizes) assert.ok(Math.abs(size - 1000) < 150, String(size));
});

test('what is the same is written the same', () => {
  assert.equal(canonical({ b: [{ y: 1, x: 2n }], a: null }), '{"a":null,"b":[{"x":"2","y":1}]}');
});

test('durations are read at a glance', () => {
  assert.deepEqual([0.2, 89, 90, 3599, 3601, 40_000].map(duration), [
    '1 s',
    '89 s',
    '2 min',
    '1 h 00 min',
    '1 h 01 min',
    '11 h 07 min',
  ]);
});
