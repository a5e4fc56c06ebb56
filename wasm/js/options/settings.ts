// Options once they are checked and complete.
import type { Settings } from './option.js';
import type { drawingOptions, mapOptions, runOptions } from './table.js';

export type DrawingSettings = Settings<typeof drawingOptions>;

/** What is drawn, and how. */
export type LookSettings = Settings<typeof mapOptions> & DrawingSettings;

/** Those of the table that the method takes; without a target it is the top class. */
export interface RunSettings extends Settings<typeof runOptions> {
  untilRelativeError: number;
  untilDenoisedError: number;
  untilMs: number;
  paused: boolean;
  pictures: boolean;
  /** Milliseconds that it has computed before it is kept for the first time. */
  keep?: number;
  from?: Uint8Array;
}
