// Broken pictures without end, by a seed: whole ones cut off, with bytes, blocks and sizes changed, under the name of another kind.
import { chance } from './random.mjs';
import { strangeImages, wholeImages } from './whole_images.mjs';

const concat = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** What is done to bytes, by chance. */
const ways = {
  cut: (bytes, { below }) => bytes.slice(0, below(bytes.length)),
  'bytes changed'(bytes, { below }) {
    const changed = bytes.slice();
    for (let n = 1 + below(20); n > 0; n--) changed[below(changed.length)] = below(256);
    return changed;
  },
  'start changed'(bytes, { below }) {
    const changed = bytes.slice();
    for (let n = 1 + below(4); n > 0; n--) changed[below(Math.min(64, changed.length))] = below(256);
    return changed;
  },
  'one bit changed'(bytes, { below }) {
    const changed = bytes.slice();
    changed[below(changed.length)] ^= 1 << below(8);
    return changed;
  },
  'a number made large'(bytes, { below, pick }) {
    const changed = bytes.slice();
    const at = below(Math.min(200, changed.length - 4));
    changed.set(
      pick([
        [255, 255, 255, 255],
        [127, 255, 255, 255],
        [0, 0, 0, 0],
        [255, 255],
        [0, 0],
        [128, 0],
      ]),
      at,
    );
    return changed;
  },
  'a block gone'(bytes, { below }) {
    const from = below(bytes.length);
    return concat(bytes.slice(0, from), bytes.slice(from + 1 + below(100)));
  },
  'a block twice'(bytes, { below }) {
    const [from, length] = [below(bytes.length), 1 + below(200)];
    return concat(bytes.slice(0, from + length), bytes.slice(from, from + length), bytes.slice(from + length));
  },
  'a block of noise'(bytes, { below, bytes: noise }) {
    const from = below(bytes.length);
    return concat(bytes.slice(0, from), noise(1 + below(300)), bytes.slice(from));
  },
  'more behind': (bytes, { below, bytes: noise }) => concat(bytes, noise(below(3000))),
};

const endings = ['jpg', 'jpeg', 'png', 'webp', 'gif', 'avif', 'tif', 'bmp', 'heic'];

/** -> { file: bytes }, `count` of them; the strange ones come first. */
export async function brokenImages(count, seed, outside) {
  const random = chance(seed);
  const whole = await wholeImages();
  const files = new Map(Object.entries(strangeImages(outside)));
  for (const { name, ending, bytes } of whole) files.set(`whole, ${name}.${ending}`, bytes);
  for (let n = 0; files.size < count; n++) {
    const { name, ending, bytes } = random.pick(whole);
    const way = random.pick(Object.keys(ways));
    const named = random.below(4) === 0 ? random.pick(endings) : ending;
    files.set(`${String(n).padStart(4, '0')} ${name}, ${way}.${named}`, ways[way](bytes, random));
  }
  return Object.fromEntries([...files].slice(0, count));
}
