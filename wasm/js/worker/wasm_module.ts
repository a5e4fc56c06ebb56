// What wasm/bindings.cpp offers, as types. Objects have to be deleted; every array is a copy.
import type { Completeness, MapAgreement, MapMeasures, Perturbation, ProfiledStep } from '../api/index.js';
import type {
  DrawingSettings,
  Evaluation,
  GradCamSettings,
  MapSettings,
  ModelInfo,
  NetworkSettings,
  OcclusionSettings,
  PerturbSettings,
  Preprocessing,
  RunOptions,
  Tables,
} from '../rpc/engine_calls.js';

export interface WasmProgress {
  done: boolean;
  samples: number;
  ownSamples: number;
  goal: number;
  passes: number;
  relativeError: number;
  correctedError: number;
  elapsedMs: number;
  keepsClass: number;
  outOfRange: number;
  completeness?: Completeness;
}

/** Once the target is known. */
type Targeted<T> = T & { target: number };

/** Tensors are [C, H, W], of both classes one after the other where the difference is scaled. */
export interface WasmRun {
  /** Lanes on threads of their own; returns at once. */
  start(threads: number): void;
  /** The passes that go together, on this thread; false when done. */
  step(): boolean;
  /** One pass alone. */
  stepOne(): boolean;
  /** Ends the lanes, within one pass, and frees their memory; start() and step() go on. */
  stop(): void;
  extend(samples: number): void;
  progress(): WasmProgress;
  attribution(reduction: string | undefined): Float32Array;
  standardError(): Float32Array;
  /** Of the mean of every other sample. */
  halfMap(even: boolean): Float32Array;
  map(options: MapSettings): Float32Array;
  save(): Uint8Array;
  merge(saved: Uint8Array): void;
  delete(): void;
}

export interface WasmOcclusion {
  /** One square; false when all are done. */
  step(): boolean;
  squares(): number;
  done(): number;
  map(): Float32Array;
  delete(): void;
}

export interface WasmModel {
  info(): Omit<ModelInfo, 'id'> & { weightBytes: number; arenaBytes: number };
  prepare(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): { pixels: Uint8Array; input: Float32Array };
  evaluate(input: Float32Array, evaluation: Evaluation): { logits: Float32Array; gradient?: Float32Array };
  edges(input: Float32Array): Float32Array;
  perturb(input: Float32Array, map: Float32Array, settings: PerturbSettings): Perturbation;
  /** One forward and one backward pass, timed step by step. */
  profile(input: Float32Array, target: number): ProfiledStep[];
  gradCam(input: Float32Array, options: Targeted<GradCamSettings>): Float32Array;
  delete(): void;
}

export interface WasmModule {
  loadModel(onnx: Uint8Array, settings: NetworkSettings, preprocessing: Preprocessing): WasmModel;
  makeRun(model: WasmModel, input: Float32Array, options: Targeted<RunOptions> & { expectedClass: number }): WasmRun;
  makeOcclusion(model: WasmModel, input: Float32Array, options: Targeted<OcclusionSettings>): WasmOcclusion;
  /** RGBA; pixels: the photo's, empty where there is none. */
  renderMap(
    map: Float32Array,
    width: number,
    height: number,
    pixels: Uint8ClampedArray,
    options: DrawingSettings & { signed: boolean },
  ): Uint8Array;
  noise(seed: bigint, sample: number, size: number): Float32Array;
  /** Maps are [height * width]. */
  measureMap(map: Float32Array, height: number, width: number): MapMeasures;
  compareMaps(a: Float32Array, b: Float32Array, height: number, width: number): MapAgreement;
  signalToNoise(mean: Float32Array, standardError: Float32Array): number;
  tables(): Tables;
  /** Multiply-adds on registers and nothing else; returns the floating-point operations done. */
  peakWork(rounds: number): number;
  heapBytes(): number;
  allocatedBytes(): number;
  /** In threaded builds: the workers of the pool that no thread uses now. */
  PThread?: { unusedWorkers: readonly unknown[]; terminateAllThreads(): void };
}

/** Default export of Emscripten's glue. */
export type WasmFactory<Module> = (options: Record<string, unknown>) => Promise<Module>;
