// smoothgrad/train in a browser: the trainer in a module worker beside this file.

import { browserFiles } from './client/browser_files.js';
import { connectWorker } from './rpc/worker_bridge.js';
import type { TrainerService } from './training/trainer_calls.js';
import { openTrainer } from './training/trainer_client.js';
import type { Trainer, TrainerOptions } from './training/types.js';

export { SmoothGradError } from './api/errors.js';
export type * from './training/types.js';

/** Starts a trainer. Rejects with a SmoothGradError (`bad-option`, `not-found`, `worker-lost`, `out-of-memory`) or the signal's reason. */
export function createTrainer(options: TrainerOptions = {}): Promise<Trainer> {
  const worker = () => new Worker(new URL('./train_worker.js', import.meta.url), { type: 'module', name: 'smoothgrad-train' });
  return openTrainer(options, browserFiles, () => connectWorker<TrainerService>(worker()));
}
