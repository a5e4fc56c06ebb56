// A page whose workers can be lost, as when the browser ends one.
import type { Page } from '@playwright/test';

/** To be called before the page opens; the function that comes back loses all workers that there are then. */
export async function losable(page: Page): Promise<() => Promise<void>> {
  await page.addInitScript(() => {
    const workers: Worker[] = [];
    const Original = Worker;
    Object.assign(window, {
      Worker: class extends Original {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          workers.push(this);
        }
      },
      loseWorkers: () => {
        for (const worker of workers.splice(0)) worker.terminate();
      },
    });
  });
  return () => page.evaluate('loseWorkers()');
}
