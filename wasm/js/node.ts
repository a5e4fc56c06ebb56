// The package in Node: the service on the caller's thread, its lanes on threads of their own.
import type { Engine, EngineOptions } from './api.js';
import { openEngine } from './engine.js';
import { connectHere } from './here.js';
import { folder, nodePlatform, readAddress } from './node_platform.js';
import type { Service } from './protocol.js';
import { WasmService } from './service.js';

export type * from './api.js';
export { composePair } from './compose_pair.js';
export { SmoothGradError } from './errors.js';
export { formatNpy, parseNpy } from './npy.js';

/** Starts the engine. Rejects with a SmoothGradError (`bad-option`, `not-found`, `out-of-memory`) or the signal's reason. */
export function createEngine(options: EngineOptions = {}): Promise<Engine> {
  return openEngine(options, {
    connect: () => connectHere<Service>(new WasmService(nodePlatform)),
    resolve: (address) => address,
    folder,
    read: (address, { signal }) => readAddress(address, signal),
  });
}
