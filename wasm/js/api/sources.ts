// What kind of thing was handed in to be looked at.
import type { Prepared, RawTensor } from './model.js';

/** Pixels. It is larger than the photos of nearly all cameras; beyond it a file of some kilobytes could take gigabytes. */
export const largestPhoto = 150_000_000;

export const isTensor = (source: unknown): source is RawTensor =>
  typeof source === 'object' && source !== null && 'shape' in source;

export const isPrepared = (source: unknown): source is Prepared =>
  typeof source === 'object' && source !== null && 'input' in source;
