/** See random.mjs. */
export function chance(seed: number): {
  next(): number;
  below(count: number): number;
  pick<T>(list: readonly T[]): T;
  bytes(count: number): Uint8Array;
};
