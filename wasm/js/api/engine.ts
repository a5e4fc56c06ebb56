// The engine: what runs, its tables, its memory.
import type { DrawnMap, RawMap, RenderMapOptions } from './maps.js';
import type { MapAgreement, MapMeasures } from './measures.js';
import type { Model, ModelOptions, ShippedModel } from './model.js';

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

/** A method: one row of path x noise x rule x reduction x times input. */
export interface MethodEntry extends NamedEntry {
  path: 'point' | 'line';
  noisy: boolean;
  rule: string;
  reduction: string;
  timesInput: boolean;
  /** Whether its noise comes in pairs, e and -e, where nothing else is said. */
  antithetic: boolean;
}

/** A method that is not made of samples. */
export interface ReferenceEntry extends NamedEntry {
  /** What its progress counts. */
  unit: 'squares' | 'maps';
}

/** What another tool means by SmoothGrad; each value is the default of the option of its name. */
export interface Convention extends NamedEntry {
  samples: number;
  noise: number;
  sigma?: number;
  reduction: string;
  antithetic: boolean;
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
  /** Names or addresses of models that will be loaded: they are asked for at once, while the engine starts. */
  models?: readonly string[];
  /** A copy of the package's folder, for where its own files cannot be reached from its code; an absolute or relative address. */
  assets?: string | URL;
  signal?: AbortSignal;
}

/** What an engine can do. */
export interface EngineInfo {
  readonly build: BuildName;
  readonly threads: number;
  /** Why only one thread is used, for people; undefined when threads are in use. */
  readonly singleThreadReason?: string;
  /** Why there are fewer threads than were asked for, for people: not all of them started. */
  readonly fewerThreadsReason?: string;
  /** What explain() computes of samples. */
  readonly methods: readonly MethodEntry[];
  /** Methods to compare them with, which do not use the input gradient: explain() takes these, too. */
  readonly references: readonly ReferenceEntry[];
  readonly rules: readonly NamedEntry[];
  /** What is made of two classes. */
  readonly differences: readonly NamedEntry[];
  readonly views: readonly NamedEntry[];
  readonly colours: readonly NamedEntry[];
  readonly channels: readonly NamedEntry[];
  readonly reductions: readonly NamedEntry[];
  readonly magnitudes: readonly NamedEntry[];
  readonly baselines: readonly NamedEntry[];
  readonly conventions: readonly Convention[];
  /** From the call of createEngine to the module being ready. */
  readonly loadMs: number;
}

export interface Engine extends EngineInfo {
  /** A shipped model's name, a URL (in Node also a path), or the bytes of an ONNX file. */
  loadModel(source: string | URL | Uint8Array, options?: ModelOptions): Promise<Model>;
  /** The models that come with the package. */
  shippedModels(): Promise<ShippedModel[]>;
  /** Draws any one-channel map as render() draws those of explanations. */
  renderMap(map: RawMap, options?: RenderMapOptions): Promise<DrawnMap>;
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
  /** Resolves once it is over, with why: `closed`, or `worker-lost`. */
  readonly closed: Promise<Error>;
  /** Ends it: what is under way rejects with `closed`, and all its memory is free. */
  close(): void;
}

/** In bytes. */
export interface EngineMemory {
  /** The wasm memory, which only grows. */
  heap: number;
  /** What it may grow to: 4 GiB, or less where so much could not be had for threads. */
  limit: number;
  /** What is allocated in it. */
  allocated: number;
  /** The weights of the loaded models, packed. */
  weights: number;
  /** The largest arena of one lane. */
  arena: number;
}

/** The engine's tables, from which pages build their menus. */
export type Tables = Omit<EngineInfo, 'build' | 'threads' | 'singleThreadReason' | 'fewerThreadsReason' | 'loadMs'>;
