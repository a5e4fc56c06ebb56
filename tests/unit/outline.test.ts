// The outline of a digit, on shapes that can be drawn by hand.
import { test } from 'node:test';
import { expect } from '@playwright/test';
import { side } from '../../web/common/digits.js';
import { outline } from '../../web/lab/outline.js';

type Line = [from: string, to: string];

const linesOf = (path: string): Line[] =>
  path
    .split('M')
    .slice(1)
    .map((line) => line.split('L') as Line);
const digitOf = (pixels: readonly [x: number, y: number, level: number][]) => {
  const digit = new Uint8Array(side * side);
  for (const [x, y, level] of pixels) digit[y * side + x] = level;
  return digit;
};
const coordinates = (lines: readonly Line[]) => lines.flat().map((point) => point.split(' ').map(Number) as [number, number]);

test('a block: its border, half a pixel around the middles of its pixels', () => {
  const block = [10, 11, 12].flatMap((y) => [5, 6, 7, 8].map((x): [number, number, number] => [x, y, 255]));
  const points = coordinates(linesOf(outline(digitOf(block))));
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  for (const [value, wanted] of [
    [Math.min(...xs), 5],
    [Math.max(...xs), 9],
    [Math.min(...ys), 10],
    [Math.max(...ys), 13],
  ] as const) {
    expect(Math.abs(value - wanted)).toBeLessThanOrEqual(0.01);
  }
});

test('the line lies where the level between two pixels is half', () => {
  // 64 beside 192: half way; 0 beside 192: two thirds of the way from 0.
  const points = coordinates(
    linesOf(
      outline(
        digitOf(
          [3, 4, 5].flatMap(
            (y) =>
              [
                [3, y, 64],
                [4, y, 192],
              ] as [number, number, number][],
          ),
        ),
      ),
    ),
  );
  const middle = points.filter(([, y]) => y === 4.5).map(([x]) => x);
  expect(Math.min(...middle)).toBeCloseTo(4, 2);
  expect(Math.max(...middle)).toBeCloseTo(4.5 + 64 / 192, 2);
});

test('every line goes on in another: shapes at the border and beside each other at a corner are closed too', () => {
  const pixels: [number, number, number][] = [
    [0, 0, 255],
    [27, 27, 200],
    [10, 10, 255],
    [11, 11, 255],
    [20, 9, 255],
    [19, 10, 255],
    [15, 20, 255],
    [14, 20, 255],
    [14, 21, 255],
  ];
  const ends = new Map<string, number>();
  for (const point of linesOf(outline(digitOf(pixels))).flat()) ends.set(point, (ends.get(point) ?? 0) + 1);
  expect([...ends.values()].every((count) => count === 2)).toBe(true);
  // One point on each side that a pixel with ink shares with one without: six lone pixels and a corner of three.
  expect(ends.size).toBe(6 * 4 + 8);
});

test('nothing has no outline', () => {
  expect(outline(new Uint8Array(side * side))).toBe('');
});
