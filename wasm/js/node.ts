// The package in Node: the service on the caller's thread, its lanes on threads of their own.
import type { Engine, EngineOptions } from './api/index.js';
import { openEngine } from './client/engine_client.js';
import { folder, nodePlatform, readAddress } from './node/node_runtime.js';
import type { Service } from './rpc/engine_calls.js';
import { connectHere } from './rpc/same_thread.js';
import { WasmService } from './worker/engine_service.js';

export { composePair } from './api/compose_pair.js';
export { SmoothGradError } from './api/errors.js';
export type * from './api/index.js';
export { formatNpy, parseNpy } from './api/npy.js';

/** Starts the engine. Rejects with a SmoothGradError (`bad-option`, `not-found`, `out-of-memory`) or the signal's reason. */
export function createEngine(options: EngineOptions = {}): Promise<Engine> {
  return openEngine(options, {
    connect: () => connectHere<Service>(new WasmService(nodePlatform)),
    resolve: (address) => address,
    folder,
    read: (address, { signal }) => readAddress(address, signal),
  });
}
