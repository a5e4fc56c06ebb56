// The board: draw with pointer or finger, or see the test digit that was picked. Tells what is on it as a digit.
import { byId, make } from '../common/dom.js';
import { text } from '../common/texts.js';
import { type Digit, paintDigit } from './digit.js';
import { type Point, penWidth, type Stroke, toDigit } from './strokes.js';

/** Pixels of the canvas a side; and the side of a digit that would fill it as MNIST's do. */
const size = 560;
const pen = (penWidth / 28) * size;

export interface Board {
  show(digit: Digit, label: string): void;
  clear(): void;
}

/** `drawn` is told of every change by hand, also of the board being cleared. */
export function createBoard(drawn: (digit: Digit) => void): Board {
  const canvas = byId<HTMLCanvasElement>('board');
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const eye = byId<HTMLCanvasElement>('eye');
  const hint = byId('board-hint');
  let strokes: Point[][] = [];
  let pending = false;

  const describe = (digit: Digit, label: string, blank: boolean) => {
    canvas.setAttribute('aria-label', label);
    hint.hidden = !blank;
    paintDigit(eye, digit);
  };
  const wipe = () => {
    context.fillStyle = '#000';
    context.fillRect(0, 0, size, size);
  };
  const line = (stroke: Stroke) => {
    context.beginPath();
    for (const [i, { x, y }] of stroke.entries()) {
      if (i === 0) context.moveTo(x, y);
      context.lineTo(x, y);
    }
    context.stroke();
  };
  const tell = () => {
    pending = false;
    const digit = toDigit(strokes);
    describe(digit, text(strokes.length === 0 ? 'lab.empty' : 'lab.drawing'), strokes.length === 0);
    drawn(digit);
  };
  /** At most once a frame. */
  const changed = () => {
    if (!pending) requestAnimationFrame(tell);
    pending = true;
  };
  const board: Board = {
    show(digit, label) {
      strokes = [];
      const small = make('canvas');
      paintDigit(small, digit);
      context.drawImage(small, 0, 0, size, size);
      describe(digit, label, false);
    },
    clear() {
      strokes = [];
      wipe();
      changed();
    },
  };

  const at = (event: PointerEvent): Point => ({
    x: (event.offsetX / canvas.clientWidth) * size,
    y: (event.offsetY / canvas.clientHeight) * size,
  });
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    if (strokes.length === 0) wipe();
    strokes.push([at(event)]);
    line(strokes.at(-1) as Stroke);
    changed();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    const stroke = strokes.at(-1) as Point[];
    const from = stroke.length - 1;
    // A browser that does not coalesce gives an empty list.
    const events = event.getCoalescedEvents();
    stroke.push(...(events.length > 0 ? events : [event]).map(at));
    line(stroke.slice(from));
    changed();
  });
  byId('clear').addEventListener('click', board.clear);

  Object.assign(canvas, { width: size, height: size });
  Object.assign(context, {
    lineWidth: pen,
    lineCap: 'round',
    lineJoin: 'round',
    strokeStyle: '#fff',
    imageSmoothingQuality: 'high',
  });
  wipe();
  return board;
}
