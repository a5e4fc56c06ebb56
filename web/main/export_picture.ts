// The stage as a PNG: what is shown of it now, the two-up with its divide, and a caption below.
import { wrap } from '../common/picture.js';
import type { State } from './state.js';
import { twoUp } from './views.js';

const side = 896;
const margin = 24;
const lineHeight = 28;
const font = '20px "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** caption: one paragraph each; none: the picture alone. */
export async function exportPicture(
  { map, plain }: { map: HTMLCanvasElement; plain: HTMLCanvasElement },
  { view, divide, zoom, x, y }: State,
  caption: readonly string[],
): Promise<Blob> {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser has no canvas to draw on');
  context.font = font;
  const lines = caption.flatMap((text) => wrap(text, side - 2 * margin, (piece) => context.measureText(piece).width));
  canvas.height = side + (lines.length > 0 ? lines.length * lineHeight + 2 * margin : 0);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, side, canvas.height);

  const draw = (from: HTMLCanvasElement, share: number) => {
    const { width, height } = from;
    const left = (x - 0.5 / zoom) * width;
    const top = (y - 0.5 / zoom) * height;
    context.drawImage(from, left, top, (width / zoom) * share, height / zoom, 0, 0, side * share, side);
  };
  context.imageSmoothingEnabled = zoom <= 1;
  draw(map, 1);
  if (view === twoUp.name && divide > 0) {
    draw(plain, divide / 100);
    context.fillRect((side * divide) / 100 - 1, 0, 2, side);
  }
  context.font = font;
  context.fillStyle = '#1c1b1a';
  context.textBaseline = 'top';
  for (const [i, line] of lines.entries()) context.fillText(line, margin, side + margin + i * lineHeight);
  return canvas.convertToBlob({ type: 'image/png' });
}
