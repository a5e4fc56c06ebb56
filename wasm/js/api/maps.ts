// Maps of one channel, and how they are drawn.

/** RGBA bytes, row by row. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8ClampedArray;
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

/** How one channel is made of an attribution. */
export interface MapOptions {
  /** Default 'sum-abs'. */
  channels?: string;
  /** What is made of the samples: 'mean', 'mean-square', 'variance', 'mean-absolute'; default: the method's own. */
  reduction?: string;
  /** 'plain', or of the mean and its standard error: 'corrected', 'significance'; default 'plain'. */
  magnitude?: string;
  /** Pixels (0 to 64) over which the squared map is pooled before the root; default 0. */
  window?: number;
}

/** How a map is drawn. */
export interface DrawingOptions {
  view?: string;
  /** Default 'grey', or 'diverging' for a map with signs. */
  colours?: string;
  /** 90 to 100: the value drawn brightest; default 99. */
  percentile?: number;
  /** The lowest value is drawn darkest, not 0. */
  fromLowest?: boolean;
  /** Of the map in the overlay; default 0.6. */
  opacity?: number;
}

/** What is left out is as in explain(), or as its convention has it. */
export interface RenderOptions extends MapOptions, DrawingOptions {}

export interface RenderMapOptions extends DrawingOptions {
  /** Of the map's size, for views that show the photo: `pixels` of prepare(). */
  photo?: Picture;
}
