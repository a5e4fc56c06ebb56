// The workers of a threaded build's threads. Emscripten's glue starts them by the name that its file had when it was built; a
// bundler has given it another, it may be of another origin, and where Trusted Types rule no plain address will do.
import { importedWorker, workerOf } from '../rpc/worker_address.js';
import { watchedStart } from './watched_start.js';

const Plain = globalThis.Worker;

/** A worker that had to be imported itself, so that its host's policy does not count, has threads that have to be, too. */
const threadOf = (glue: string, options: WorkerOptions) =>
  (self.location.protocol === 'blob:' ? importedWorker : workerOf)(glue, options);

/** Every worker that this one starts from now on is a thread of the glue at this address. */
export const startThreadsFrom = <T>(glue: string, start: () => Promise<T>): Promise<T> =>
  watchedStart<Worker, T>(start, (watch) => {
    self.Worker = class extends Plain {
      constructor(_: string | URL, options: WorkerOptions = {}) {
        try {
          super(...threadOf(glue, options));
        } catch (error) {
          watch.failed(error);
          throw error;
        }
        watch.begun(this);
        this.addEventListener('error', (event) => {
          if (!watch.isStarting) return;
          event.stopImmediatePropagation();
          event.preventDefault();
          watch.failed(event);
        });
      }
    };
  });
