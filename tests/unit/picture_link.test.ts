// A picture as text in an address, and back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText, toText } from '../../web/main/picture_link.js';

test('bytes become letters that every address takes, and come back', () => {
  for (const length of [1, 2, 3, 4, 256, 70_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 89 + 251) % 256);
    const text = toText(bytes);
    assert.match(text, /^[\w-]+$/);
    assert.deepEqual(fromText(text), bytes);
  }
});

test('what is no such text is refused', () => {
  assert.throws(() => fromText(''), /letters/);
  assert.throws(() => fromText('ab c'), /letters/);
  assert.throws(() => fromText('ab='), /letters/);
  assert.throws(() => fromText('abcde'));
  assert.throws(() => fromText('a'.repeat(1_000_001)), /too long/);
});
