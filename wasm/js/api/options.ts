// The options of a run, as types; what each means stands in the table. The package's own declarations spell them out.
import type { Values } from '../options/option.js';
import type { drawingOptions, mapOptions, runOptions, untilOptions } from '../options/table.js';

/** Every option of a run but its stop rules. */
export interface RunOptions extends Values<typeof runOptions> {}

/** How one channel is made of an attribution. */
export interface MapOptions extends Values<typeof mapOptions> {}

/** How a map is drawn. */
export interface DrawingOptions extends Values<typeof drawingOptions> {}

/** Stops before all samples are done. */
export interface UntilOptions extends Values<typeof untilOptions> {}
