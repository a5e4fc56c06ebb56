// Where one map is drawn: the photo, dimmed, until there is a map.
import { byId, make } from '../common/dom.js';
import { type Pixels, showPixels } from '../common/pixels.js';

export interface Surface {
  readonly canvas: HTMLCanvasElement;
  /** Shown below until the first map. */
  poster(pixels: Pixels): void;
  draw(picture: Pixels): void;
  label(text: string): void;
  state(state: string): void;
}

export function createSurface(id: string): Surface {
  const box = byId(id);
  const poster = make('canvas', { className: 'poster', ariaHidden: 'true' });
  const canvas = make('canvas', { className: 'drawing', role: 'img', ariaLabel: 'Map in preparation' });
  box.append(poster, canvas);
  return {
    canvas,
    poster: (pixels) => showPixels(poster, pixels),
    draw(picture) {
      showPixels(canvas, picture);
      box.dataset.drawn = '';
    },
    label(text) {
      canvas.ariaLabel = text;
    },
    state(state) {
      box.dataset.state = state;
    },
  };
}
