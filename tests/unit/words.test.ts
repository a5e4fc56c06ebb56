// What <smooth-grad> says of itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Progress } from '../../wasm/js/api/index.js';
import { english } from '../../wasm/js/element/texts/en.js';
import { japanese } from '../../wasm/js/element/texts/ja.js';
import { describe } from '../../wasm/js/element/words.js';

const progress = { state: 'done', done: 4, goal: 4, unit: 'maps', target: 1 } as Progress;

test('class and count, below the map and to a screen reader', () => {
  assert.deepEqual(describe(english, 'done', 'A cat', progress, ['dog', 'cat']), {
    label: 'A cat, What speaks for "cat", 4 of 4 maps',
    caption: 'cat · 4 of 4 maps',
  });
});

test('why a map is empty is said in both', () => {
  const note = 'the gradient is zero everywhere: it is a test';
  const { label, caption } = describe(english, 'done', undefined, { ...progress, note }, []);
  assert.equal(label, `What speaks for "class 1", 4 of 4 maps, ${note}`);
  assert.equal(caption, `class 1 · 4 of 4 maps · ${note}`);
});

test('in Japanese nothing is said in English', () => {
  const scaled = { ...progress, samples: 4, difference: 'scaled', unit: 'samples', versus: 0 } as unknown as Progress;
  const said = [
    describe(japanese, 'paused', undefined, { ...progress, versus: 0 }, []),
    describe(japanese, 'error', undefined, scaled, []),
    describe(japanese, 'empty', undefined, undefined, []),
    describe(japanese, 'loading', undefined, undefined, []),
  ].flatMap(({ label, caption }) => [label, caption]);
  for (const words of [...said, japanese.play, japanese.pause, japanese.retry]) assert.doesNotMatch(words, /[a-z]/i);
  assert.equal(said[0], '「クラス0」ではなく「クラス1」とする根拠、4マップ中4、一時停止中');
});
