// What wasm/bindings.cpp offers, as types. Objects have to be deleted; every array is a copy.
import type { MapAgreement, MapMeasures, Perturbation, ProfiledStep } from './api.js';
import type {
  Evaluation,
  MapSettings,
  PerturbSettings,
  Preprocessing,
  RenderSettings,
  RunOptions,
  Tables,
} from './protocol.js';

export interface WasmProgress {
  done: boolean;
  samples: number;
  goal: number;
  passes: number;
  relativeError: number;
  elapsedMs: number;
  keepsClass: number;
  outOfRange: number;
}

/** Tensors are [C, H, W]. */
export interface WasmRun {
  /** Lanes on threads of their own; returns at once. */
  start(threads: number): void;
  /** One pass on this thread; false when done. */
  step(): boolean;
  /** Ends the lanes, within one pass, and frees their memory; start() and step() go on. */
  stop(): void;
  extend(samples: number): void;
  progress(): WasmProgress;
  attribution(reduction: string | undefined): Float32Array;
  standardError(): Float32Array;
  /** The mean of every other sample. */
  halfMean(even: boolean): Float32Array;
  map(options: MapSettings): Float32Array;
  save(): Uint8Array;
  merge(saved: Uint8Array): void;
  render(pixels: Uint8ClampedArray, options: RenderSettings): Uint8Array;
  delete(): void;
}

export interface WasmModel {
  info(): { inputShape: number[]; classes: number; classNames: string[]; weightBytes: number; arenaBytes: number };
  prepare(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): { pixels: Uint8Array; input: Float32Array };
  evaluate(input: Float32Array, evaluation: Evaluation): { logits: Float32Array; gradient?: Float32Array };
  edges(input: Float32Array): Float32Array;
  perturb(input: Float32Array, map: Float32Array, settings: PerturbSettings): Perturbation;
  /** One forward and one backward pass, timed step by step. */
  profile(input: Float32Array, target: number): ProfiledStep[];
  delete(): void;
}

export interface WasmModule {
  loadModel(onnx: Uint8Array, preprocessing: Preprocessing): WasmModel;
  makeRun(model: WasmModel, input: Float32Array, options: RunOptions & { target: number; expectedClass: number }): WasmRun;
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
export type WasmFactory = (options: Record<string, unknown>) => Promise<WasmModule>;
