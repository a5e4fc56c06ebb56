// Every tool's project explains a photo, with threads where the page is isolated and without them elsewhere.
import { expect, test } from '@playwright/test';
import { site } from './site.js';
import { tools } from './tools.mjs';

for (const tool of tools) {
  test(`${tool.name}${tool.fast ? ' @fast' : ''}`, async ({ page }) => {
    const built = await site(tool);
    try {
      for (const isolated of [true, false]) {
        const wrong: string[] = [];
        page.on('pageerror', (error) => wrong.push(String(error)));
        await page.goto(await built.address(isolated));
        const told = page.locator('html[data-told]');
        await expect(told, wrong.join('\n')).toHaveCount(1);
        const { error, threads, top, samples, steps } = JSON.parse((await told.getAttribute('data-told')) as string);
        expect({ error, threads, top, samples, steps, wrong }).toEqual({
          error: undefined,
          threads: isolated ? 2 : 1,
          top: 'tiger cat',
          samples: 2,
          steps: 1,
          wrong: [],
        });
        await expect(page.locator('smooth-grad canvas')).toHaveAttribute('aria-label', /tiger cat.*2 of 2 samples/);
      }
    } finally {
      await built.close();
    }
  });
}
