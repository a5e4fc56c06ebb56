// What wasm/trainer_bindings.cpp offers, as types. Objects have to be deleted; every array is a copy.

import type { TrainingInput, TrainingSettings } from './trainer_calls.js';
import type { TrainingProgress } from './types.js';

export interface WasmTraining {
  /** Lanes on threads of their own; returns at once. */
  start(threads: number): void;
  /** One batch on this thread; false when done. */
  step(): boolean;
  /** Ends the lanes, within one batch. */
  stop(): void;
  progress(): TrainingProgress;
  model(): Uint8Array;
  delete(): void;
}

export interface WasmTrainerModule {
  makeTraining(digits: TrainingInput, settings: TrainingSettings): WasmTraining;
  /** In threaded builds: the workers of the pool that no thread uses now. */
  PThread?: { unusedWorkers: readonly unknown[]; terminateAllThreads(): void };
}
