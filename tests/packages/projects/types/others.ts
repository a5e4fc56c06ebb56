import 'smoothgrad/svelte';
import 'smoothgrad/vue';
import type { SvelteHTMLElements } from 'svelte/elements';
import type { GlobalComponents } from 'vue';

export const svelte: SvelteHTMLElements['smooth-grad'] = {
  src: 'cat.jpg',
  samples: 50,
  onprogress: ({ detail }) => detail.done,
};
export const vue: InstanceType<GlobalComponents['smooth-grad']>['$props'] = {
  src: 'cat.jpg',
  samples: 50,
  onProgress: ({ detail }) => detail.done,
};
// @ts-expect-error: there is no such attribute
export const misspelt: SvelteHTMLElements['smooth-grad'] = { sampels: 50 };
