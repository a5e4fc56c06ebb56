// Numbers of the colour key.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endWords } from '../../web/common/colour_key.js';
import { shortNumber } from '../../web/common/numbers.js';

test('two digits that say something', () => {
  const words = [0, 0.8341, -0.5, 12.3, 1234, 0.00123, 0.000123, -4.56e-9, 2.5e7].map(shortNumber);
  assert.deepEqual(words, ['0', '0.83', '−0.5', '12', '1,200', '0.0012', '1.2 × 10⁻⁴', '−4.6 × 10⁻⁹', '2.5 × 10⁷']);
});

test('a cap says that there are larger values, and one value has no two ends', () => {
  const ends = (low: number, high: number, signed: boolean, percentile: number) =>
    Object.values(endWords({ scale: { low, high }, signed, percentile }));
  assert.deepEqual(ends(0, 2, false, 99), ['0', '≥ 2']);
  assert.deepEqual(ends(0, 2, false, 100), ['0', '2']);
  assert.deepEqual(ends(-2, 2, true, 99), ['≤ −2', '≥ 2']);
  assert.deepEqual(ends(3, 3, false, 99), ['3', '3']);
});
