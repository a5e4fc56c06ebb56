// The public types of the npm package, the same in a browser and in Node.
import type { MapAgreement, MapMeasures, Perturbation, PerturbOptions, RawMap } from './api/measures.js';

export type * from './api/measures.js';

/**
 * What to explain: RGBA bytes, anything the platform decodes (in Node: a path, a Blob or encoded bytes), or what prepare()
 * or composePair() made, which is taken as it is.
 */
export type Photo =
  | { width: number; height: number; data: Uint8Array | Uint8ClampedArray }
  | ImageBitmap
  | Blob
  | Uint8Array
  | string
  | Prepared;

/** What a network sees of a photo: the cropped pixels (RGBA) and the normalised tensor. */
export interface Prepared {
  pixels: ImageData | { width: number; height: number; data: Uint8ClampedArray };
  input: RawTensor;
}

export type BuildName = 'simd' | 'simd-threads' | 'relaxed' | 'relaxed-threads';

export type ErrorCode =
  | 'bad-model'
  | 'unsupported-operator'
  | 'bad-option'
  | 'bad-image'
  | 'bad-tensor'
  | 'not-found'
  | 'worker-lost'
  | 'out-of-memory'
  | 'unsupported-platform'
  | 'closed';

/** A row of one of the engine's tables: methods, views, colours, channels. Pages build their menus from these. */
export interface NamedEntry {
  name: string;
  title: string;
}

/** What another tool means by SmoothGrad; each value is the default of the option of its name. */
export interface Convention extends NamedEntry {
  samples: number;
  noise: number;
  sigma?: number;
  reduction: string;
  cleanLast: boolean;
  channels: string;
  percentile: number;
  fromLowest: boolean;
}

export interface EngineOptions {
  /** Lanes; default: the machine's cores (at most 8), 1 where threads are not available. */
  threads?: number;
  /** Forces a build; default: the fastest that validates here. */
  build?: BuildName;
  /** Folder that holds `wasm/` and `models/`; default: beside the package's own files. */
  assets?: string | URL;
  signal?: AbortSignal;
}

export interface Engine {
  readonly build: BuildName;
  readonly threads: number;
  /** Why only one thread is used, for people; undefined when threads are in use. */
  readonly singleThreadReason?: string;
  readonly methods: readonly NamedEntry[];
  readonly views: readonly NamedEntry[];
  readonly colours: readonly NamedEntry[];
  readonly channels: readonly NamedEntry[];
  readonly reductions: readonly NamedEntry[];
  readonly magnitudes: readonly NamedEntry[];
  readonly baselines: readonly NamedEntry[];
  readonly conventions: readonly Convention[];
  /** A shipped model's name, a URL (in Node also a path), or the bytes of an ONNX file. */
  loadModel(source: string | URL | Uint8Array, options?: ModelOptions): Promise<Model>;
  /** The models that come with the package. */
  shippedModels(): Promise<ShippedModel[]>;
  /** From the call of createEngine to the module being ready. */
  readonly loadMs: number;
  /** Figures of one map. */
  measure(map: RawMap): Promise<MapMeasures>;
  /** How well two maps of one size agree. */
  compare(a: RawMap, b: RawMap): Promise<MapAgreement>;
  /** Standard-normal noise of one sample (0, 1, ...), in the order of the NCHW tensor of this size. */
  noise(options: { size: number; seed?: number | bigint; sample?: number }): Promise<Float32Array>;
  memory(): Promise<EngineMemory>;
  /**
   * The most that one core can do in this build, in GFLOP/s: multiply-adds on registers, the best of some tens of
   * milliseconds. What a profile's shares of the peak are shares of.
   */
  peak(): Promise<number>;
  /** Ends it: what is under way rejects with `closed`, and all its memory is free. */
  close(): void;
}

/** In bytes. */
export interface EngineMemory {
  /** The wasm memory, which only grows. */
  heap: number;
  /** What is allocated in it. */
  allocated: number;
  /** The weights of the loaded models, packed. */
  weights: number;
  /** The largest arena of one lane. */
  arena: number;
}

export interface ModelOptions {
  /** Explain the probability of a final Softmax instead of the logit before it. */
  keepSoftmax?: boolean;
  /** Overrides of the file's own preprocessing metadata. */
  resize?: number;
  mean?: number[];
  std?: number[];
  classNames?: string[];
  signal?: AbortSignal;
  onProgress?: (received: number, total: number | undefined) => void;
}

/** A model that comes with the package: `engine.loadModel(name)`. */
export interface ShippedModel {
  name: string;
  title: string;
  file: string;
  bytes: number;
  /** What it is to be shown. */
  kind: 'photos' | 'digits';
  /** Of digits: the noise in its training, as a share of the range of the input. */
  noise?: number;
  /** Of digits: its share of right answers to the whole test set. */
  accuracy?: number;
}

export interface ClassScore {
  index: number;
  name: string;
  probability: number;
  logit: number;
}

/** float32, row-major, channels first: shape [1, C, H, W] or [1, classes]. */
export interface RawTensor {
  shape: number[];
  data: Float32Array;
}

export interface Model {
  readonly name: string;
  readonly classNames: readonly string[];
  /** Of the input: [1, C, H, W]. */
  readonly inputShape: readonly number[];
  readonly classes: number;
  /** Class index from an index or a name (exact, else the only one that contains it); throws `bad-option` otherwise. */
  classIndex(target: number | string): number;
  /** The classes of highest probability, best first; default 5. */
  classify(photo: Photo, options?: { top?: number; signal?: AbortSignal }): Promise<ClassScore[]>;
  prepare(photo: Photo): Promise<Prepared>;
  /** Starts at once; throws `bad-option` at once. What goes wrong later rejects the iteration. */
  explain(photo: Photo | RawTensor, options?: ExplainOptions): Explanation;
  /** Logits and, where a target is given, the gradient of its logit by the rule, of a raw input. */
  evaluate(input: RawTensor, options?: EvaluateOptions): Promise<{ logits: Float32Array; gradient?: RawTensor }>;
  /** What an edge detector sees in the normalised input (Sobel): a baseline that knows nothing of the network. */
  edges(source: Photo | RawTensor): Promise<RawMap>;
  /**
   * What becomes of the target's probability while the pixels are replaced, or put back, in the order of a map: deletion and
   * insertion. A good map makes the first fall and the second rise early.
   */
  perturb(source: Photo | RawTensor, map: RawMap, options: PerturbOptions): Promise<Perturbation>;
  /** How long each step of the network takes, forward and backward, on one thread. */
  profile(input: RawTensor, options?: ProfileOptions): Promise<ProfiledStep[]>;
  close(): void;
}

export interface ProfileOptions {
  /** Class index or name; default: class 0. */
  target?: number | string;
  /** Times are means of so many; default 5, at least 1. */
  passes?: number;
}

/** A step of the network: a layer with what was fused into it. */
export interface ProfiledStep {
  /** The ONNX node's. */
  name: string;
  /** `conv1x1`, `depthwise`, ... */
  kind: string;
  /** Of the output: [C, H, W]. */
  shape: number[];
  /** Of one forward pass; the backward pass with respect to the input has as many. */
  multiplyAdds: number;
  forwardMs: number;
  backwardMs: number;
}

export interface EvaluateOptions {
  /** Class index or name whose logit is differentiated; without it there is no gradient. */
  target?: number | string;
  versus?: number | string;
  rule?: 'gradient' | 'guided' | 'deconvnet';
}

/** How one channel is made of an attribution. */
export interface MapOptions {
  /** Default 'sum-abs'. */
  channels?: string;
  /** What is made of the samples: 'mean', 'mean-square', 'variance', 'mean-absolute'; default: the method's own. */
  reduction?: string;
  /** 'plain', or of the mean and its standard error: 'corrected', 'significance'; default 'plain'. */
  magnitude?: string;
  /** Pixels (0 to 64) over which the squared map is pooled before the root; default 0. */
  window?: number;
}

export interface ExplainOptions extends MapOptions {
  method?: string;
  /** Another tool's defaults for samples, noise, reduction, channels and drawing: 'paper', 'pair', 'captum', ... */
  convention?: string;
  /** Class index or name; default: the top class. */
  target?: number | string;
  /** Explain S_target - S_versus. */
  versus?: number | string;
  /** sigma as a fraction of max(x) - min(x); default 0.15. */
  noise?: number;
  /** sigma itself, instead of `noise`. */
  sigma?: number;
  /** Default 50. */
  samples?: number;
  seed?: number | bigint;
  /** Number of the first sample; runs over ranges that do not overlap can be merged. Default 0. */
  firstSample?: number;
  /** Noise in pairs e, -e. */
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

export interface Progress {
  state: 'running' | 'paused' | 'done';
  samples: number;
  goal: number;
  /** Forward-and-backward passes so far. */
  passes: number;
  /** ||standard error|| / ||mean||; Infinity below 2 samples. */
  relativeError: number;
  elapsedMs: number;
  /** Share of the samples that are still classified as the input itself is. */
  keepsClass: number;
  /** Share of the noisy input's elements that lie outside of what a photo can be. */
  outOfRange: number;
  target: number;
  logits: Float32Array;
  width: number;
  height: number;
  /** One channel, [height * width], raw (not capped): a copy that is yours. */
  map: Float32Array;
}

/** What is left out is as in explain(), or as its convention has it. */
export interface RenderOptions extends MapOptions {
  view?: string;
  colours?: string;
  /** 90 to 100: the value drawn brightest; default 99. */
  percentile?: number;
  /** The lowest value is drawn darkest, not 0. */
  fromLowest?: boolean;
  /** Of the map in the overlay; default 0.6. */
  opacity?: number;
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
  attribution(options?: { reduction?: string }): Promise<RawTensor>;
  standardError(): Promise<RawTensor>;
  /** Spearman's rank correlation of the maps of the even and of the odd samples; NaN below 2 samples. */
  agreement(): Promise<number>;
  /** The median of |mean| / standard error over the elements of the attribution; NaN below 2 samples. */
  signalToNoise(): Promise<number>;
  /** Everything computed so far, to be merged elsewhere or later. */
  save(): Promise<Uint8Array>;
  /** Adds the samples of a saved run; rejects with `bad-option` where model, input, options or ranges do not fit. */
  merge(saved: Uint8Array): Promise<void>;
  render(options?: RenderOptions): Promise<{ width: number; height: number; data: Uint8ClampedArray }>;
}
