// <smooth-grad src="cat.jpg">: the live map of a photo, for any page. A plain custom element: no library to load.
import { SmoothGradElement } from './element/smooth_grad.js';

export { SmoothGradError } from './api/errors.js';
export type * from './api/index.js';
export { softmax } from './api/scores.js';
export type { SmoothGradAttributes } from './element/attributes.js';
export type { Network } from './element/network.js';
export { sharedEngine, sharedModel } from './element/shared_engine.js';
export { SmoothGradElement } from './element/smooth_grad.js';
export type { SmoothGradEvents, SmoothGradListeners } from './element/surface.js';

// A server that draws pages has no elements, and another copy of the package may have been first.
if (!globalThis.customElements?.get('smooth-grad')) globalThis.customElements?.define('smooth-grad', SmoothGradElement);

declare global {
  interface HTMLElementTagNameMap {
    'smooth-grad': SmoothGradElement;
  }
}
