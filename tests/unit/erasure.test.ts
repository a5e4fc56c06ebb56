// What is said of a map when a tenth of the photo is blurred.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { erasureWords } from '../../web/main/erasure.js';

const words = (brightest: number, moved: number) => erasureWords({ before: 0.6, brightest, moved, darkest: 0.6 });

test('a map passes, passes in part, fails or says nothing, by what as many pixels do elsewhere', () => {
  assert.match(words(0.1, 0.5), /^It passes:/);
  assert.match(words(0.1, 0.7), /^It passes:/);
  assert.match(words(0.4, 0.45), /^It passes in part:/);
  assert.match(words(0.4, 0.3), /^It fails this test:/);
  assert.match(words(0.59, 0.6), /^It says nothing:/);
});
