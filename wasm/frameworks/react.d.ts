// <smooth-grad> in JSX of React 19, which sets what the element has as properties.
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { SmoothGradAttributes, SmoothGradElement, SmoothGradListeners } from './element.js';

export * from './element.js';

type Own = SmoothGradAttributes & SmoothGradListeners<'on'>;
type Common = DetailedHTMLProps<HTMLAttributes<SmoothGradElement>, SmoothGradElement>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'smooth-grad': Own & Omit<Common, keyof Own>;
    }
  }
}
