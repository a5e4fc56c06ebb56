// The test digits that come with the package (see web/digits/README.md), as inputs of the digit networks.
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { RawTensor } from '../api/index.js';

export interface StudyDigit {
  label: number;
  /** Levels over 255: what the networks see. */
  input: RawTensor;
}

const side = 28;
const pixels = side * side;

/** The first `count`; classes take turns. */
export async function readDigits(count: number): Promise<StudyDigit[]> {
  const bytes = gunzipSync(await readFile(new URL('./digits/test.bin', import.meta.url)));
  const all = bytes.length / (1 + pixels);
  return Array.from({ length: Math.min(count, all) }, (_, i) => {
    const levels = bytes.subarray(all + i * pixels, all + (i + 1) * pixels);
    const data = Float32Array.from(levels, (level) => level / 255);
    return { label: bytes[i] as number, input: { shape: [1, 1, side, side], data } };
  });
}
