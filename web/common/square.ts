// A square on a picture, in the picture's pixels: moved and sized it stays within.
import type { Part } from './part.js';

export interface Size {
  width: number;
  height: number;
}

export interface Square {
  x: number;
  y: number;
  side: number;
}

/** Of the shorter side of the picture: less is a blur to the network. */
const least = 0.05;

const within = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

export const shorter = ({ width, height }: Size) => Math.min(width, height);

export function inside({ x, y, side: asked }: Square, picture: Size): Square {
  const side = within(asked, least * shorter(picture), shorter(picture));
  return { side, x: within(x, 0, picture.width - side), y: within(y, 0, picture.height - side) };
}

export const moved = ({ x, y, side }: Square, dx: number, dy: number, picture: Size) =>
  inside({ x: x + dx, y: y + dy, side }, picture);

/** Around the same centre, as far as the picture goes. */
export function sized({ x, y, side: before }: Square, asked: number, picture: Size): Square {
  const { side } = inside({ x, y, side: asked }, picture);
  return inside({ x: x + (before - side) / 2, y: y + (before - side) / 2, side }, picture);
}

/** What a network sees that takes so much of the shorter side, in the middle. */
export function middle(picture: Size, share: number): Square {
  const side = shorter(picture) * Math.min(1, share);
  return { side, x: (picture.width - side) / 2, y: (picture.height - side) / 2 };
}

export const toPart = ({ x, y, side }: Square, { width, height }: Size): Part => ({
  x: x / width,
  y: y / height,
  width: side / width,
  height: side / height,
});

/** Of a part that is a square but for rounding. */
export function fromPart({ x, y, width, height }: Part, picture: Size): Square {
  const side = Math.max(width * picture.width, height * picture.height);
  return inside({ x: x * picture.width, y: y * picture.height, side }, picture);
}
