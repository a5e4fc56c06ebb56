// What the facade (engine.ts) and the service that owns the wasm module say to each other; all of it can be posted to a worker.
import type {
  BuildName,
  Engine,
  EngineMemory,
  MapAgreement,
  MapMeasures,
  ModelOptions,
  Perturbation,
  Photo,
  ProfiledStep,
  Progress,
  RawMap,
  RawTensor,
} from './api.js';

export interface Rgba {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

export interface EngineSettings {
  build?: BuildName;
  threads?: number;
  /** Absolute address of the folder that holds `wasm/`. */
  assets: string;
}

/** The engine's tables, from which pages build their menus. */
export type Tables = Pick<
  Engine,
  'methods' | 'views' | 'colours' | 'channels' | 'reductions' | 'magnitudes' | 'baselines' | 'conventions'
>;

export interface EngineInfo extends Tables {
  build: BuildName;
  threads: number;
  singleThreadReason?: string;
  loadMs: number;
}

export type Preprocessing = Pick<ModelOptions, 'keepSoftmax' | 'resize' | 'mean' | 'std'>;

export interface ModelInfo {
  id: number;
  inputShape: number[];
  classes: number;
  classNames: string[];
}

/** As in MapOptions, checked and complete; without a reduction it is the method's own. */
export interface MapSettings {
  channels: string;
  reduction?: string;
  magnitude: string;
  window: number;
}

export interface RenderSettings extends MapSettings {
  view: string;
  colours: string;
  percentile: number;
  fromLowest: boolean;
  opacity: number;
}

/** Checked and complete; `target` and `versus` are indices. */
export interface RunOptions {
  method: string;
  target?: number;
  versus?: number;
  noise: number;
  sigma?: number;
  samples: number;
  seed: bigint;
  firstSample: number;
  antithetic: boolean;
  cleanLast: boolean;
  steps: number;
  baseline: string;
  untilRelativeError: number;
  untilMs: number;
  map: MapSettings;
  paused: boolean;
}

export interface Evaluation {
  target?: number;
  versus?: number;
  rule: string;
}

/** As in PerturbOptions, checked and complete. */
export interface PerturbSettings {
  target: number;
  replacement: string;
  steps: number;
}

export interface Service {
  open(settings: EngineSettings): Promise<EngineInfo>;
  loadModel(onnx: Uint8Array, preprocessing: Preprocessing): Promise<ModelInfo>;
  closeModel(model: number): Promise<void>;
  prepare(model: number, photo: Photo): Promise<{ pixels: Rgba; input: RawTensor }>;
  logits(model: number, photo: Photo): Promise<Float32Array>;
  evaluate(model: number, input: RawTensor, evaluation: Evaluation): Promise<{ logits: Float32Array; gradient?: RawTensor }>;
  noise(size: number, seed: bigint, sample: number): Promise<Float32Array>;
  measure(map: RawMap): Promise<MapMeasures>;
  compare(a: RawMap, b: RawMap): Promise<MapAgreement>;
  edges(model: number, source: Photo | RawTensor): Promise<RawMap>;
  perturb(model: number, source: Photo | RawTensor, map: RawMap, settings: PerturbSettings): Promise<Perturbation>;
  memory(): Promise<EngineMemory>;
  peak(): Promise<number>;
  profile(model: number, input: RawTensor, target: number, passes: number): Promise<ProfiledStep[]>;

  explain(run: number, model: number, source: Photo | RawTensor, options: RunOptions): Promise<void>;
  /** The run's progress once it differs from what `seen` names; nothing when the run was cancelled. */
  next(run: number, seen: string): Promise<{ seen: string; progress: Progress } | undefined>;
  pause(run: number): Promise<void>;
  resume(run: number): Promise<void>;
  step(run: number): Promise<void>;
  extend(run: number, samples: number): Promise<void>;
  cancel(run: number): Promise<void>;
  attribution(run: number, reduction: string | undefined): Promise<RawTensor>;
  agreement(run: number): Promise<number>;
  signalToNoise(run: number): Promise<number>;
  save(run: number): Promise<Uint8Array>;
  merge(run: number, saved: Uint8Array): Promise<void>;
  standardError(run: number): Promise<RawTensor>;
  render(run: number, options: RenderSettings): Promise<Rgba>;
}

export type Method = keyof Service;

/** The service, wherever it runs. Every call rejects with a SmoothGradError. */
export interface Connection {
  call<M extends Method>(method: M, ...args: Parameters<Service[M]>): ReturnType<Service[M]>;
  /** Ends the service and rejects what is under way with this error. */
  close(error: Error): void;
}
