// Small pictures of every kind that a decoder may meet, whole: what broken_images.mjs breaks, and some that are strange as they are.
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

const stripes = (width, height) =>
  sharp(
    Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7 + (i >> 5)) % 256),
    { raw: { width, height, channels: 3 } },
  );
const photo = () => stripes(48, 40);
const frames = async () =>
  sharp(
    await Promise.all(
      [1, 2, 3].map((i) =>
        stripes(24 + i, 24 + i)
          .resize(24, 24)
          .png()
          .toBuffer(),
      ),
    ),
    {
      join: { animated: true },
    },
  );

/** { ending, make } by names. */
export const kinds = {
  'jpeg, baseline': { ending: 'jpg', make: () => photo().jpeg() },
  'jpeg, progressive': { ending: 'jpg', make: () => photo().jpeg({ progressive: true }) },
  'jpeg, CMYK': { ending: 'jpg', make: () => photo().toColourspace('cmyk').jpeg() },
  'jpeg, turned': { ending: 'jpg', make: () => photo().withMetadata({ orientation: 6 }).jpeg() },
  'png, 8 bits': { ending: 'png', make: () => photo().png() },
  'png, 16 bits': { ending: 'png', make: () => photo().toColourspace('rgb16').png() },
  'png, palette': { ending: 'png', make: () => photo().png({ palette: true }) },
  'png, interlaced': { ending: 'png', make: () => photo().ensureAlpha(0.5).png({ progressive: true }) },
  'webp, lossy': { ending: 'webp', make: () => photo().webp() },
  'webp, lossless': { ending: 'webp', make: () => photo().webp({ lossless: true }) },
  'webp, animated': { ending: 'webp', make: async () => (await frames()).webp() },
  gif: { ending: 'gif', make: () => photo().gif() },
  'gif, animated': { ending: 'gif', make: async () => (await frames()).gif() },
  avif: { ending: 'avif', make: () => photo().avif({ effort: 0 }) },
  tiff: { ending: 'tif', make: () => photo().tiff() },
};

/** { name, bytes } of each kind. */
export const wholeImages = () =>
  Promise.all(
    Object.entries(kinds).map(async ([name, { ending, make }]) => ({
      ...{ name, ending },
      bytes: new Uint8Array(await (await make()).toBuffer()),
    })),
  );

const chunk = (type, data) => {
  const named = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
};

/** A PNG of a given size, grey; `rows` of data there are, all zero. */
export function pngOf(width, height, { rows = 1, bits = 8, more = [] } = {}) {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, bits, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const row = Math.ceil((width * bits) / 8) + 1;
  const data = chunk('IDAT', deflateSync(Buffer.alloc(row * rows), { level: 9 }));
  return new Uint8Array(Buffer.concat([signature, chunk('IHDR', header), ...more, data, chunk('IEND', Buffer.alloc(0))]));
}

const text = (words) => new TextEncoder().encode(words);
const svg = (inside, size = 'width="32" height="32"') =>
  text(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${size}>${inside}</svg>`);
const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
const megabyte = 2 ** 20;
/** What text unpacks to, from a few hundred bytes. */
const zeros = (megabytes) => deflateSync(Buffer.alloc(megabytes * megabyte), { level: 9 });
const box = (type, data) => Buffer.concat([Buffer.from([0, 0, 0, 8 + data.length]), Buffer.from(type), data]);
export const heic = () =>
  new Uint8Array(
    Buffer.concat([box('ftyp', Buffer.from('heic\0\0\0\0mif1heic')), box('meta', Buffer.alloc(40)), Buffer.alloc(200)]),
  );

/** `outside`: the address of a server that nobody should ask. */
export const strangeImages = (outside = 'http://127.0.0.1:9/') => ({
  'nothing.jpg': new Uint8Array(),
  'one byte.png': Uint8Array.of(0x89),
  'text.jpg': text('no photo at all'),
  'page.png': text('<!doctype html><img src=x onerror=alert(1)>'),
  'zeros.webp': new Uint8Array(4096),
  'a photo of a phone.heic': heic(),
  'renamed.jpg': heic(),
  '0 x 10.png': pngOf(0, 10),
  '10 x 0.png': pngOf(10, 0, { rows: 0 }),
  '1 x 1.png': pngOf(1, 1),
  '1 x 60000.png': pngOf(1, 60_000, { rows: 60_000 }),
  '60000 x 1.png': pngOf(60_000, 1),
  'minus one.png': pngOf(0xffffffff, 0xffffffff),
  'huge by its header.png': pngOf(0x7fffffff, 0x7fffffff),
  'bomb, 400 megapixels.png': pngOf(20_000, 20_000, { rows: 20_000, bits: 1 }),
  'bomb, text.png': pngOf(16, 16, { rows: 16, more: [chunk('zTXt', Buffer.concat([Buffer.from('a\0\0'), zeros(256)]))] }),
  'bomb, colours.png': pngOf(16, 16, { rows: 16, more: [chunk('iCCP', Buffer.concat([Buffer.from('a\0\0'), zeros(256)]))] }),
  'links.svg': svg(`<image xlink:href="${outside}a.png" width="32" height="32"/><style>@import url(${outside}b.css);</style>`),
  'file.svg': svg('<image href="file:///etc/passwd" width="9" height="9"/><use href="file:///etc/hostname#a"/>'),
  'entity.svg': text(
    `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "${outside}x">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&x;</text></svg>`,
  ),
  'laughs.svg': text(
    `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY l0 "ha">${laughs}]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&l9;</text></svg>`,
  ),
  'huge.svg': svg('<rect width="100" height="100"/>', 'width="300000" height="300000"'),
  'deep.svg': svg(`${'<g>'.repeat(20_000)}${'</g>'.repeat(20_000)}`),
  'script.svg': svg(
    '<script>fetch("x")</script><foreignObject><body xmlns="http://www.w3.org/1999/xhtml">x</body></foreignObject>',
  ),
});
