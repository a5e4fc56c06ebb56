// A photo of a digit on paper, for networks that learnt MNIST's: what is darker than the ground becomes white on black, and is
// scaled and centred as those were (LeCun, Bottou, Bengio, Haffner 1998).
import type { Picture } from 'smoothgrad';
import { boxSide, centreOfMass, middle, side } from './digits.js';

/** Of the longer side of the picture in which ink is looked for, in pixels. */
const searched = 320;
/** Less between ground and ink, of 255 levels, is a blank sheet. */
const leastContrast = 40;
/** Of the contrast: less is shadow, more is ink for sure. */
const shadow = 0.3;
const ink = 0.5;

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('this browser gave no canvas');
  context.imageSmoothingQuality = 'high';
  return context;
}

function levelsOf(photo: ImageBitmap): { width: number; height: number; levels: Uint8Array } {
  const scale = Math.min(1, searched / Math.max(photo.width, photo.height));
  const [width, height] = [photo.width, photo.height].map((length) => Math.max(1, Math.round(scale * length))) as [
    number,
    number,
  ];
  const context = contextOf(width, height);
  context.drawImage(photo, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const at = (i: number) => data[i] as number;
  const luma = (i: number) => 0.299 * at(i) + 0.587 * at(i + 1) + 0.114 * at(i + 2);
  return { width, height, levels: Uint8Array.from({ length: width * height }, (_, i) => luma(4 * i)) };
}

const quantile = (values: Uint8Array, share: number) =>
  values.slice().sort()[Math.floor(share * (values.length - 1))] as number;

/** The digit that is written on light ground; undefined where the ground is dark, as MNIST's is, or where nothing is written. */
export async function readHandwriting(photo: Blob): Promise<Picture | undefined> {
  const bitmap = await createImageBitmap(photo);
  const { width, height, levels } = levelsOf(bitmap);
  bitmap.close();
  const column = (i: number) => i % width;
  const row = (i: number) => Math.floor(i / width);
  const border = levels.filter((_, i) => column(i) % (width - 1) === 0 || row(i) % (height - 1) === 0);
  const ground = quantile(border, 0.5);
  const contrast = ground - quantile(levels, 0.005);
  if (ground < 128 || contrast < leastContrast) return undefined;

  const shares = Float32Array.from(levels, (level) => (ground - level) / contrast);
  const inked = [...shares.keys()].filter((i) => (shares[i] as number) >= ink);
  const range = (values: number[]) => {
    const [low, high] = values.reduce(
      ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
    return { low, extent: high - low + 1 };
  };
  const [across, down] = [range(inked.map(column)), range(inked.map(row))];

  const sheet = contextOf(width, height);
  const white = new ImageData(width, height);
  for (const [i, share] of shares.entries()) {
    const level = 255 * Math.min(1, Math.max(0, (share - shadow) / (1 - shadow)));
    white.data.set([level, level, level, 255], 4 * i);
  }
  sheet.putImageData(white, 0, 0);

  const context = contextOf(side, side);
  const scale = boxSide / Math.max(across.extent, down.extent);
  const [wide, high] = [scale * across.extent, scale * down.extent];
  const draw = (x: number, y: number) => {
    context.fillRect(0, 0, side, side);
    context.drawImage(sheet.canvas, across.low, down.low, across.extent, down.extent, x - wide / 2, y - high / 2, wide, high);
    return context.getImageData(0, 0, side, side);
  };
  const first = draw(middle, middle);
  const centre = centreOfMass(first.data.filter((_, i) => i % 4 === 0));
  return draw(2 * middle - centre.x, 2 * middle - centre.y);
}
