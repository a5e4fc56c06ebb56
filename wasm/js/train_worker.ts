// The trainer's worker in a browser: its service, with its event loop free for messages.
import { serve } from './rpc/worker_bridge.js';
import type { TrainerService } from './training/trainer_calls.js';
import { WasmTrainerService } from './training/trainer_service.js';
import { browserRuntime } from './worker/browser_runtime.js';

serve<TrainerService>(
  new WasmTrainerService(browserRuntime),
  self as unknown as Pick<Worker, 'postMessage' | 'addEventListener'>,
);
