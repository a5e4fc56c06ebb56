// What can be trusted of a map, and what it takes until more can: figures of one run a photo (EfficientNet-Lite0, noise 0.15, seed
// 1; 2026-11-28, this repository's own reliability()), each from 41 samples and where single pixels reach 0.95.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trustOf, trustWords } from '../../web/main/trust.js';

const at41 = [
  { photo: 'rocket', pixels: 0.847, takes: 255 },
  { photo: 'astronaut', pixels: 0.848, takes: 210 },
  { photo: 'coffee', pixels: 0.803, takes: 325 },
  { photo: 'chelsea', pixels: 0.78, takes: 465 },
  { photo: 'camera', pixels: 0.812, takes: 315 },
];

test('how many samples single pixels take is known from the first forty', () => {
  for (const { photo, pixels, takes } of at41) {
    const { trusted, next } = trustOf({ samples: 41, shapes: 0.99, details: 0.96, pixels });
    assert.deepEqual(trusted, ['shapes', 'details']);
    assert.equal(next?.scale, 'pixels');
    assert.ok(Math.abs((next?.samples ?? 0) / takes - 1) < 0.15, `${photo}: ${next?.samples}, not ${takes}`);
  }
});

test('details of the cat, from 27 samples on', () => {
  const { trusted, next } = trustOf({ samples: 27, shapes: 0.96, details: 0.84, pixels: 0.735 });
  assert.deepEqual(trusted, ['shapes']);
  assert.equal(next?.scale, 'details');
  assert.ok(Math.abs((next?.samples ?? 0) / 120 - 1) < 0.15, `${next?.samples}`);
});

test('a coarse scale that is not trusted keeps finer ones from being', () => {
  assert.deepEqual(trustOf({ samples: 9, shapes: 0.9, details: 0.96, pixels: 0.97 }).trusted, []);
});

test('it is said in words, with what comes next and when', () => {
  const found = { samples: 41, shapes: 0.99, details: 0.96, pixels: 0.847 };
  assert.deepEqual(trustWords(found, 50, 1000), [
    'Large shapes and details can be trusted.',
    'Single pixels take some 190 samples more, about 10 s.',
  ]);
  assert.match(trustWords(found, 50, 50).join(' '), /, beyond the 50 asked for\.$/);
  assert.deepEqual(trustWords({ samples: 300, shapes: 0.999, details: 0.995, pixels: 0.96 }, 50, 1000), [
    'Large shapes, details, and single pixels can be trusted.',
    'More samples change little.',
  ]);
  assert.deepEqual(trustWords({ samples: 8, shapes: 0, details: 0, pixels: 0 }, 50, 1000), [
    'Nothing of it can be trusted yet.',
  ]);
  assert.match(
    trustWords({ samples: 8, shapes: 0.6, details: 0.3, pixels: 0.2 }, 50_000, 1000).join(' '),
    /Large shapes take .* min/,
  );
});
