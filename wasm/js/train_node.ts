// smoothgrad/train in Node: the service on the caller's thread, its lanes on threads of their own.

import { nodeFiles } from './node/node_files.js';
import { nodeRuntime } from './node/node_runtime.js';
import { connectHere } from './rpc/same_thread.js';
import type { TrainerService } from './training/trainer_calls.js';
import { openTrainer } from './training/trainer_client.js';
import { WasmTrainerService } from './training/trainer_service.js';
import type { Trainer, TrainerOptions } from './training/types.js';

export { SmoothGradError } from './api/errors.js';
export type * from './training/types.js';

/** Starts a trainer. Rejects with a SmoothGradError (`bad-option`, `not-found`, `out-of-memory`) or the signal's reason. */
export function createTrainer(options: TrainerOptions = {}): Promise<Trainer> {
  const connect = async () => connectHere<TrainerService>(new WasmTrainerService(nodeRuntime));
  return openTrainer(options, nodeFiles, connect);
}
