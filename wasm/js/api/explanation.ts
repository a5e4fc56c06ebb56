// Explanations: what is computed, and what is to be seen of it meanwhile.
import type { DrawnMap, MapOptions, RawMap, RenderOptions } from './maps.js';
import type { RawTensor } from './model.js';
import type { RunOptions, UntilOptions } from './options.js';

/** What is not for the method is refused, not ignored. */
export interface ExplainOptions extends RunOptions {
  until?: UntilOptions;
  /** Frames carry the drawn map, too. */
  pictures?: boolean;
  /** Begin paused: nothing runs until resume() or step(). */
  paused?: boolean;
  /**
   * `kept` has what is computed, from time to time: twice the memory of a run. A number: only once it has computed for so many
   * milliseconds, so that short runs cost nothing.
   */
  keep?: boolean | number;
  /**
   * What save() or `kept` gave of the same model, photo and options: goes on behind its samples, to the same bytes as without a break.
   * Of another run it is refused with `bad-option`, and so it is with `cleanLast`.
   */
  from?: Uint8Array | undefined;
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

/** A frame of a run: figures, and the map as the options of explain() have it. */
export interface Progress extends RawMap {
  state: 'running' | 'paused' | 'done';
  /** Of `goal` so many are in the map; with samples that were merged there may be more of them. */
  done: number;
  /** Of this run alone. */
  goal: number;
  /** What is counted. */
  unit: 'samples' | 'squares' | 'maps';
  elapsedMs: number;
  target: number;
  versus?: number;
  logits: Float32Array;
  /** Where `pictures` was asked for. */
  picture?: DrawnMap;
  /** Of the last frame, for people: why the map is zero everywhere, where it is. */
  note?: string;
}

/** Of a method that is made of samples. */
export interface SampledProgress extends Progress {
  unit: 'samples';
  samples: number;
  /** Of this run alone, without those that were merged; the goal is of them. */
  ownSamples: number;
  /** Forward-and-backward passes so far. */
  passes: number;
  /** ||standard error|| / ||mean||; Infinity below 2 samples (or pairs). Stays near 1 while the mean is mostly noise. */
  relativeError: number;
  /**
   * ||standard error|| over the norm of the true mean, estimated without bias: sqrt(max(0, ||mean||^2 - ||standard error||^2)).
   * Falls as n^-1/2 from the start; Infinity where the estimate is 0.
   */
  correctedError: number;
  /** Share of the samples that are still classified as the input itself is. */
  keepsClass: number;
  /** Share of the noisy input's elements that lie outside of what a photo can be. */
  outOfRange: number;
  /** Of line methods, once there is a sample. */
  completeness?: Completeness;
  /** How target and versus are told apart, where there is a versus. */
  difference?: string;
  /**
   * Of the map, where its magnitude is `denoised` and there are samples enough; without it the map is the plain one. Frames with
   * pictures have none, and show the plain map, below 16 samples of a run under way, and as long as nothing stands out of the noise.
   */
  denoised?: DenoisedFigures;
}

export interface DenoisedFigures {
  /** That it is of: while a run goes on, it is made a few times a second. */
  samples: number;
  /** What it expects its own relative L2 error to be: sqrt(sum of variances / expected sum of squares). */
  expectedError: number;
  /** Whether anything stands out of the noise; if not, the map is zero. */
  signal: boolean;
}

/**
 * What is believed of the true mean, for each element a normal distribution. Two classes whose difference is scaled have both,
 * [2, C, H, W].
 */
export interface Denoised extends DenoisedFigures {
  mean: RawTensor;
  variance: RawTensor;
}

/**
 * How well the denoised map of these samples is expected to correlate with that of endless samples, at three scales: 0 to 1, and
 * rather too low than too high.
 */
export interface Reliability {
  samples: number;
  /**
   * Pooled by a window of a 28th of the shorter side: 2 r / (1 + r) of the correlation r of both halves' plain maps (Spearman
   * 1910, Brown 1910), which is the square of the plain map's.
   */
  shapes: number;
  /** The same with a window of a 112th. */
  details: number;
  /** Of the denoised mean, element by element: the root of 1 - expectedError^2. */
  pixels: number;
}

/**
 * A run under way: iterate it for progress (at most one frame of a screen; the last has state 'done'). Grad-CAM and occlusion are
 * runs as well; what is only to be had of samples is refused there with `bad-option`.
 */
export interface Explanation<Frame extends Progress = SampledProgress> extends AsyncIterable<Frame> {
  pause(): void;
  resume(): void;
  /** One more sample, then paused again. */
  step(): void;
  /** A new goal; a finished explanation goes on when it is larger. Of samples. */
  extend(samples: number): void;
  /**
   * Ends it; the iteration returns. What is there of samples stays readable until the model closes or eight later explanations
   * have been cancelled. An aborted signal cancels too, but the iteration then throws the signal's reason.
   */
  cancel(): void;
  /** This frame drawn so, and all that follow; needs no new sample. What is left out is as the convention has it, or by default. */
  redraw(options?: RenderOptions): Promise<Frame>;
  /** What render() draws with these options, as values. */
  map(options?: MapOptions): Promise<RawMap>;
  render(options?: RenderOptions): Promise<DrawnMap>;
  /** Where the difference is 'scaled', [2, C, H, W]: the target's and versus's. Of samples, as all below. */
  attribution(options?: { reduction?: string }): Promise<RawTensor>;
  standardError(): Promise<RawTensor>;
  /**
   * The mean of the samples, denoised at full resolution: a local Wiener filter in the gradient's own basis, from the samples
   * alone. Rejects with `bad-option` below 8 samples, and where the result is no mean of samples.
   */
  denoised(): Promise<Denoised>;
  /** Spearman's rank correlation of the maps of the even and of the odd samples; NaN below 2 samples. */
  agreement(): Promise<number>;
  /** What can be trusted of it so far. Rejects with `bad-option` where denoised() does. */
  reliability(): Promise<Reliability>;
  /** The median of |mean| / standard error over the elements of the attribution; NaN below 2 samples. */
  signalToNoise(): Promise<number>;
  /** Everything computed so far, to be merged elsewhere or later. */
  save(): Promise<Uint8Array>;
  /** Adds the samples of a saved run; rejects with `bad-option` where model, input, options or ranges do not fit. */
  merge(saved: Uint8Array): Promise<void>;
  /**
   * With `keep`: what save() would have given a moment ago, a second or some; at its end, of all samples. Still there once the engine's
   * worker is lost: another engine goes on `from` it, and computes again what it lacks.
   */
  readonly kept: Uint8Array | undefined;
}
