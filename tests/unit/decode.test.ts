// Why a photo cannot be read, of what the decoder says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonOf } from '../../wasm/js/node/decode.js';

test('the reason is the first line that says something of this photo, without the names of libraries', () => {
  for (const [said, reason] of [
    ['Unknown error', ''],
    ['VipsForeignLoad: buffer is not in a known format', ''],
    ['VipsForeignLoad: buffer is not in a known format\npngload_buffer: libpng read error', ': libpng read error'],
    ['Input buffer has corrupt header: pngload_buffer: libpng read error', ': libpng read error'],
    ['Input buffer contains unsupported image format', ': its bytes are of no kind of picture that is known here'],
  ] as const) {
    assert.equal(reasonOf(new Error(said)), reason, said);
  }
});
