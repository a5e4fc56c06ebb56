// The trainer on a page's own thread: loaded where no worker may start.
import { connectHere } from './rpc/same_thread.js';
import type { TrainerService } from './training/trainer_calls.js';
import { WasmTrainerService } from './training/trainer_service.js';
import { pageRuntime } from './worker/page_runtime.js';

export const trainerHere = (reason: string) => connectHere<TrainerService>(new WasmTrainerService(pageRuntime(reason)));
