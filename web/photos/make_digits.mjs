// Five test digits as pictures, for the digit models on pages that show photos: node web/photos/make_digits.mjs
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';

const side = 28;
const chosen = [12, 4, 15, 17, 9];

const here = import.meta.dirname;
const bytes = gunzipSync(await readFile(join(here, '../digits/test.bin')));
const count = bytes.length / (1 + side * side);
for (const at of chosen) {
  const pixels = bytes.subarray(count + at * side * side, count + (at + 1) * side * side);
  const picture = sharp(pixels, { raw: { width: side, height: side, channels: 1 } });
  await picture.png({ compressionLevel: 9 }).toFile(join(here, `digit-${bytes[at]}.png`));
}
