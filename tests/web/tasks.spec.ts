// How long the page keeps the browser from answering: no task of its main thread takes 50 ms of processor time, from its opening
// on. Processor time, since a busy machine may keep the page from its core.
import { expect, modes, tasksOf, test } from './fixtures.js';

const longestMs = 50;

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
