// Zoom and pan of the stage, by state: what is in its middle, and how many times it is enlarged.
import { byId } from '../common/dom.js';
import type { Store } from './store.js';

const largest = 32;
const step = 1.6;

/** A point of the stage or of the picture: shares of its width and height. */
export interface Point {
  x: number;
  y: number;
}

export interface Zoom {
  /** What of the picture is at a point of the stage. */
  toPicture(stage: Point): Point;
  toStage(picture: Point): Point;
  /** Enlarges by a factor; what is at that point of the stage stays there. */
  by(factor: number, at?: Point): void;
  larger(): void;
  smaller(): void;
  whole(): void;
  /** Moves the picture by shares of the stage. */
  pan(by: Point): void;
  /** Moves it as little as brings this point of the picture into view. */
  reveal(picture: Point): void;
}

const middle: Point = { x: 0.5, y: 0.5 };
const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
const round = (value: number) => Math.round(value * 1e4) / 1e4;

export function createZoom(store: Store): Zoom {
  const box = byId('two-up');
  const look = (zoom: number, { x, y }: Point) => {
    const half = 0.5 / zoom;
    const inside = (value: number) => round(clamp(value, half, 1 - half));
    store.set({ zoom: round(zoom), x: inside(x), y: inside(y) }, 'replace');
  };
  const zoom: Zoom = {
    toPicture(stage) {
      const { zoom, x, y } = store.get();
      return { x: x + (stage.x - 0.5) / zoom, y: y + (stage.y - 0.5) / zoom };
    },
    toStage(picture) {
      const { zoom, x, y } = store.get();
      return { x: 0.5 + (picture.x - x) * zoom, y: 0.5 + (picture.y - y) * zoom };
    },
    by(factor, at = middle) {
      const fixed = zoom.toPicture(at);
      const next = clamp(store.get().zoom * factor, 1, largest);
      look(next, { x: fixed.x - (at.x - 0.5) / next, y: fixed.y - (at.y - 0.5) / next });
    },
    larger: () => zoom.by(step),
    smaller: () => zoom.by(1 / step),
    whole: () => look(1, middle),
    pan(by) {
      const { zoom: times, x, y } = store.get();
      look(times, { x: x - by.x / times, y: y - by.y / times });
    },
    reveal(picture) {
      const { zoom: times, x, y } = store.get();
      const reach = 0.42 / times;
      look(times, { x: clamp(x, picture.x - reach, picture.x + reach), y: clamp(y, picture.y - reach, picture.y + reach) });
    },
  };
  byId('zoom-in').addEventListener('click', zoom.larger);
  byId('zoom-out').addEventListener('click', zoom.smaller);
  byId('zoom-off').addEventListener('click', zoom.whole);
  store.subscribe(({ zoom: times, x, y }) => {
    for (const [name, value] of Object.entries({ zoom: times, x, y })) box.style.setProperty(`--${name}`, String(value));
    box.classList.toggle('magnified', times > 1);
    byId<HTMLButtonElement>('zoom-out').disabled = times <= 1;
    byId<HTMLButtonElement>('zoom-in').disabled = times >= largest;
  });
  return zoom;
}
