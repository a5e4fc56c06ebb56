// The package in Node: the service on the caller's thread, its lanes on threads of their own.
import { pathToFileURL } from 'node:url';
import type { Engine, EngineOptions } from './api.js';
import { openEngine } from './engine.js';
import { toSmoothGradError } from './errors.js';
import { nodePlatform, readAddress } from './node_platform.js';
import type { Connection, Service } from './protocol.js';
import { WasmService } from './service.js';

export type * from './api.js';
export { composePair } from './compose_pair.js';
export { SmoothGradError } from './errors.js';
export { formatNpy, parseNpy } from './npy.js';

function connect(): Connection {
  const service = new WasmService(nodePlatform);
  let over: Error | undefined;
  const calls = new Set<(error: Error) => void>();
  const close = (error: Error) => {
    if (over) return;
    over = error;
    for (const reject of calls) reject(error);
    service.close();
  };
  return {
    call(method, ...args) {
      return new Promise<never>((resolve, reject) => {
        if (over) return reject(over);
        calls.add(reject);
        const fail = (thrown: unknown) => {
          const error = toSmoothGradError(thrown);
          reject(error);
          if (error.code === 'worker-lost') close(error);
        };
        const answer = (service[method] as (...args: unknown[]) => Promise<never>)(...args);
        answer.then(resolve, fail).finally(() => calls.delete(reject));
      }) as ReturnType<Service[typeof method]>;
    },
    close,
  };
}

/** Starts the engine. Rejects with a SmoothGradError (`bad-option`, `not-found`, `out-of-memory`) or the signal's reason. */
export function createEngine(options: EngineOptions = {}): Promise<Engine> {
  return openEngine(options, {
    connect,
    resolve: (address) => address,
    folder: (address) => (/^(https?|file):/.test(address) ? address : pathToFileURL(address).href),
    read: (address, { signal }) => readAddress(address, signal),
  });
}
