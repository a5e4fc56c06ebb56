// The digits that the site ships (see web/digits/README.md), and how they lie in their 28 x 28 pixels.

export interface Digits {
  count: number;
  /** [count, 28, 28], levels 0 to 255, white on black. */
  images: Uint8Array;
  /** [count], 0 to 9. */
  labels: Uint8Array;
}

export const side = 28;
const pixels = side * side;

/** Of the square that a digit's ink fits into. */
export const boxSide = 20;
/** Where a digit's centre of mass lies, in pixels from the upper left corner: the middle of pixel 14 (14.5 also as measured). */
export const middle = 14.5;

/** Of the ink, in pixels from the upper left corner. */
export function centreOfMass(digit: ArrayLike<number>): { x: number; y: number } {
  let [mass, x, y] = [0, 0, 0];
  for (let i = 0; i < digit.length; i++) {
    const level = digit[i] as number;
    mass += level;
    x += level * ((i % side) + 0.5);
    y += level * (Math.floor(i / side) + 0.5);
  }
  return { x: x / mass, y: y / mass };
}

/** Some servers unpack what is gzip, others do not. */
async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** 10,000 digits to train with, or 1,000 to test with; digit i is of class i % 10. Rejects where they cannot be fetched. */
export async function loadDigits(part: 'train' | 'test', signal?: AbortSignal): Promise<Digits> {
  const response = await fetch(new URL(`digits/${part}.bin`, document.baseURI), { signal: signal ?? null });
  if (!response.ok) throw new Error(`the digits could not be fetched: HTTP ${response.status}`);
  const bytes = await unpack(new Uint8Array(await response.arrayBuffer()));
  const count = bytes.length / (1 + pixels);
  return { count, labels: bytes.subarray(0, count), images: bytes.subarray(count) };
}
