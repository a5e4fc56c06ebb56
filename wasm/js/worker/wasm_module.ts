// What wasm/bindings.cpp offers, as types. Objects have to be deleted; every array is a copy.
import type {
  Completeness,
  DenoisedFigures,
  MapAgreement,
  MapMeasures,
  Perturbation,
  ProfiledStep,
  Progress,
  Reliability,
  Tables,
} from '../api/index.js';
import type { DrawingSettings, LookSettings, RunSettings } from '../options/settings.js';
import type {
  Evaluation,
  ModelFiles,
  ModelInfo,
  NetworkSettings,
  PackingListener,
  PerturbSettings,
  PhotoSettings,
} from '../rpc/engine_calls.js';

export interface WasmProgress {
  done: boolean;
  /** Or squares, or maps: as `unit` says. */
  samples: number;
  goal: number;
  unit: Progress['unit'];
  elapsedMs: number;
}

export interface WasmSampledProgress extends WasmProgress {
  ownSamples: number;
  passes: number;
  relativeError: number;
  correctedError: number;
  keepsClass: number;
  outOfRange: number;
  completeness?: Completeness;
}

/** A run of any method. */
export interface WasmRun {
  /** What goes together, on this thread; false when done. */
  step(): boolean;
  /** Frees what is only needed while it goes on; step() goes on. */
  stop(): void;
  progress(): WasmProgress;
  /** [H, W] */
  map(look: LookSettings & { hurried?: true }): Float32Array;
  /** Whether values of that map below 0 mean something. */
  isSigned(look: LookSettings): boolean;
  delete(): void;
}

/** Tensors are [C, H, W], of both classes one after the other where the difference is scaled. */
export interface WasmSampledRun extends WasmRun {
  /** Lanes on threads of their own; returns at once. stop() ends them, within one pass. */
  start(threads: number): void;
  /** One pass alone. */
  stepOne(): boolean;
  extend(samples: number): void;
  progress(): WasmSampledProgress;
  attribution(reduction: string | undefined): Float32Array;
  standardError(): Float32Array;
  /** Of the mean of every other sample. */
  halfMap(even: boolean): Float32Array;
  reliability(): Reliability;
  denoisedTensors(): { mean: Float32Array; variance: Float32Array };
  /** Of what was denoised last, by map() or denoisedTensors(). */
  denoisedFigures(): DenoisedFigures | undefined;
  save(): Uint8Array;
  merge(saved: Uint8Array): void;
  /** Before any sample: goes on from there. */
  resume(saved: Uint8Array): void;
}

/** Which of the two it is shows in what it has. */
export type AnyRun = WasmRun | WasmSampledRun;

export interface WasmModel {
  info(): Omit<ModelInfo, 'id'> & { weightBytes: number; arenaBytes: number };
  prepare(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): { pixels: Uint8Array; input: Float32Array };
  evaluate(input: Float32Array, evaluation: Evaluation): { logits: Float32Array; gradient?: Float32Array };
  edges(input: Float32Array): Float32Array;
  perturb(input: Float32Array, map: Float32Array, settings: PerturbSettings): Perturbation;
  /** One forward and one backward pass, timed step by step. */
  profile(input: Float32Array, target: number): ProfiledStep[];
  delete(): void;
}

export interface WasmModule {
  loadModel(
    onnx: Uint8Array,
    files: ModelFiles,
    settings: NetworkSettings,
    photos: PhotoSettings,
    packing: PackingListener,
  ): WasmModel;
  /** The names of the files in which a model keeps tensors. */
  externalFiles(onnx: Uint8Array): string[];
  /** A WasmSampledRun where the method is made of samples. */
  makeRun(model: WasmModel, input: Float32Array, settings: RunSettings & { target: number; expectedClass: number }): AnyRun;
  /** data: RGBA; pixels: the photo's, empty where there is none. */
  renderMap(
    map: Float32Array,
    width: number,
    height: number,
    pixels: Uint8ClampedArray,
    options: DrawingSettings & { signed: boolean },
  ): { data: Uint8Array; low: number; high: number };
  noise(seed: bigint, sample: number, size: number): Float32Array;
  /** Maps are [height * width]. */
  measureMap(map: Float32Array, height: number, width: number): MapMeasures;
  compareMaps(a: Float32Array, b: Float32Array, height: number, width: number): MapAgreement;
  signalToNoise(mean: Float32Array, standardError: Float32Array): number;
  tables(): Tables;
  /** C++'s own, of every option that has one, by its name here. */
  defaults(): Record<string, unknown>;
  /** Multiply-adds on registers and nothing else; returns the floating-point operations done. */
  peakWork(rounds: number): number;
  heapBytes(): number;
  allocatedBytes(): number;
  /** In threaded builds: the workers of the pool that no thread uses now. */
  PThread?: { unusedWorkers: readonly unknown[]; terminateAllThreads(): void };
}

/** Default export of Emscripten's glue. */
export type WasmFactory<Module> = (options: Record<string, unknown>) => Promise<Module>;
