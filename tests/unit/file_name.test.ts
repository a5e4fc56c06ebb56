// What a saved file is called: as a person would, and so that every file system takes it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileName } from '../../web/common/file_name.js';

test('what is on it, how it was made', () => {
  assert.equal(fileName(['tabby', 'SmoothGrad, 48 samples'], 'png'), 'tabby - SmoothGrad, 48 samples.png');
  assert.equal(fileName(['', 'Photo by noise level'], 'png'), 'Photo by noise level.png');
  assert.equal(fileName(['虎猫', 'SmoothGrad × Input'], 'png'), '虎猫 - SmoothGrad × Input.png');
});

test('nothing in it that a file system refuses', () => {
  assert.equal(fileName(['a/b\\c:d*e?f"g<h>i|j', 'k\n\tl'], 'png'), 'a b c d e f g h i j - k l.png');
  assert.equal(fileName(['../../etc/passwd'], 'png'), 'etc passwd.png');
  assert.equal(fileName(['.hidden', 'ends with dots...  '], 'png'), 'hidden - ends with dots.png');
  assert.equal(fileName(['left\u202eright\u0000'], 'png'), 'left right.png');
  assert.equal(fileName(['con'], 'png'), 'SmoothGrad con.png');
  assert.equal(fileName([' ', '?'], 'png'), 'SmoothGrad.png');
});

test('short enough, and no character is cut', () => {
  const long = fileName(['猫🐈'.repeat(60), 'SmoothGrad'], 'png');
  assert.ok(new TextEncoder().encode(long).length <= 164);
  assert.doesNotMatch(long, /\ufffd|[\ud800-\udbff](?![\udc00-\udfff])/);
});
