// <smooth-grad> in templates of Svelte 5.
import type { HTMLAttributes } from 'svelte/elements';
import type { SmoothGradAttributes, SmoothGradElement, SmoothGradListeners } from './element.js';

export * from './element.js';

type Own = SmoothGradAttributes & SmoothGradListeners<'on'>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'smooth-grad': Own & Omit<HTMLAttributes<SmoothGradElement>, keyof Own>;
  }
}
