// A browser's service: in a worker or, where none may start, on the page's own thread.
import type { Callable, Connection } from '../rpc/connection.js';
import { workerAddress } from '../rpc/worker_address.js';
import { connectWorker } from '../rpc/worker_bridge.js';

/** `here` starts the service on the page's own thread; `reason` says why, for people. */
export async function startService<S extends Callable<S>>(
  address: string,
  name: string,
  here: (reason: string) => Promise<Connection<S>>,
): Promise<Connection<S>> {
  try {
    return await connectWorker<S>(new Worker(workerAddress(address), { type: 'module', name }));
  } catch (error) {
    const reason = `No worker could be started (${(error as Error).message}): all is computed on the page's own thread.`;
    console.warn(`smoothgrad: ${reason}`);
    return here(reason);
  }
}
