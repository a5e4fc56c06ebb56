// <smooth-grad> in JSX of Solid.
import type { JSX } from 'solid-js';
import type { SmoothGradAttributes, SmoothGradElement, SmoothGradListeners } from './element.js';

export * from './element.js';

type Own = SmoothGradAttributes & SmoothGradListeners<'on:'>;

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'smooth-grad': Own & Omit<JSX.HTMLAttributes<SmoothGradElement>, keyof Own>;
    }
  }
}
