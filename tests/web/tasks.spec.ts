// How long the page keeps the browser from answering: no task of its main thread takes 50 ms of processor time, from its opening
// on. Processor time, since a busy machine may keep the page from its core.
import type { Browser, Page } from '@playwright/test';
import { expect, modes, test } from './fixtures.js';

const longestMs = 50;

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Processor time in microseconds. */
  tdur?: number;
  args: { name?: string };
}

/** Milliseconds of processor time of each task of the page's main thread while `use` runs. */
async function tasksOf(browser: Browser, page: Page, use: () => Promise<void>): Promise<number[]> {
  await browser.startTracing(page, { categories: ['toplevel'] });
  await use();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const tasks = traceEvents.filter(({ name, tdur }) => name === 'ThreadControllerImpl::RunTask' && tdur !== undefined);
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  // Of several renderers the page's is the busiest.
  const ofThreads = threads.map((thread) =>
    tasks.filter(({ pid, tid }) => pid === thread.pid && tid === thread.tid).map(({ tdur = 0 }) => tdur / 1000),
  );
  const sum = (times: number[]) => times.reduce((total, time) => total + time, 0);
  return ofThreads.sort((a, b) => sum(b) - sum(a))[0] ?? [];
}

for (const mode of modes) {
  test.describe(mode, () => {
    test.use({ mode });

    test('the page answers while it opens and while samples run', async ({ browser, page, site }) => {
      const tasks = await tasksOf(browser, page, async () => {
        await site.open('samples=1000&magnitude=corrected&window=2&view=overlay');
        for (const panel of await page.locator('details.more').all()) await panel.locator('summary').click();
        await expect(page.locator('#count')).toHaveText(/^([3-9]\d|\d{3}) of 1,000 samples$/);
      });
      expect(tasks.length).toBeGreaterThan(100);
      expect(Math.max(...tasks)).toBeLessThan(longestMs);
    });
  });
}
