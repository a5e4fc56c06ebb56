// The threads of a threaded build in Node: Emscripten's glue takes what `worker_threads` has as Worker.
import workerThreads, { type Worker } from 'node:worker_threads';
import { watchedStart } from '../worker/watched_start.js';

async function start<T>(make: () => Promise<T>): Promise<T> {
  const Plain = workerThreads.Worker;
  const made = watchedStart<Worker, T>(make, (watch) => {
    workerThreads.Worker = class extends Plain {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        try {
          super(...args);
        } catch (error) {
          watch.failed(error);
          throw error;
        }
        watch.begun(this);
        this.on('error', (error) => {
          if (!watch.isStarting) return;
          // The glue's, which would throw it where nobody can catch it.
          Object.assign(this, { onerror() {} });
          watch.failed(error);
        });
      }
    };
  });
  return made.finally(() => {
    workerThreads.Worker = Plain;
  });
}

let before: Promise<unknown> = Promise.resolve();

/** One after the other: there is one such module. */
export function startThreads<T>(make: () => Promise<T>): Promise<T> {
  const started = before.then(() => start(make));
  before = started.catch(() => {});
  return started;
}
