// The public types of the npm package, the same in a browser and in Node.
export type * from './api/engine.js';
export type * from './api/explanation.js';
export type * from './api/maps.js';
export type * from './api/measures.js';
export type * from './api/model.js';
export type * from './api/references.js';
