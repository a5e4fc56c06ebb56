// Where the stroke ends: the line at half the full level, drawn over every map (marching squares, Lorensen & Cline 1987 in 2-D).
import { side } from '../common/digits.js';
import { byId } from '../common/dom.js';
import type { Digit } from './digit.js';

const half = 128;

/** Edges of a cell that the line crosses, in pairs; by which of its corners (1 2 / 8 4) are inside. Edges: top, right, bottom, left. */
const crossings: readonly (readonly number[])[] = [
  [],
  [3, 0],
  [0, 1],
  [3, 1],
  [1, 2],
  [3, 0, 1, 2],
  [0, 2],
  [3, 2],
  [2, 3],
  [2, 0],
  [0, 1, 2, 3],
  [2, 1],
  [1, 3],
  [1, 0],
  [0, 3],
  [],
];

/** As the data of an SVG path, in pixels of the digit. */
export function outline(digit: Digit): string {
  const level = (x: number, y: number) => (x < 0 || y < 0 || x >= side || y >= side ? 0 : (digit[y * side + x] as number));
  const lines: string[] = [];
  for (let y = -1; y < side; y++) {
    for (let x = -1; x < side; x++) {
      const [a, b, c, d] = [level(x, y), level(x + 1, y), level(x + 1, y + 1), level(x, y + 1)];
      const inside = [a, b, c, d].reduce((sum, value, i) => sum + (value >= half ? 2 ** i : 0), 0);
      const cut = (from: number, to: number) => (half - from) / (to - from);
      // Levels belong to the middles of pixels.
      const at = [
        () => [x + 0.5 + cut(a, b), y + 0.5],
        () => [x + 1.5, y + 0.5 + cut(b, c)],
        () => [x + 0.5 + cut(d, c), y + 1.5],
        () => [x + 0.5, y + 0.5 + cut(a, d)],
      ];
      const points = (crossings[inside] ?? []).map((edge) => (at[edge]?.() ?? []).map((value) => value.toFixed(2)).join(' '));
      for (let i = 0; i < points.length; i += 2) lines.push(`M${points[i]}L${points[i + 1]}`);
    }
  }
  return lines.join('');
}

/** One path, which every map of the page shows. */
export const showOutline = (digit: Digit | undefined) => byId('outline').setAttribute('d', digit ? outline(digit) : '');
