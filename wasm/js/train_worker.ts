// The trainer's worker in a browser: its service, with its event loop free for messages.
import { serve } from './bridge.js';
import { browserPlatform } from './browser_platform.js';
import type { TrainerService } from './training/protocol.js';
import { WasmTrainerService } from './training/service.js';

serve<TrainerService>(
  new WasmTrainerService(browserPlatform),
  self as unknown as Pick<Worker, 'postMessage' | 'addEventListener'>,
);
