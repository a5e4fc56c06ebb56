// Each documentation tool's pages show their map, with threads where the page is isolated and without them elsewhere.
import { expect, test } from '@playwright/test';
import { documentation } from './documentation.mjs';
import { site } from './site.mjs';
import { shows } from './told.mjs';

/** Fonts, formulas and colours of code that a theme fetches from elsewhere may not be there, and its own scripts say so. */
const isElsewhere = (url) => url.hostname !== '127.0.0.1' && url.protocol.startsWith('http');

for (const tool of documentation) {
  test(tool.name, async ({ page }) => {
    const built = await site(tool);
    const wrong = [];
    page.on('pageerror', ({ stack }) => stack?.includes('/smoothgrad/') && wrong.push(stack));
    await page.route(isElsewhere, (route) => route.abort());
    try {
      for (const isolated of [true, false]) {
        for (const name of tool.pages) {
          await page.goto(new URL(name, await built.address(isolated)).href);
          await shows(page);
        }
      }
      expect(wrong).toEqual([]);
    } finally {
      await built.close();
    }
  });
}
