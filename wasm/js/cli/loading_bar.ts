// How far the loading of a large model is, on a terminal: a bar while its files are read, another while its weights are packed.
import type { LoadingListener } from '../api/index.js';
import { progressBar } from './terminal.js';

/** What takes less is there before anybody has read that it comes. */
const largeBytes = 64 * 2 ** 20;
const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);

export function loadingBar(model: string): { told: LoadingListener; stop(): void } {
  let bar: ReturnType<typeof progressBar> | undefined;
  let shown: string | undefined;
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    told(done, total, stage) {
      if (total === undefined || total < largeBytes) return;
      if (stage !== shown) {
        stop();
        shown = stage;
        bar = progressBar(`${stage} ${model} (MB)`);
      }
      bar?.update(megabytes(done), megabytes(total));
    },
    stop,
  };
}
