// Text of others on a terminal: it says what it is, and does nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plain } from '../../wasm/js/cli/plain.js';

test('what a terminal would obey is written out', () => {
  assert.equal(plain('\u001b[31mred\u009b2J\u0007'), '\\u001b[31mred\\u009b2J\\u0007');
  assert.equal(plain('two\nlines\r\tand\u2028more'), 'two\\nlines\\r\\tand\\u2028more');
  assert.equal(plain('cat\u202egnp.exe'), 'cat\\u202egnp.exe');
});

test('words of all scripts stay as they are', () => {
  for (const text of ['größe 100% #1', '猫 🐈', 'קֶשֶׁת', '👩‍👧', '<img src=x onerror=alert(1)>']) assert.equal(plain(text), text);
});

test('JSON keeps its meaning', () => {
  for (let code = 0; code < 0x2100; code++) {
    const name = `a${String.fromCharCode(code)}b`;
    assert.equal(JSON.parse(plain(JSON.stringify({ name }))).name, name);
  }
});
