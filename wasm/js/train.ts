// smoothgrad/train in a browser: the trainer in a module worker or, where none may start, on the page's own thread.

import { browserFiles } from './client/browser_files.js';
import { startService } from './client/start_service.js';
import { trainerFiles } from './client/trainer_files.js';
import { openTrainer } from './training/trainer_client.js';
import type { Trainer, TrainerOptions } from './training/types.js';

export { SmoothGradError } from './api/errors.js';
export type * from './training/types.js';

/** Starts a trainer. Rejects with a SmoothGradError (`bad-option`, `not-found`, `worker-lost`, `out-of-memory`) or the signal's reason. */
export function createTrainer(options: TrainerOptions = {}): Promise<Trainer> {
  const here = async (reason: string) => (await import('./train_on_page.js')).trainerHere(reason);
  return openTrainer(options, browserFiles(trainerFiles), (locate) =>
    startService(locate('train_worker.js'), 'smoothgrad-train', here),
  );
}
