// The workers of a threaded build's threads. Emscripten's glue starts them by the name that its file had when it was built; a
// bundler has given it another, it may be of another origin, and where Trusted Types rule no plain address will do.
import { workerAddress } from '../rpc/worker_address.js';

/** Every worker that this one starts from now on is a thread of the glue at this address. */
export function startThreadsFrom(glue: string): void {
  const Plain = self.Worker;
  self.Worker = class extends Plain {
    constructor(_: string | URL, options?: WorkerOptions) {
      super(workerAddress(glue), options);
    }
  };
}
