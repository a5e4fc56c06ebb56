// The part of a photo that is looked at. It is in the photo's name, `rocket--250-0-500-750`, in thousandths of its width and height
// (left, top, width, height): so it is in addresses, lists and links wherever a photo's name is, and needs nothing of its own there.

/** As shares of the photo. */
export interface Part {
  x: number;
  y: number;
  width: number;
  height: number;
}

const inName = /--(\d{1,4})-(\d{1,4})-(\d{1,4})-(\d{1,4})$/;
const whole = 1000;

/** All of it, as a square whatever its shape. */
export const everything: Part = { x: 0, y: 0, width: 1, height: 1 };

export const isEverything = ({ width, height }: Part) => width === 1 && height === 1;

/** The name of the photo itself. */
export const wholeName = (name: string) => name.replace(inName, '');

/** Undefined where the network chooses: the middle of it; so it is for a part that lies outside of the photo. */
export function partOf(name: string): Part | undefined {
  const numbers = inName.exec(name)?.slice(1).map(Number);
  if (!numbers) return undefined;
  const [x, y, width, height] = numbers as [number, number, number, number];
  const fits = width > 0 && height > 0 && x + width <= whole && y + height <= whole;
  return fits ? { x: x / whole, y: y / whole, width: width / whole, height: height / whole } : undefined;
}

/** Without a part: the photo itself. */
export function nameWith(name: string, part: Part | undefined): string {
  if (!part) return wholeName(name);
  const [x, y] = [part.x, part.y].map((share) => Math.round(share * whole)) as [number, number];
  const width = Math.min(Math.max(1, Math.round(part.width * whole)), whole - x);
  const height = Math.min(Math.max(1, Math.round(part.height * whole)), whole - y);
  return [`${wholeName(name)}-`, x, y, width, height].join('-');
}
