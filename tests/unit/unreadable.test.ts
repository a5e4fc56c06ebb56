// Files that are no photos are called what they are, by their bytes before their names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyUnreadable } from '../../web/common/unreadable.js';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const why = (name: string, start = '') => whyUnreadable(name, bytes(start)) ?? '';

test('what it is, and what to do', () => {
  assert.match(why('IMG_1.HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1'), /^is a HEIC picture, .* Most Compatible$/);
  assert.match(why('scan.tif', 'II*\0\x08\0\0\0'), /^is a TIFF picture, .* JPEG or PNG/);
  assert.match(why('scan.tif', 'MM\0*\0\0\0\x08'), /TIFF/);
  assert.match(why('logo.svg', '<?xml version="1.0"?><svg'), /^is a drawing \(SVG\), not a photo: save it as PNG/);
  assert.match(why('a.pdf', '%PDF-1.7'), /^is a document/);
  assert.match(why('a.mov', '\0\0\0\x14ftypqt  '), /^is a film/);
  assert.match(why('a.webm', '\x1aE\xdf\xa3\x01'), /^is a film/);
  assert.match(why('a.jxl', '\xff\x0a\0'), /^is a JPEG XL/);
});

test('a name that is wrong does not matter, unless it is all there is', () => {
  assert.match(why('IMG_1.jpg', '\0\0\0\x18ftypheic'), /HEIC/);
  assert.match(why('IMG_1.heif'), /HEIC/);
  assert.match(why('DSC_1.NEF', 'MM\0*\0\0\0\x08'), /raw picture of a camera/);
  assert.equal(why('broken.jpg', '\xff\xd8\xff\xe0'), '');
  assert.equal(why('photo.avif', '\0\0\0\x1cftypavif'), '');
});
