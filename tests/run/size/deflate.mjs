// What each byte of a file costs once it is compressed: the bits of a deflate stream (RFC 1951), shared among the bytes that
// they stand for. A literal costs its code; a match its codes, shared by the bytes that it repeats; the tables of a block are
// shared by all of its bytes. gzip is this and 18 bytes.
import { deflateRawSync } from 'node:zlib';

const longest = 15;
const endOfBlock = 256;
const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBits = (symbol) => (symbol < 4 ? 0 : (symbol >> 1) - 1);
const orderOfCodes = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

class Bits {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  bit() {
    return (this.bytes[this.at >> 3] >> (this.at++ & 7)) & 1;
  }

  take(count) {
    let value = 0;
    for (let i = 0; i < count; ++i) value |= this.bit() << i;
    return value;
  }
}

/** How many codes there are of each length, and the symbols in the order of their codes. */
function codeOf(lengths) {
  const counts = new Array(longest + 1).fill(0);
  for (const length of lengths) ++counts[length];
  const symbols = [...lengths.keys()].filter((symbol) => lengths[symbol] > 0).sort((a, b) => lengths[a] - lengths[b] || a - b);
  counts[0] = 0;
  return { counts, symbols };
}

function symbolOf(bits, { counts, symbols }) {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= longest; ++length) {
    code |= bits.bit();
    if (code - first < counts[length]) return symbols[index + code - first];
    index += counts[length];
    first = (first + counts[length]) << 1;
    code <<= 1;
  }
  throw new Error('a code that is in no table');
}

function fixedCodes() {
  const lengths = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
  return [codeOf(lengths), codeOf(new Array(30).fill(5))];
}

function dynamicCodes(bits) {
  const literals = bits.take(5) + 257;
  const distances = bits.take(5) + 1;
  const own = new Array(19).fill(0);
  const count = bits.take(4) + 4;
  for (let i = 0; i < count; ++i) own[orderOfCodes[i]] = bits.take(3);
  const code = codeOf(own);
  const lengths = [];
  while (lengths.length < literals + distances) {
    const symbol = symbolOf(bits, code);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) lengths.push(...new Array(3 + bits.take(2)).fill(lengths.at(-1)));
    else lengths.push(...new Array(symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7)).fill(0));
  }
  return [codeOf(lengths.slice(0, literals)), codeOf(lengths.slice(literals))];
}

/** Bits of each byte, as `level` 9 compresses them. */
export function deflatedBits(bytes) {
  const bits = new Bits(deflateRawSync(bytes, { level: 9 }));
  const costs = new Float64Array(bytes.length);
  let at = 0;
  for (let last = 0; !last; ) {
    const start = at;
    const begin = bits.at;
    last = bits.bit();
    const kind = bits.take(2);
    if (kind === 0) {
      bits.at = (bits.at + 7) & ~7;
      const length = bits.take(16);
      bits.at += 16 + 8 * length;
      costs.fill(8, at, at + length);
      at += length;
    } else {
      const [literals, distances] = kind === 1 ? fixedCodes() : dynamicCodes(bits);
      const header = bits.at - begin;
      for (;;) {
        const from = bits.at;
        const symbol = symbolOf(bits, literals);
        if (symbol === endOfBlock) break;
        let length = 1;
        if (symbol > endOfBlock) {
          const row = symbol - endOfBlock - 1;
          length = lengthBase[row] + bits.take(lengthBits[row]);
          bits.take(distanceBits(symbolOf(bits, distances)));
        }
        costs.fill((bits.at - from) / length, at, at + length);
        at += length;
      }
      for (let i = start; i < at; ++i) costs[i] += header / (at - start);
    }
  }
  if (at !== bytes.length) throw new Error(`the stream holds ${at} bytes of ${bytes.length}`);
  return costs;
}
