// The value of a pixel: under the pointer, or where the arrow keys have brought the finder.
import { byId } from '../common/dom.js';
import { numberFormat } from '../common/numbers.js';
import type { Point, Zoom } from './zoom.js';

/** What there is to be read: a map and, where it is known, its standard error. */
export interface Readable {
  width: number;
  height: number;
  map: ArrayLike<number>;
  error?: ArrayLike<number> | undefined;
}

const digits = numberFormat({ maximumSignificantDigits: 3 });

export interface Finder {
  /** There are new values, or the picture has moved. */
  refresh(): void;
}

/** `read` is asked what there is at that point of the stage. */
export function createFinder(zoom: Zoom, read: (stage: Point) => Readable | undefined): Finder {
  const box = byId('two-up');
  const finder = byId('finder');
  const output = byId('value');
  let pixel = { column: 112, row: 112 };
  let hovers = false;

  /** Until there is a map, of one in whose middle the pixel is. */
  let size = { width: 225, height: 225 };

  const centre = (): Point => ({ x: (pixel.column + 0.5) / size.width, y: (pixel.row + 0.5) / size.height });

  function place(at: Point) {
    const side = (zoom.toStage({ x: 1 / size.width, y: 0 }).x - zoom.toStage({ x: 0, y: 0 }).x) * box.clientWidth;
    finder.style.setProperty('--left', `${at.x * 100}%`);
    finder.style.setProperty('--top', `${at.y * 100}%`);
    finder.style.setProperty('--pixel', `${side}px`);
  }

  function show() {
    const at = zoom.toStage(centre());
    const readable = hovers || document.activeElement === finder ? read(at) : undefined;
    output.hidden = readable === undefined;
    if (!readable) return place(at);
    const { width, height, map, error } = readable;
    size = { width, height };
    const i = pixel.row * width + pixel.column;
    const doubt = error === undefined ? '' : ` ± ${digits(error[i] ?? 0)}`;
    output.textContent = `${pixel.column}, ${pixel.row}: ${digits(map[i] ?? 0)}${doubt}`;
    place(at);
  }

  function move(column: number, row: number) {
    const within = (value: number, size: number) => Math.min(Math.max(Math.floor(value), 0), size - 1);
    pixel = { column: within(column, size.width), row: within(row, size.height) };
    show();
  }

  box.addEventListener('pointermove', (event) => {
    hovers = event.pointerType === 'mouse' || event.buttons > 0;
    if (document.activeElement === finder) return show();
    const { left, top, width, height } = box.getBoundingClientRect();
    const stage = { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
    const shown = read(stage);
    if (shown) size = { width: shown.width, height: shown.height };
    const at = zoom.toPicture(stage);
    move(at.x * size.width, at.y * size.height);
  });
  box.addEventListener('pointerleave', () => {
    hovers = false;
    show();
  });

  const steps: Record<string, [number, number]> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };
  finder.addEventListener('keydown', (event) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const far = event.shiftKey ? 10 : 1;
    move(pixel.column + step[0] * far, pixel.row + step[1] * far);
    zoom.reveal(centre());
    show();
  });
  finder.addEventListener('focus', show);
  finder.addEventListener('blur', show);
  return { refresh: show };
}
