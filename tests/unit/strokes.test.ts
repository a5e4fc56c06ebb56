// A drawing becomes a digit as MNIST's were made.
import { test } from 'node:test';
import { expect } from '@playwright/test';
import { centreOfMass, side } from '../../web/common/digits.js';
import { type Stroke, toDigit } from '../../web/lab/strokes.js';

const seven: Stroke[] = [
  [
    { x: 0.3, y: 0.2 },
    { x: 0.7, y: 0.2 },
    { x: 0.45, y: 0.85 },
  ],
];
const moved = (strokes: Stroke[], scale: number, dx: number, dy: number) =>
  strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: scale * x + dx, y: scale * y + dy })));

/** First and last column and row with ink that is at least half. */
function boxOf(digit: Uint8Array) {
  const inked = [...digit.keys()].filter((i) => (digit[i] as number) >= 128);
  const [xs, ys] = [inked.map((i) => i % side), inked.map((i) => Math.floor(i / side))];
  return { width: Math.max(...xs) - Math.min(...xs) + 1, height: Math.max(...ys) - Math.min(...ys) + 1 };
}

test('the centre of mass lies where MNIST has it, the box is 20 pixels high', () => {
  const digit = toDigit(seven);
  const { x, y } = centreOfMass(digit);
  expect(Math.hypot(x - 14.5, y - 14.5)).toBeLessThan(0.1);
  expect(Math.abs(boxOf(digit).height - 20)).toBeLessThanOrEqual(1);
});

test('where and how large one draws changes nothing', () => {
  const digit = toDigit(seven);
  for (const drawing of [moved(seven, 560, 0, 0), moved(seven, 0.2, 0.7, 0.1)]) {
    const other = toDigit(drawing);
    expect(Math.max(...digit.map((level, i) => Math.abs(level - (other[i] as number))))).toBeLessThanOrEqual(1);
  }
});

test('the shape keeps its proportions, whichever side is longer', () => {
  const bar = (width: number, height: number): Stroke[] => [
    [
      { x: 0, y: 0 },
      { x: width, y: height },
    ],
  ];
  const [lying, standing] = [boxOf(toDigit(bar(1, 0))), boxOf(toDigit(bar(0, 1)))];
  expect(lying).toEqual({ width: standing.height, height: standing.width });
  expect(Math.abs(lying.width - 20)).toBeLessThanOrEqual(1);
  expect(lying.height).toBe(3);
  const box = boxOf(toDigit(bar(0.5, 1)));
  expect(Math.abs(box.height - 20)).toBeLessThanOrEqual(1);
  // The pen has a width of its own: (20 - pen) / 2 + pen.
  expect(Math.abs(box.width - 11.3)).toBeLessThanOrEqual(1);
});

test('a dot is a dot of full ink in the middle, and nothing is nothing', () => {
  const dot = toDigit([[{ x: 0.9, y: 0.1 }]]);
  expect(dot[14 * side + 14]).toBe(255);
  expect(dot).toEqual(
    dot
      .slice()
      .reverse()
      .map((_, i) => dot[(i % side) * side + Math.floor(i / side)] as number),
  );
  expect(boxOf(dot).width).toBeLessThanOrEqual(4);
  expect(toDigit([])).toEqual(new Uint8Array(side * side));
});

test('edges are soft: a level in between wherever the pen covers a part of a pixel', () => {
  const digit = toDigit(seven);
  expect(digit.some((level) => level > 40 && level < 215)).toBe(true);
  expect(Math.max(...digit)).toBe(255);
});
