// Pictures to files.
import type { Picture } from '../api/index.js';
import { loadSharp } from '../node/sharp.js';
import { writeWhole } from './whole_file.js';

const gap = 8;

export async function encodePng({ width, height, data }: Picture): Promise<Uint8Array> {
  const sharp = await loadSharp();
  return sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
}

export async function writePng(path: string, picture: Picture): Promise<void> {
  await writeWhole(path, await encodePng(picture));
}

/** Pictures of one size in a row, on white. */
export function besideEachOther(pictures: readonly Picture[]): Picture {
  const { width: each, height } = pictures[0] as Picture;
  const width = pictures.length * (each + gap) - gap;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  pictures.forEach((picture, i) => {
    for (let y = 0; y < height; y++) {
      data.set(picture.data.subarray(y * each * 4, (y + 1) * each * 4), (y * width + i * (each + gap)) * 4);
    }
  });
  return { width, height, data };
}
