// What the facade (trainer.ts) and the service that owns the wasm module say to each other; all of it can be posted to a worker.
import type { BuildName } from '../api/index.js';
import type { EngineSettings } from '../rpc/engine_calls.js';
import type { TrainingDigits, TrainingProgress } from './types.js';

export interface TrainerInfo {
  build: BuildName;
  threads: number;
  singleThreadReason?: string;
}

export type TrainingInput = Required<TrainingDigits>;

/** Checked and complete. */
export interface TrainingSettings {
  noise: number;
  epochs: number;
  seed: bigint;
  batch: number;
  learningRate: number;
}

export interface TrainerService {
  open(settings: EngineSettings): Promise<TrainerInfo>;
  /** Numbers grow: a training ends the one before it. */
  train(training: number, digits: TrainingInput, settings: TrainingSettings): Promise<void>;
  /** Its progress once it differs from what `seen` names; nothing when it was stopped or another began. */
  next(training: number, seen: string): Promise<{ seen: string; progress: TrainingProgress } | undefined>;
  stop(training: number): Promise<void>;
  goOn(training: number): Promise<void>;
  model(training: number): Promise<Uint8Array>;
}
