// What the facade (client/) asks of the service that owns the wasm module (worker/); all of it can be posted to a worker.
import type {
  BuildName,
  Denoised,
  DrawnMap,
  Ending,
  EngineInfo,
  EngineMemory,
  GradCamLayer,
  MapAgreement,
  MapMeasures,
  Model,
  ModelFile,
  ModelOptions,
  Perturbation,
  Photo,
  PreparedPhoto,
  Preprocessing,
  ProfiledStep,
  Progress,
  RawMap,
  RawTensor,
  Reliability,
} from '../api/index.js';
import type { DrawingSettings, LookSettings, RunSettings } from '../options/settings.js';

/** Absolute addresses of what Emscripten made of a program; `name`: what its files are called in the package. */
export interface BuildFiles {
  name: string;
  glue: string;
  wasm: string;
}

export interface EngineSettings {
  /** The program of this build comes by `program()`. */
  early?: BuildName;
  build?: BuildName;
  threads?: number;
  files: Readonly<Record<BuildName, BuildFiles>>;
}

export interface NetworkSettings {
  keepSoftmax: boolean;
  randomisedLayers: number;
  randomisationSeed: bigint;
  /** [height, width] */
  size?: number[];
  /** Name or number, as text. */
  output?: string;
  ending?: ModelOptions['ending'];
}

/** What goes before the file's own preprocessing. */
export interface PhotoSettings extends Pick<ModelOptions, 'resize' | 'fit' | 'mean' | 'std' | 'channelOrder'> {
  /** mean and std are of RGB, or one number for all channels. */
  preset?: true;
}

export interface ModelInfo {
  id: number;
  /** As the file says; empty where it does not. */
  title: string;
  inputShape: number[];
  classes: number;
  classNames: string[];
  ending: Ending;
  endingSource: Model['endingSource'];
  file: ModelFile;
  output: string;
  outputs: string[];
  preprocessing: Preprocessing;
  notes: string[];
  weightedLayers: number;
  gradCamLayers: GradCamLayer[];
}

/** Bytes of the files beside a model, by the names that it has for them. */
export type ModelFiles = Readonly<Record<string, Uint8Array>>;

/** In place of a model: what it keeps tensors in and did not come with it; and its bytes again, which may have been moved. */
export interface Incomplete {
  wanted: string[];
  onnx: Uint8Array;
}

/** A prepared photo that the service holds. */
export interface Held {
  held: number;
}

/** What is to be looked at, as it crosses the border. */
export type Source = Exclude<Photo, PreparedPhoto> | RawTensor | Held;

/** What is known of a run once its photo was looked at. */
export interface RunStart {
  target: number;
  versus?: number;
  logits: Float32Array;
}

/** Of a run: what its progress is beside what is known from the start. `seen` names it. */
export interface Frame<P extends Progress = Progress> {
  seen: string;
  progress: Omit<P, keyof RunStart>;
  /** A saved run, where it is kept and this is one of the times. */
  kept?: Uint8Array;
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
  pixels: number;
}

/** Told while weights are packed, in bytes. */
export type PackingListener = (packed: number, total: number) => void;

export interface EngineCalls {
  open(settings: EngineSettings): Promise<EngineInfo>;
  /** Of the build `settings.early`; undefined: it could not be read there. */
  program(bytes: Uint8Array | undefined): Promise<void>;
  loadModel(
    onnx: Uint8Array,
    files: ModelFiles,
    settings: NetworkSettings,
    photos: PhotoSettings,
    packing: PackingListener,
  ): Promise<ModelInfo | Incomplete>;
  closeModel(model: number): Promise<void>;
  memory(): Promise<EngineMemory>;
  peak(): Promise<number>;
  noise(size: number, seed: bigint, sample: number): Promise<Float32Array>;

  /** Holds a photo under the number that is given, until the model closes. */
  prepare(photo: number, model: number, source: Source): Promise<{ width: number; height: number }>;
  /** Without alpha: RGB, a quarter less to move. */
  photoPixels(photo: number): Promise<{ width: number; height: number; rgb: Uint8Array }>;
  photoInput(photo: number): Promise<RawTensor>;
  closePhoto(photo: number): Promise<void>;

  logits(model: number, source: Source): Promise<Float32Array>;
  evaluate(model: number, source: Source, evaluation: Evaluation): Promise<{ logits: Float32Array; gradient?: RawTensor }>;
  profile(model: number, source: Source, target: number, passes: number): Promise<ProfiledStep[]>;
  edges(model: number, source: Source): Promise<RawMap>;
  perturb(model: number, source: Source, map: RawMap, settings: PerturbSettings): Promise<Perturbation>;
  measure(map: RawMap): Promise<MapMeasures>;
  compare(a: RawMap, b: RawMap): Promise<MapAgreement>;
  renderMap(map: RawMap, pixels: Uint8ClampedArray, drawing: DrawingSettings): Promise<DrawnMap>;

  explain(run: number, model: number, source: Source, settings: RunSettings): Promise<RunStart>;
  /** The run's frame once it differs from what `seen` names; nothing when the run was cancelled. */
  next(run: number, seen: string): Promise<Frame | undefined>;
  /** The frame as it is now, drawn so; all that follow are, too. */
  redraw(run: number, look: LookSettings): Promise<Frame>;
  pause(run: number): Promise<void>;
  resume(run: number): Promise<void>;
  step(run: number): Promise<void>;
  extend(run: number, samples: number): Promise<void>;
  cancel(run: number): Promise<void>;
  /** Nobody can ask for it any more. */
  forget(run: number): Promise<void>;
  map(run: number, look: LookSettings): Promise<RawMap>;
  render(run: number, look: LookSettings): Promise<DrawnMap>;
  attribution(run: number, reduction: string | undefined): Promise<RawTensor>;
  standardError(run: number): Promise<RawTensor>;
  denoised(run: number): Promise<Denoised>;
  agreement(run: number): Promise<number>;
  reliability(run: number): Promise<Reliability>;
  signalToNoise(run: number): Promise<number>;
  save(run: number): Promise<Uint8Array>;
  merge(run: number, saved: Uint8Array): Promise<void>;
}
