// A square on a picture by pointers: one moves it, or sizes it by its corner; two pinch it.
import { moved, type Size, type Square, sized } from './square.js';

interface Frame {
  square: () => Square;
  picture: () => Size;
  put: (square: Square) => void;
}

interface Point {
  x: number;
  y: number;
}

const between = (a: Point, b: Point) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.hypot(a.x - b.x, a.y - b.y) });

/** `area` holds the picture and nothing else; `corner` is the lower right one of the square. */
export function trackFingers(area: HTMLElement, corner: HTMLElement, { square, picture, put }: Frame) {
  const fingers = new Map<number, Point>();
  let bySize = false;

  /** In the picture's pixels. */
  function pointOf({ clientX, clientY }: MouseEvent): Point {
    const { left, top, width, height } = area.getBoundingClientRect();
    return { x: ((clientX - left) / width) * picture().width, y: ((clientY - top) / height) * picture().height };
  }
  const holds = ({ x, y, side }: Square, point: Point) =>
    point.x >= x && point.y >= y && point.x <= x + side && point.y <= y + side;

  area.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || fingers.size === 2) return;
    event.preventDefault();
    const point = pointOf(event);
    if (fingers.size === 0) {
      bySize = event.target === corner;
      const { side } = square();
      // Beside it: it comes there.
      if (!bySize && !holds(square(), point)) put({ x: point.x - side / 2, y: point.y - side / 2, side });
    }
    fingers.set(event.pointerId, point);
    area.setPointerCapture(event.pointerId);
  });
  area.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const point = pointOf(event);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    const { x, y, side } = square();
    if (other) {
      const [was, is] = [between(before, other), between(point, other)];
      const next = sized(square(), (side * is.apart) / Math.max(was.apart, 1), picture());
      put(moved(next, is.x - was.x, is.y - was.y, picture()));
    } else if (bySize) put({ x, y, side: Math.max(point.x - x, point.y - y) });
    else put(moved(square(), point.x - before.x, point.y - before.y, picture()));
    fingers.set(event.pointerId, point);
  });
  for (const type of ['pointerup', 'pointercancel'] as const) {
    area.addEventListener(type, ({ pointerId }) => fingers.delete(pointerId));
  }
  area.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      put(sized(square(), square().side * Math.exp(event.deltaY / 500), picture()));
    },
    { passive: false },
  );
}
