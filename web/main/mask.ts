// Pixels that somebody has painted over, and the strokes behind them. Pure.

export interface Spot {
  x: number;
  y: number;
}

export interface Rectangle extends Spot {
  width: number;
  height: number;
}

/** Strokes that can be taken back. */
const kept = 100;

export class Mask {
  readonly width: number;
  readonly height: number;
  /** Of each pixel 1 where it is painted. */
  pixels: Uint8Array;
  #before: Uint8Array[] = [];

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height);
  }

  get count(): number {
    return this.pixels.reduce((sum, pixel) => sum + pixel, 0);
  }

  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  /** What follows is one stroke, to be taken back as one. */
  begin(): void {
    this.#before = [...this.#before, this.pixels.slice()].slice(-kept);
  }

  /** Along a line, from pixel to pixel, with a round brush; in pixels of the map. */
  line(from: Spot, to: Spot, diameter: number): void {
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y)));
    for (let i = 0; i <= steps; i++) {
      const share = i / steps;
      this.#disc({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }, diameter / 2);
    }
  }

  rectangle({ x, y, width, height }: Rectangle): void {
    this.#fill(x, y, x + width, y + height, () => true);
  }

  undo(): void {
    this.pixels = this.#before.pop() ?? this.pixels;
  }

  /** Can be taken back, too. */
  clear(): void {
    this.begin();
    this.pixels = new Uint8Array(this.pixels.length);
  }

  #disc({ x, y }: Spot, radius: number): void {
    const isInside = (column: number, row: number) => Math.hypot(column + 0.5 - x, row + 0.5 - y) <= radius;
    this.#fill(x - radius, y - radius, x + radius, y + radius, isInside);
  }

  #fill(left: number, top: number, right: number, bottom: number, isInside: (column: number, row: number) => boolean): void {
    const [columns, rows] = [Math.min(this.width, Math.ceil(right)), Math.min(this.height, Math.ceil(bottom))];
    for (let row = Math.max(0, Math.floor(top)); row < rows; row++) {
      for (let column = Math.max(0, Math.floor(left)); column < columns; column++) {
        if (isInside(column, row)) this.pixels[row * this.width + column] = 1;
      }
    }
  }
}

/** A rectangle of the keyboard's: moved, or made larger, by steps; never beyond the map, never smaller than a step. */
export function nudged(
  { x, y, width, height }: Rectangle,
  [right, down]: readonly [number, number],
  isResized: boolean,
  map: { width: number; height: number },
  step: number,
): Rectangle {
  const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), Math.max(low, high));
  if (isResized) {
    return {
      x,
      y,
      width: clamp(width + right * step, step, map.width - x),
      height: clamp(height + down * step, step, map.height - y),
    };
  }
  return { x: clamp(x + right * step, 0, map.width - width), y: clamp(y + down * step, 0, map.height - height), width, height };
}
