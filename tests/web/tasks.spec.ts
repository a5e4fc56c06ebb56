// How long the page keeps the browser from answering: no task of its main thread takes long, from its opening on. How long that
// is, a fixed piece of work says that the page does in between: a slower or busier machine is slower at both.
import { expect, modes, test } from './fixtures.js';
import { longestWhere, mainThread } from './main_thread.mjs';

for (const mode of modes) {
  test.describe(mode, () => {
    test.use({ mode });

    test('the page answers while it opens and while samples run', { tag: '@alone' }, async ({ browser, page, site }) => {
      const { tasks, yardstick } = await mainThread(browser, page, async () => {
        await site.open('samples=1000&magnitude=corrected&window=2&view=overlay');
        for (const panel of await page.locator('main details.more').all()) await panel.locator('summary').click();
        await expect(page.locator('#count')).toHaveText(/^([3-9]\d|\d{3}) of 1,000 samples$/);
      });
      expect(tasks.length).toBeGreaterThan(100);
      expect(Math.max(...tasks)).toBeLessThan(longestWhere(yardstick));
    });
  });
}
