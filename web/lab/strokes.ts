// A drawing as MNIST would have it: its box scaled to 20 x 20 pixels without changing its shape, then its centre of mass moved
// to the centre of 28 x 28 (LeCun, Bottou, Bengio, Haffner 1998). Lines are scaled, not pixels, so that the pen is as wide as
// theirs however large one draws.
import { boxSide, centreOfMass, middle, side } from '../common/digits.js';
import type { Digit } from './digit.js';

export interface Point {
  x: number;
  y: number;
}

/** Points that the pen went through, in any unit, y downwards. */
export type Stroke = readonly Point[];

/** Of the pen, in pixels of the digit. */
export const penWidth = 2.6;

/** From a point to the line between two others. */
function distance({ x, y }: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / length2));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}

/** Points in pixels -> levels: full within the pen, falling to 0 over the pixel at its edge. */
function ink(strokes: readonly Stroke[]): Digit {
  const digit = new Uint8Array(side * side);
  const reach = penWidth / 2 + 0.5;
  const pixels = (low: number, high: number) => [
    Math.max(0, Math.floor(low - reach)),
    Math.min(side - 1, Math.ceil(high + reach)),
  ];
  for (const stroke of strokes) {
    for (const [i, a] of stroke.entries()) {
      const b = stroke[i + 1] ?? a;
      const [left = 0, right = 0] = pixels(Math.min(a.x, b.x), Math.max(a.x, b.x));
      const [top = 0, bottom = 0] = pixels(Math.min(a.y, b.y), Math.max(a.y, b.y));
      for (let y = top; y <= bottom; y++) {
        for (let x = left; x <= right; x++) {
          const level = Math.min(1, Math.max(0, reach - distance({ x: x + 0.5, y: y + 0.5 }, a, b)));
          const at = y * side + x;
          digit[at] = Math.max(digit[at] as number, Math.round(255 * level));
        }
      }
    }
  }
  return digit;
}

/** A digit, blank where nothing was drawn. */
export function toDigit(strokes: readonly Stroke[]): Digit {
  const points = strokes.flat();
  if (points.length === 0) return new Uint8Array(side * side);
  const range = (values: number[]) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return { middle: (low + high) / 2, extent: high - low };
  };
  const x = range(points.map((point) => point.x));
  const y = range(points.map((point) => point.y));
  // A dot has no extent: it stays a dot.
  const scale = (boxSide - penWidth) / (Math.max(x.extent, y.extent) || 1);
  const place = (by: Point) =>
    strokes.map((stroke) =>
      stroke.map((point) => ({ x: scale * (point.x - x.middle) + by.x, y: scale * (point.y - y.middle) + by.y })),
    );
  const centre = centreOfMass(ink(place({ x: middle, y: middle })));
  return ink(place({ x: 2 * middle - centre.x, y: 2 * middle - centre.y }));
}
