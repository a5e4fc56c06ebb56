// How many requests one after another the first map of a bundled page waits for: three, as on a plain one (tests/web/chain.spec.ts).
import { expect, test } from '@playwright/test';
import { startHost } from '../web/static_host.ts';
import { endings, inWaves } from '../web/waves.ts';
import { site } from './site.mjs';
import { tools } from './tools.mjs';

const bundlers = ['vite', 'webpack', 'rspack'];

for (const tool of tools.filter(({ name }) => bundlers.includes(name))) {
  test(`three requests in a row, ${tool.name}${tool.fast ? ' @fast' : ''}`, async ({ page }) => {
    const built = await site({ ...tool, name: `${tool.name}-tag`, overlay: [...tool.overlay, 'tag'] });
    // Nor does it wait for a frame, with which observers have their first word.
    await page.addInitScript(() => {
      IntersectionObserver.prototype.observe = () => {};
    });
    const host = await startHost(built.what, { headers: true });
    await inWaves(host, async (answer) => {
      await page.goto(host.address, { waitUntil: 'commit' });
      await answer(endings(['js']));
      // With its script: the worker and the glue.
      await answer(endings(['js', 'js', 'js', 'wasm', 'onnx', 'webp']));
      await expect(page.locator('smooth-grad canvas')).toHaveAttribute('aria-label', /2 of 2/);
    });
    await built.close();
  });
}
