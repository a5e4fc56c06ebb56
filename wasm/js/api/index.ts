// The public types of the npm package, the same in a browser and in Node.
export type * from './engine.js';
export type * from './explanation.js';
export type * from './maps.js';
export type * from './measures.js';
export type * from './model.js';
export type * from './options.js';
export type { ChannelOrder, Fit, Preprocessing, Preset } from './preprocessing.js';
export type * from './references.js';
