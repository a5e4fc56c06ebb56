// Every tool's project explains a photo, with threads where the page is isolated and without them elsewhere.
import { expect, test } from '@playwright/test';
import { site } from './site.mjs';
import { shows, works } from './told.mjs';
import { tools } from './tools.mjs';

for (const tool of tools) {
  test(`${tool.name}${tool.fast ? ' @fast' : ''}`, async ({ page }) => {
    const built = await site(tool);
    const wrong = [];
    page.on('pageerror', (error) => wrong.push(String(error)));
    try {
      for (const isolated of [true, false]) {
        await page.goto(await built.address(isolated));
        await works(page, isolated ? 2 : 1);
        for (const name of tool.examples ?? []) {
          await page.goto(new URL(name, page.url()).href);
          await shows(page);
        }
      }
      expect(wrong).toEqual([]);
    } finally {
      await built.close();
    }
  });
}
