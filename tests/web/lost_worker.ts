// A page whose workers can be lost, as when the browser ends one.
import type { Page } from '@playwright/test';

/**
 * To be called before the page opens; the function that comes back loses all workers that there are then, once there is one. One
 * that has not yet said that it is there does not count: no browser ends it by itself, and nobody could tell.
 */
export async function losable(page: Page): Promise<() => Promise<void>> {
  await page.addInitScript(() => {
    const workers: Worker[] = [];
    const Original = Worker;
    Object.assign(window, {
      Worker: class extends Original {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          this.addEventListener('message', () => workers.push(this), { once: true });
        }
      },
      loseWorkers: async () => {
        while (workers.length === 0) await new Promise((resolve) => setTimeout(resolve));
        for (const worker of workers.splice(0)) worker.terminate();
      },
    });
  });
  return () => page.evaluate('loseWorkers()');
}
