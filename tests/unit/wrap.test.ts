// Lines of a saved picture: between words of English, between signs of Japanese, and never before what closes or behind what opens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wrap } from '../../web/common/picture.js';

const measure = (text: string) => [...text].length;

test('English breaks at spaces, and a long word stands alone', () => {
  assert.deepEqual(wrap('the quick brown fox', 9, measure), ['the quick', 'brown fox']);
  assert.deepEqual(wrap('a SmoothGrad-Squared map', 8, measure), ['a', 'SmoothGrad-Squared', 'map']);
  assert.deepEqual(wrap('', 8, measure), ['']);
});

test('Japanese breaks between signs, by its rules, and loses none', () => {
  const words = '「ミサイル」の根拠(確率42.5%): SmoothGrad、ノイズを除去した大きさ、60サンプル。線の左側は勾配。';
  for (let width = 12; width < 40; width++) {
    const lines = wrap(words, width, measure);
    assert.equal(lines.join('').replaceAll(' ', ''), words.replaceAll(' ', ''));
    for (const line of lines) {
      assert.ok(measure(line) <= width, `${width}: ${line}`);
      assert.doesNotMatch(line, /^[、。」)ーッ%]|[「(]$/, `${width}`);
    }
    assert.ok(lines.length <= Math.ceil(measure(words) / (width - 10)), `${width}`);
  }
});
