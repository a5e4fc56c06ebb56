// Explanations: what is computed, and what is to be seen of it meanwhile.
import type { MapOptions, Picture, RawMap, RenderOptions } from './maps.js';
import type { RawTensor } from './model.js';

export interface ExplainOptions extends MapOptions {
  /** A row of the engine's table of methods; default 'smoothgrad'. */
  method?: string;
  /** How units of the ReLU family pass gradients back, instead of the method's own way: any path and noise by any rule. */
  rule?: 'gradient' | 'guided' | 'deconvnet';
  /** Whether the reduced attribution is multiplied by the input, instead of the method's own. */
  timesInput?: boolean;
  /** Another tool's defaults for samples, noise, reduction, channels and drawing: 'paper', 'pair', 'captum', ... */
  convention?: string;
  /** Class index or name; default: the top class. */
  target?: number | string;
  /** A second class, to be told apart from the target. */
  versus?: number | string;
  /**
   * What is made of the two: 'gradient' (default), the gradient of S_target - S_versus; or 'scaled', both classes' maps, each
   * scaled to [0, 1] (from 0 to its 99th percentile), and subtracted (figure 6 of the paper).
   */
  difference?: string;
  /** sigma as a fraction of max(x) - min(x); default 0.15. */
  noise?: number;
  /** sigma itself, instead of `noise`. */
  sigma?: number;
  /** Default 50. */
  samples?: number;
  seed?: number | bigint;
  /** Number of the first sample; runs over ranges that do not overlap can be merged. Default 0. */
  firstSample?: number;
  /** Noise in pairs e, -e: errors and significance are then those of the pairs, of which there are half as many. */
  antithetic?: boolean;
  /** The last sample has no noise. */
  cleanLast?: boolean;
  /** Steps of the line of Integrated Gradients; default 32. */
  steps?: number;
  /** Where that line begins: 'zero' (default; of the normalised input), 'black', 'blurred'. */
  baseline?: string;
  /** Stops before all samples are done; `ms` of running time. */
  until?: { relativeError?: number; ms?: number };
  /** Begin paused: nothing runs until resume() or step(). */
  paused?: boolean;
  signal?: AbortSignal;
}

/** Of line methods: the attribution adds up to the rise of the score along the line, but for the error of the steps. */
export interface Completeness {
  /** Of all elements of the mean of the attributions. */
  sum: number;
  /** S(x + noise) - S(baseline), the mean over the samples; of S_target alone where the difference is 'scaled'. */
  difference: number;
  /** sum - difference: falls as the steps become more. */
  gap: number;
}

/** `map` is as the options of explain() have it. */
export interface Progress extends RawMap {
  state: 'running' | 'paused' | 'done';
  samples: number;
  /** Of this run alone, without those that were merged; the goal is of them. */
  ownSamples: number;
  goal: number;
  /** Forward-and-backward passes so far. */
  passes: number;
  /** ||standard error|| / ||mean||; Infinity below 2 samples (or pairs). Stays near 1 while the mean is mostly noise. */
  relativeError: number;
  /**
   * ||standard error|| over the norm of the true mean, estimated without bias: sqrt(max(0, ||mean||^2 - ||standard error||^2)).
   * Falls as n^-1/2 from the start; Infinity where the estimate is 0.
   */
  correctedError: number;
  elapsedMs: number;
  /** Share of the samples that are still classified as the input itself is. */
  keepsClass: number;
  /** Share of the noisy input's elements that lie outside of what a photo can be. */
  outOfRange: number;
  /** Of line methods, once there is a sample. */
  completeness?: Completeness;
  target: number;
  versus?: number;
  /** How target and versus are told apart, where there is a versus. */
  difference?: string;
  logits: Float32Array;
}

/** A running explanation: iterate it for progress (at most one a frame; the last has state 'done'). */
export interface Explanation extends AsyncIterable<Progress> {
  pause(): void;
  resume(): void;
  /** One more sample, then paused again. */
  step(): void;
  /** A new goal; a finished explanation goes on when it is larger. */
  extend(samples: number): void;
  /**
   * Ends it; the iteration returns. What is there stays readable until the model closes or eight later explanations have
   * been cancelled. An aborted signal cancels too, but the iteration then throws the signal's reason.
   */
  cancel(): void;
  /** Where the difference is 'scaled', [2, C, H, W]: the target's and versus's. */
  attribution(options?: { reduction?: string }): Promise<RawTensor>;
  standardError(): Promise<RawTensor>;
  /** What render() draws with these options, as values. */
  map(options?: MapOptions): Promise<RawMap>;
  /** Spearman's rank correlation of the maps of the even and of the odd samples; NaN below 2 samples. */
  agreement(): Promise<number>;
  /** The median of |mean| / standard error over the elements of the attribution; NaN below 2 samples. */
  signalToNoise(): Promise<number>;
  /** Everything computed so far, to be merged elsewhere or later. */
  save(): Promise<Uint8Array>;
  /** Adds the samples of a saved run; rejects with `bad-option` where model, input, options or ranges do not fit. */
  merge(saved: Uint8Array): Promise<void>;
  render(options?: RenderOptions): Promise<Picture>;
}
