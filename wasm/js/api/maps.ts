// Maps of one channel, and how they are drawn.
import type { DrawingOptions, MapOptions } from './options.js';

/** RGBA bytes, row by row. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** A map that was drawn. */
export interface DrawnMap extends Picture {
  /**
   * The values that the two ends of the colours stand for: what lies beyond is drawn as they are. Equal where the map has one value
   * only.
   */
  low: number;
  high: number;
  /** By the name of the engine's table. */
  colours: string;
}

/** One channel, as it was computed: neither capped nor coloured. */
export interface RawMap {
  width: number;
  height: number;
  /** [height * width]: a copy that is yours. */
  map: Float32Array;
  /** Values below 0 mean something: drawn with 0 in the middle of the colours. Where it is left out: if there is one. */
  signed?: boolean;
}

export type { DrawingOptions, MapOptions } from './options.js';

/** What is left out is as in explain(), or as its convention has it. */
export interface RenderOptions extends MapOptions, DrawingOptions {}

export interface RenderMapOptions extends DrawingOptions {
  /** Of the map's size, for views that show the photo: `pixels` of prepare(). */
  photo?: Picture;
}
