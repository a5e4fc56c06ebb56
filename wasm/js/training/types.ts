// The public types of smoothgrad/train: networks that learn digits, in a browser and in Node.
import type { BuildName, EngineOptions } from '../api/index.js';

/** As for createEngine: threads, build, assets (a copy of the package's folder), signal. */
export type TrainerOptions = Omit<EngineOptions, 'models'>;

/** Images of 28 x 28 levels (0 to 255, white on black), one behind the other, and a label from 0 to 9 each. */
export interface TrainingDigits {
  images: Uint8Array;
  labels: Uint8Array;
  /** What `testAccuracy` is measured on, after each epoch. */
  testImages?: Uint8Array;
  testLabels?: Uint8Array;
}

export interface TrainOptions {
  /** Standard deviation of the noise on the images, as a share of their range of values (0 to 10); default 0. */
  noise?: number;
  /** Passes over the digits; default 1. */
  epochs?: number;
  /** The same build gives the same weights for the same seed, on any number of threads. Default 0. */
  seed?: number | bigint;
  /** Images a step; default 64. */
  batch?: number;
  /** Of the first step; it falls to 0 along a cosine. Default 0.001. */
  learningRate?: number;
  signal?: AbortSignal;
}

export interface TrainingProgress {
  /** Passes over the digits that are done. */
  epoch: number;
  step: number;
  /** Of the whole training. */
  steps: number;
  /** Of the latest batches, each weighing 0.9 of the one after it. */
  loss: number;
  accuracy: number;
  /** After the latest epoch; absent before, and without test digits. */
  testAccuracy?: number;
  elapsedMs: number;
  done: boolean;
}

/** A training under way: iterate it for progress (at most one a frame; the last one is `done`). */
export interface Training extends AsyncIterable<TrainingProgress> {
  /** Ends it within a batch; the iteration returns. */
  stop(): void;
  /**
   * After stop(): it goes on where it was, to the same network as without the stop; iterate it again. Rejects with `closed` once
   * another training began.
   */
  goOn(): Promise<void>;
  /**
   * The network as it is now, as an ONNX file for `engine.loadModel`: any time, also when the training has ended. Rejects with
   * `closed` once another training began.
   */
  model(): Promise<Uint8Array>;
}

export interface Trainer {
  readonly build: BuildName;
  readonly threads: number;
  /** Why only one thread is used, for people; undefined when threads are in use. */
  readonly singleThreadReason?: string;
  /**
   * Starts at once, and stops a training that is under way. Throws `bad-option` or `bad-image` at once; what goes wrong later
   * rejects the iteration.
   */
  train(digits: TrainingDigits, options?: TrainOptions): Training;
  /** Ends it: what is under way rejects with `closed`, and all its memory is free. */
  close(): void;
}
