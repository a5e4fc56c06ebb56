// Plain arithmetic on what a network is shown, and on gradients of it: both [1, C, H, W].
import type { Picture, Preprocessing, RawMap, RawTensor } from 'smoothgrad';

/** The largest value less the smallest: noise is a share of it. */
export function rangeOf({ data }: RawTensor): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of data) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}

/** input + share * other, element by element; in single precision, as the engine adds noise: gradients jump at less than that. */
export function plus({ shape, data }: RawTensor, share: number, other: Float32Array): RawTensor {
  const { fround } = Math;
  const factor = fround(share);
  return { shape, data: data.map((value, i) => value + fround(factor * (other[i] as number))) };
}

/** What a photo would have to be, for the network to see this: levels, cut off where no photo can be so dark or bright. */
export function toPicture({ shape, data }: RawTensor, { mean, std, channelOrder }: Preprocessing): Picture {
  const [, channels = 1, height = 1, width = 1] = shape;
  const size = height * width;
  const picture = new Uint8ClampedArray(size * 4).fill(255);
  for (let colour = 0; colour < 3; colour++) {
    const channel = channels === 1 ? 0 : channelOrder === 'bgr' ? 2 - colour : colour;
    const [scale, shift] = [std[channel] ?? std[0] ?? 1, mean[channel] ?? mean[0] ?? 0];
    for (let i = 0; i < size; i++) picture[i * 4 + colour] = (data[channel * size + i] as number) * scale + shift;
  }
  return { width, height, data: picture };
}

/** The sum of absolute values over the channels: what is drawn of an attribution. */
export function toMap(shape: readonly number[], data: ArrayLike<number>): RawMap {
  const [, , height = 1, width = 1] = shape;
  const map = new Float32Array(height * width);
  for (let i = 0; i < data.length; i++) map[i % map.length] = (map[i % map.length] as number) + Math.abs(data[i] as number);
  return { width, height, map, signed: false };
}

/** Each pixel's sum over the channels, with its sign: what the score would do if the pixel became brighter. */
export function signedSum({ shape, data }: RawTensor): Float32Array {
  const [, , height = 1, width = 1] = shape;
  const sums = new Float32Array(height * width);
  for (let i = 0; i < data.length; i++) sums[i % sums.length] = (sums[i % sums.length] as number) + (data[i] as number);
  return sums;
}

/** 1 where two gradients point the same way, 0 where they have nothing in common, -1 where they are opposite. */
export function alike(a: Float32Array, b: Float32Array): number {
  let [both, one, other] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    both += x * y;
    one += x * x;
    other += y * y;
  }
  return both / Math.sqrt(one * other || 1);
}

/** Where a map is brightest, each pixel taken with its neighbours so far away, as shares of width and height. */
export function brightest({ width, height, map }: RawMap, reach = 2): { x: number; y: number } {
  let [best, at] = [Number.NEGATIVE_INFINITY, 0];
  for (let y = reach; y < height - reach; y++) {
    for (let x = reach; x < width - reach; x++) {
      let sum = 0;
      for (let row = y - reach; row <= y + reach; row++) {
        for (let column = x - reach; column <= x + reach; column++) sum += map[row * width + column] as number;
      }
      if (sum > best) [best, at] = [sum, y * width + x];
    }
  }
  return { x: ((at % width) + 0.5) / width, y: (Math.floor(at / width) + 0.5) / height };
}

/** The pixel at these shares of width and height. */
export function pixelAt(shape: readonly number[], x: number, y: number): number {
  const [, , height = 1, width = 1] = shape;
  const within = (share: number, size: number) => Math.min(Math.floor(share * size), size - 1);
  return within(y, height) * width + within(x, width);
}
