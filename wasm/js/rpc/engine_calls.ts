// What the facade (engine.ts) and the service that owns the wasm module say to each other; all of it can be posted to a worker.
import type {
  BuildName,
  EngineInfo,
  EngineMemory,
  GradCamMap,
  MapAgreement,
  MapMeasures,
  MapOptions,
  ModelOptions,
  OcclusionProgress,
  Perturbation,
  Photo,
  Picture,
  ProfiledStep,
  Progress,
  RawMap,
  RawTensor,
} from '../api/index.js';

export interface EngineSettings {
  build?: BuildName;
  threads?: number;
  /** Absolute address of the folder that holds `wasm/`. */
  assets: string;
}

/** The engine's tables, from which pages build their menus. */
export type Tables = Omit<EngineInfo, 'build' | 'threads' | 'singleThreadReason' | 'loadMs'>;

export interface NetworkSettings {
  keepSoftmax: boolean;
  randomisedLayers: number;
  randomisationSeed: bigint;
}

export type Preprocessing = Pick<ModelOptions, 'resize' | 'mean' | 'std'>;

export interface ModelInfo {
  id: number;
  /** As the file says; empty where it does not. */
  title: string;
  inputShape: number[];
  classes: number;
  classNames: string[];
  weightedLayers: number;
  gradCamLayers: { name: string; shape: number[] }[];
}

/** As in MapOptions, checked and complete; without a reduction it is the method's own. */
export type MapSettings = Required<Omit<MapOptions, 'reduction'>> & Pick<MapOptions, 'reduction'>;

export interface DrawingSettings {
  view: string;
  /** Without it, those that suit a map with signs or without. */
  colours?: string;
  percentile: number;
  fromLowest: boolean;
  opacity: number;
}

export type RenderSettings = MapSettings & DrawingSettings;

/** Class indices; without a target it is the top class. */
export interface ScoreSettings {
  target?: number;
  versus?: number;
}

export interface GradCamSettings extends ScoreSettings {
  /** Number in the model's gradCamLayers. */
  layer: number;
}

export interface OcclusionSettings extends ScoreSettings {
  size: number;
  stride: number;
  baseline: string;
}

/** Checked and complete. */
export interface RunOptions extends ScoreSettings {
  method: string;
  rule?: string;
  timesInput?: boolean;
  difference: string;
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
  loadModel(onnx: Uint8Array, settings: NetworkSettings, preprocessing: Preprocessing): Promise<ModelInfo>;
  closeModel(model: number): Promise<void>;
  prepare(model: number, photo: Photo): Promise<{ pixels: Picture; input: RawTensor }>;
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
  renderMap(map: RawMap, pixels: Uint8ClampedArray, options: DrawingSettings): Promise<Picture>;
  gradCam(model: number, source: Photo | RawTensor, options: GradCamSettings): Promise<Omit<GradCamMap, 'layer'>>;

  occlude(occlusion: number, model: number, source: Photo | RawTensor, options: OcclusionSettings): Promise<void>;
  /** Some squares more; the last also ends it. */
  nextSquares(occlusion: number): Promise<OcclusionProgress>;
  endOcclusion(occlusion: number): Promise<void>;

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
  map(run: number, options: MapSettings): Promise<RawMap>;
  render(run: number, options: RenderSettings): Promise<Picture>;
}

export type Answering = (...args: never[]) => Promise<unknown>;

/** What a service is: methods that answer later. */
export type Callable<S> = { [M in keyof S]: Answering };

/** A service, wherever it runs. Every call rejects with a SmoothGradError. */
export interface Connection<S extends Callable<S> = Service> {
  call<M extends keyof S>(method: M, ...args: Parameters<S[M]>): ReturnType<S[M]>;
  /** Ends the service and rejects what is under way with this error. */
  close(error: Error): void;
}
