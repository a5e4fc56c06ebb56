// The stage as a canvas: what is shown of it now, the two-up with its divide.
import type { State } from './state.js';
import { twoUp } from './views.js';

export function stageAt(
  side: number,
  { map, plain }: { map: HTMLCanvasElement; plain: HTMLCanvasElement },
  { view, divide, zoom, x, y }: State,
): OffscreenCanvas {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser has no canvas to draw on');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, side, side);
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
  return canvas;
}
