// <smooth-grad> in templates of Vue 3.
import type { DefineComponent } from 'vue';
import type { SmoothGradAttributes, SmoothGradListeners } from './element.js';

export * from './element.js';

declare module 'vue' {
  interface GlobalComponents {
    'smooth-grad': DefineComponent<SmoothGradAttributes & SmoothGradListeners<'on', true>>;
  }
}
