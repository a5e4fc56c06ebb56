// smoothgrad/train in Node: the service on the caller's thread, its lanes on threads of their own.
import { connectHere } from './here.js';
import { folder, nodePlatform } from './node_platform.js';
import type { Trainer, TrainerOptions } from './training/api.js';
import type { TrainerService } from './training/protocol.js';
import { WasmTrainerService } from './training/service.js';
import { openTrainer } from './training/trainer.js';

export { SmoothGradError } from './errors.js';
export type * from './training/api.js';

/** Starts a trainer. Rejects with a SmoothGradError (`bad-option`, `not-found`, `out-of-memory`) or the signal's reason. */
export function createTrainer(options: TrainerOptions = {}): Promise<Trainer> {
  const connect = () => connectHere<TrainerService>(new WasmTrainerService(nodePlatform));
  return openTrainer(options, { folder }, connect);
}
