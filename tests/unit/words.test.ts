// What <smooth-grad> says of itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Progress } from '../../wasm/js/api/index.js';
import { describe } from '../../wasm/js/element/words.js';

const progress = { state: 'done', done: 4, goal: 4, unit: 'maps', target: 1 } as Progress;

test('class and count, below the map and to a screen reader', () => {
  assert.deepEqual(describe('done', 'A cat', progress, ['dog', 'cat']), {
    label: 'A cat, What speaks for "cat", 4 of 4 maps',
    caption: 'cat · 4 of 4 maps',
  });
});

test('why a map is empty is said in both', () => {
  const note = 'the gradient is zero everywhere: it is a test';
  const { label, caption } = describe('done', undefined, { ...progress, note }, []);
  assert.equal(label, `What speaks for "class 1", 4 of 4 maps, ${note}`);
  assert.equal(caption, `class 1 · 4 of 4 maps · ${note}`);
});
