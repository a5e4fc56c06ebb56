// Pictures of the figures: what the network sees, and maps, drawn by the engine as everywhere on the site.
import type { Picture, RawMap } from 'smoothgrad';
import { byId } from '../common/dom.js';
import { showPixels } from '../common/pixels.js';
import type { Scene } from './scene.js';

/** `label` is what a screen reader says of it. */
export function paint(id: string, picture: Picture, label: string) {
  const canvas = byId<HTMLCanvasElement>(id);
  showPixels(canvas, picture);
  canvas.setAttribute('aria-label', label);
  // For tests and for printing: something has been drawn.
  canvas.dataset.drawn = '';
}

export async function paintMap({ engine, ...scene }: Scene, id: string, map: RawMap, label: string) {
  const picture = await engine.renderMap(map);
  if (scene.current) paint(id, picture, label);
}
