// The package in a browser: the engine in a module worker beside this file.
import type { Engine, EngineOptions } from './api.js';
import { connectWorker } from './bridge.js';
import { browserHost } from './browser_host.js';
import { openEngine } from './engine.js';

export type * from './api.js';
export { composePair } from './compose_pair.js';
export { SmoothGradError } from './errors.js';
export { formatNpy, parseNpy } from './npy.js';
export { rankClasses, softmax } from './scores.js';

/** Starts the engine. Rejects with a SmoothGradError (`bad-option`, `not-found`, `worker-lost`, `out-of-memory`) or the signal's reason. */
export function createEngine(options: EngineOptions = {}): Promise<Engine> {
  const worker = () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'smoothgrad' });
  return openEngine(options, { ...browserHost, connect: () => connectWorker(worker()) });
}
