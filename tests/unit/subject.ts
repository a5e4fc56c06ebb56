// Small tables of names and a model, for tests of what is checked against them.
import type { Convention, Tables } from '../../wasm/js/api/engine.js';
import { findClass } from '../../wasm/js/client/find_class.js';
import type { Subject } from '../../wasm/js/options/check_options.js';

const named = (...names: string[]) => names.map((name) => ({ name, title: name }));
export const captum: Convention = {
  ...{ name: 'captum', title: 'captum', samples: 5, noise: 0, sigma: 1, reduction: 'mean-absolute' },
  ...{ antithetic: false, cleanLast: false },
  ...{ channels: 'max-abs', percentile: 98, fromLowest: true },
};
export const tables = {
  methods: named('gradient', 'smoothgrad'),
  references: named('grad-cam', 'occlusion'),
  rules: named('gradient', 'guided'),
  differences: named('gradient', 'scaled'),
  views: named('map', 'overlay'),
  colours: named('grey', 'diverging'),
  channels: named('sum-abs', 'max-abs'),
  reductions: named('mean', 'mean-absolute'),
  magnitudes: named('plain', 'corrected'),
  baselines: named('zero', 'blurred'),
  conventions: [captum],
} as unknown as Tables;
export const subject: Subject = {
  tables,
  classIndex: (target) => findClass([], 1000, target),
  layers: [
    { name: 'a', shape: [1, 2, 2] },
    { name: 'b', shape: [1, 2, 2] },
  ],
  inputShape: [1, 3, 20, 30],
};
