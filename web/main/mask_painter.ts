// Painting a mask on the map: a brush for mouse and finger, and for the keyboard a rectangle that the arrow keys move.
import { byId } from '../common/dom.js';
import { shareFormat } from '../common/numbers.js';
import { text } from '../common/texts.js';
import type { LiveMap } from './live.js';
import { Mask, nudged, type Rectangle, type Spot } from './mask.js';
import type { Store } from './store.js';
import type { Zoom } from './zoom.js';

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The rectangle's steps, and a fourth of its first side: shares of the map's side. */
const stepShare = 1 / 28;

const tenths = shareFormat({ maximumFractionDigits: 1 });
const ink = [64, 224, 255, 150] as const;

export interface Painter {
  /** Undefined where nothing is painted. */
  readonly mask: Mask | undefined;
}

/** `changed`: another pixel is painted, or no longer. */
export function createPainter(store: Store, map: LiveMap, zoom: Zoom, changed: () => void): Painter {
  const box = byId('two-up');
  const canvas = byId<HTMLCanvasElement>('mask');
  const bar = byId('paint-bar');
  const start = byId<HTMLButtonElement>('paint');
  const size = byId<HTMLInputElement>('mask-size');
  const [undo, clear] = [byId<HTMLButtonElement>('mask-undo'), byId<HTMLButtonElement>('mask-clear')];
  let mask: Mask | undefined;
  let isPainting = false;
  let last: Spot | undefined;
  let rectangle: Rectangle | undefined;

  function draw() {
    if (!mask) return;
    const { width, height, pixels } = mask;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    const picture = context.createImageData(width, height);
    for (const [i, pixel] of pixels.entries()) if (pixel) picture.data.set(ink, 4 * i);
    context.putImageData(picture, 0, 0);
    if (!rectangle || document.activeElement !== canvas) return;
    context.strokeStyle = '#fff';
    context.lineWidth = 2;
    context.strokeRect(rectangle.x + 1, rectangle.y + 1, rectangle.width - 2, rectangle.height - 2);
  }
  function show() {
    draw();
    const count = mask?.count ?? 0;
    canvas.hidden = !isPainting && count === 0;
    undo.disabled = !mask?.canUndo;
    clear.disabled = count === 0;
    const share = mask ? tenths(count / mask.pixels.length) : '';
    byId('mask-words').textContent = count === 0 ? '' : text('mask.painted', { count, share });
  }
  const settle = () => {
    show();
    changed();
  };

  function set(on: boolean) {
    const { raw } = map;
    if (on && !raw) return;
    if (on && raw && (mask?.width !== raw.width || mask.height !== raw.height)) mask = new Mask(raw.width, raw.height);
    isPainting = on;
    box.classList.toggle('painting', on);
    bar.hidden = !on;
    start.textContent = text(on ? 'mask.stop' : 'mask.start');
    canvas.tabIndex = on ? 0 : -1;
    rectangle = undefined;
    show();
    if (on) canvas.focus({ preventScroll: false });
  }
  start.addEventListener('click', () => set(!isPainting));
  byId('mask-done').addEventListener('click', () => {
    set(false);
    start.focus();
  });

  const at = (event: PointerEvent): Spot => {
    const { left, top, width, height } = box.getBoundingClientRect();
    const { x, y } = zoom.toPicture({ x: (event.clientX - left) / width, y: (event.clientY - top) / height });
    return { x: x * (mask?.width ?? 1), y: y * (mask?.height ?? 1) };
  };
  const paint = (to: Spot) => {
    mask?.line(last ?? to, to, size.valueAsNumber);
    last = to;
    draw();
  };
  canvas.addEventListener('pointerdown', (event) => {
    if (!isPainting || event.button !== 0 || !event.isPrimary) return;
    event.stopPropagation();
    event.preventDefault();
    canvas.focus({ preventScroll: true });
    canvas.setPointerCapture(event.pointerId);
    rectangle = undefined;
    mask?.begin();
    last = undefined;
    paint(at(event));
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    event.stopPropagation();
    // A browser that does not coalesce gives an empty list.
    const events = event.getCoalescedEvents();
    for (const one of events.length > 0 ? events : [event]) paint(at(one));
  });
  for (const type of ['pointerup', 'pointercancel'] as const) canvas.addEventListener(type, settle);

  function press(event: KeyboardEvent) {
    if (!mask || !isPainting) return;
    const step = Math.max(1, Math.round(Math.min(mask.width, mask.height) * stepShare));
    const middle = { x: mask.width / 2 - 2 * step, y: mask.height / 2 - 2 * step, width: 4 * step, height: 4 * step };
    const arrow = arrows[event.key];
    if (arrow) rectangle = nudged(rectangle ?? middle, arrow, event.shiftKey, mask, step);
    else if (event.key === ' ' || event.key === 'Enter') {
      mask.begin();
      rectangle ??= middle;
      mask.rectangle(rectangle);
      settle();
    } else if (event.key === 'Backspace') {
      mask.undo();
      settle();
    } else if (event.key === 'Escape') byId('mask-done').click();
    else return;
    event.preventDefault();
    draw();
  }
  canvas.addEventListener('keydown', press);
  canvas.addEventListener('blur', draw);
  undo.addEventListener('click', () => {
    mask?.undo();
    settle();
  });
  clear.addEventListener('click', () => {
    mask?.clear();
    settle();
  });
  size.addEventListener('input', () => {
    byId('mask-size-value').textContent = text('unit.px', { value: size.valueAsNumber });
  });
  byId('mask-size-value').textContent = text('unit.px', { value: size.valueAsNumber });
  store.subscribe(({ photo }, before) => {
    if (!before || photo === before.photo) return;
    mask = undefined;
    set(false);
    settle();
  });

  return {
    get mask() {
      return mask && mask.count > 0 ? mask : undefined;
    },
  };
}
