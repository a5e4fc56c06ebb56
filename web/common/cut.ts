// Parts of photos as photos of their own.
import type { Model, Picture } from 'smoothgrad';
import type { Part } from './part.js';

type Preprocessing = Pick<Model['preprocessing'], 'fit' | 'resize' | 'size'>;

/** More pixels no network here takes; a camera's would be long in the making. */
const largest = 1024;

const cuts = new WeakSet<Blob>();

function contextOf(side: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('this browser gave no canvas');
  context.imageSmoothingQuality = 'high';
  return context;
}

/** A square: of a part of another shape it is squeezed. Rejects where the file is no picture. */
export async function cut(photo: Blob, { x, y, width, height }: Part): Promise<Blob> {
  const bitmap = await createImageBitmap(photo);
  const [wide, high] = [Math.max(1, width * bitmap.width), Math.max(1, height * bitmap.height)];
  const side = Math.min(largest, Math.round(Math.max(wide, high)));
  const context = contextOf(side);
  // As the engine has it, on white.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, side, side);
  context.drawImage(bitmap, x * bitmap.width, y * bitmap.height, wide, high, 0, 0, side, side);
  bitmap.close();
  const made = await context.canvas.convertToBlob();
  cuts.add(made);
  return made;
}

/** Of the shorter side of a photo, what a network sees: many leave a margin, none of what is stretched. */
export const seenShare = ({ fit, resize, size }: Preprocessing) =>
  fit === 'stretch' ? 1 : Math.min(1, Math.min(...size) / resize);

/** A part with the margin around it that the network leaves out, so that it sees all of what was chosen; others as they are. */
export async function framed(photo: Blob, preprocessing: Preprocessing): Promise<Blob | Picture> {
  const share = seenShare(preprocessing);
  if (!cuts.has(photo) || share === 1) return photo;
  const bitmap = await createImageBitmap(photo);
  const side = Math.round(bitmap.width / share);
  const context = contextOf(side);
  // Much the same colours, for the last row of pixels, which takes a little of what is beyond it.
  context.drawImage(bitmap, 0, 0, side, side);
  const margin = Math.round((side - bitmap.width) / 2);
  context.drawImage(bitmap, margin, margin);
  bitmap.close();
  return context.getImageData(0, 0, side, side);
}

/** Of a picture, without decoding it. */
export async function sizeOf(photo: Blob): Promise<{ width: number; height: number }> {
  const picture = new Image();
  const url = URL.createObjectURL(photo);
  try {
    await new Promise((loaded, failed) => {
      picture.onload = loaded;
      picture.onerror = () => failed(new Error('this is not a picture that this browser can read'));
      picture.src = url;
    });
    return { width: picture.naturalWidth, height: picture.naturalHeight };
  } finally {
    URL.revokeObjectURL(url);
  }
}
