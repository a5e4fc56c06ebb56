// smoothgrad/train in a browser: the trainer in a module worker beside this file.
import { connectWorker } from './bridge.js';
import { browserHost } from './browser_host.js';
import type { Trainer, TrainerOptions } from './training/api.js';
import type { TrainerService } from './training/protocol.js';
import { openTrainer } from './training/trainer.js';

export { SmoothGradError } from './errors.js';
export type * from './training/api.js';

/** Starts a trainer. Rejects with a SmoothGradError (`bad-option`, `not-found`, `worker-lost`, `out-of-memory`) or the signal's reason. */
export function createTrainer(options: TrainerOptions = {}): Promise<Trainer> {
  const worker = () => new Worker(new URL('./train_worker.js', import.meta.url), { type: 'module', name: 'smoothgrad-train' });
  return openTrainer(options, browserHost, () => connectWorker<TrainerService>(worker()));
}
