// The one table of a run's options. From it come the types of the API, the check, the command line's flags and help, the
// element's attributes, the parameters of an address, the ranges of a page's fields, and the reference documentation.
import type { Option } from './option.js';

/** What is computed. */
export const methodOptions = {
  method: { kind: 'name', of: 'methods', default: 'smoothgrad', help: 'what is computed' },
  rule: {
    kind: 'name',
    of: 'rules',
    otherwise: "the method's own",
    methods: 'sampled',
    help: 'how units of the ReLU family pass gradients back: any path and noise by any rule',
  },
  timesInput: {
    kind: 'flag',
    otherwise: "the method's own",
    methods: 'sampled',
    help: 'whether the reduced attribution is multiplied by the input',
  },
  convention: {
    kind: 'name',
    of: 'conventions',
    otherwise: 'none',
    methods: 'sampled',
    help: "another tool's defaults for samples, noise, reduction, channels and drawing",
  },
} as const satisfies Record<string, Option>;

/** Whose score is explained. */
export const scoreOptions = {
  target: { kind: 'class', otherwise: 'the most probable', help: "the class's number or name" },
  versus: { kind: 'class', otherwise: 'none', help: 'a second class, to be told apart from the target' },
  difference: {
    kind: 'name',
    of: 'differences',
    default: 'gradient',
    methods: 'sampled',
    help:
      'what is made of the two: gradient, that of S_target - S_versus; or scaled, both maps, each from 0 to 1 (its 99th ' +
      "percentile), subtracted (the paper's figure 6)",
  },
} as const satisfies Record<string, Option>;

/** Which samples are drawn. */
export const samplingOptions = {
  noise: {
    kind: 'number',
    low: 0,
    slider: { low: 0, high: 0.5, step: 0.01 },
    default: 0.15,
    methods: 'sampled',
    help: 'sigma as a fraction of max(x) - min(x)',
  },
  sigma: { kind: 'number', low: 0, otherwise: 'noise decides', methods: 'sampled', help: 'sigma itself, instead of noise' },
  samples: { kind: 'whole', low: 1, high: 1e9, default: 50, affects: 'goal', methods: 'sampled', help: 'noisy samples' },
  seed: { kind: 'seed', default: 0, methods: 'sampled', help: 'of the noise' },
  firstSample: {
    kind: 'whole',
    low: 0,
    default: 0,
    methods: 'sampled',
    help: 'number of the first sample; runs over ranges that do not overlap can be merged',
  },
  antithetic: {
    kind: 'flag',
    otherwise: 'on where the result is a mean of samples, without a convention or cleanLast',
    methods: 'sampled',
    help: 'noise in pairs e, -e; errors are then those of the pairs, of which there are half as many',
  },
  cleanLast: { kind: 'flag', default: false, methods: 'sampled', help: 'the last sample has no noise' },
  steps: {
    kind: 'whole',
    low: 1,
    high: 1e6,
    slider: { low: 4, high: 128, step: 4 },
    default: 32,
    methods: 'sampled',
    ofLine: true,
    help: 'of the line of Integrated Gradients',
  },
  baseline: {
    kind: 'name',
    of: 'baselines',
    default: 'zero',
    methods: ['sampled', 'occlusion'],
    ofLine: true,
    help: 'where that line begins, or what a square is replaced with: zero is that of the normalised input',
  },
} as const satisfies Record<string, Option>;

/** Of methods that are not made of samples. */
export const referenceOptions = {
  layer: {
    kind: 'layer',
    otherwise: 'the last',
    methods: ['grad-cam'],
    help: "of Grad-CAM: one of the model's gradCamLayers",
  },
  size: {
    kind: 'whole',
    low: 1,
    high: ({ side }) => side,
    slider: { low: 8, high: 96, step: 4 },
    default: ({ side }) => Math.min(32, side),
    otherwise: "32, or the input's shorter side",
    methods: ['occlusion'],
    unit: 'pixels',
    help: 'side of the square of occlusion',
  },
  stride: {
    kind: 'whole',
    low: 1,
    high: ({ size }) => size,
    default: ({ size }) => Math.ceil(size / 2),
    otherwise: 'half of its size',
    methods: ['occlusion'],
    unit: 'pixels',
    help: 'from one square to the next, at most its size',
  },
} as const satisfies Record<string, Option>;

/** How one channel is made of what was computed. */
export const mapOptions = {
  channels: { kind: 'name', of: 'channels', default: 'sum-abs', methods: 'sampled', help: 'one channel of several' },
  reduction: {
    kind: 'name',
    of: 'reductions',
    otherwise: "the method's own",
    methods: 'sampled',
    help: 'what is made of the samples',
  },
  magnitude: {
    kind: 'name',
    of: 'magnitudes',
    default: 'plain',
    methods: 'sampled',
    help: 'plain, or of the mean and its noise',
  },
  window: {
    kind: 'number',
    low: 0,
    high: 64,
    slider: { low: 0, high: 8, step: 0.5 },
    default: 0,
    methods: 'sampled',
    unit: 'pixels',
    help: 'over which the squared map is pooled before the root',
  },
} as const satisfies Record<string, Option>;

/** How a map is drawn. */
export const drawingOptions = {
  view: { kind: 'name', of: 'views', default: 'map', help: 'the map, or the photo with it' },
  colours: {
    kind: 'name',
    of: 'colours',
    otherwise: 'grey, inferno in the overlay, or diverging for a map with signs',
    help: 'of the map',
  },
  percentile: {
    kind: 'number',
    low: 90,
    high: 100,
    slider: { low: 90, high: 100, step: 0.5 },
    default: 99,
    help: 'of the values: the one that is drawn brightest',
  },
  fromLowest: { kind: 'flag', default: false, help: 'the lowest value is drawn darkest, not 0; not of maps with signs' },
  opacity: {
    kind: 'number',
    low: 0,
    high: 1,
    default: 0.9,
    help: 'of the strongest pixels in the overlay; weaker ones let more of the photo through',
  },
} as const satisfies Record<string, Option>;

/** Stops before all samples are done: members of `until`. */
export const untilOptions = {
  relativeError: { kind: 'number', low: Number.MIN_VALUE, otherwise: 'never', help: 'stop at this relative error' },
  denoisedError: {
    kind: 'number',
    low: Number.MIN_VALUE,
    otherwise: 'never',
    help: 'stop when the denoised map expects to be so near',
  },
  ms: { kind: 'number', low: Number.MIN_VALUE, otherwise: 'never', unit: 'ms', help: 'stop after this running time' },
} as const satisfies Record<string, Option>;

/** All of a run but its stop rules, in the order in which they are listed. */
export const runOptions = {
  ...methodOptions,
  ...scoreOptions,
  ...samplingOptions,
  ...referenceOptions,
  ...mapOptions,
  ...drawingOptions,
} as const;

export type OptionName = keyof typeof runOptions;
