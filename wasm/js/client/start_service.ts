// A browser's service: in a worker or, where none may start, on the page's own thread.
import type { Callable, Connection } from '../rpc/connection.js';
import { importedWorker, workerOf } from '../rpc/worker_address.js';
import { connectWorker } from '../rpc/worker_bridge.js';

/** Some hosts send their files sandboxed, as Jupyter does: a worker of such a script has no origin, and ends (rpc/worker_bridge.ts). */
async function inWorker<S extends Callable<S>>(address: string, name: string): Promise<Connection<S>> {
  const start = async (by: typeof workerOf) => connectWorker<S>(new Worker(...by(address, { type: 'module', name })));
  try {
    return await start(workerOf);
  } catch (error) {
    return start(importedWorker).catch(() => Promise.reject(error));
  }
}

/** `here` starts the service on the page's own thread; `reason` says why, for people. */
export async function startService<S extends Callable<S>>(
  address: string,
  name: string,
  here: (reason: string) => Promise<Connection<S>>,
): Promise<Connection<S>> {
  try {
    return await inWorker<S>(address, name);
  } catch (error) {
    const reason = `No worker could be started (${(error as Error).message}): all is computed on the page's own thread.`;
    console.warn(`smoothgrad: ${reason}`);
    return here(reason);
  }
}
