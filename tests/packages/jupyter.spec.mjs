// JupyterLab: the notebook of the nbconvert project, whose cell is run in a real Chromium. Its server has to send the headers of isolation
// itself: what is between it and the browser would keep it from its kernels. There is one thread all the same: it refuses its files (403) where no
// Referer says which page asks.
import { expect, test } from '@playwright/test';
import { isolation } from './serve.mjs';
import { site } from './site.mjs';
import { shows } from './told.mjs';

const lab = (headers) => ({
  name: 'jupyterlab',
  python: ['jupyterlab==4.6.6', 'ipykernel==7.4.0'],
  overlay: ['notebook'],
  build: [
    ['cp', '-r', 'node_modules/smoothgrad', 'node_modules/smoothgrad-efficientnet-lite0', 'public/cat.webp', '.'],
    // Where it serves the files beside a notebook.
    ['sed', '-i', 's|folder = \\\\"\\.\\\\"|folder = \\\\"/files\\\\"|', 'map.ipynb'],
  ],
  server: [
    ...['jupyter-lab', '--no-browser', '--allow-root', '--port={port}', '--ip=127.0.0.1', '--ServerApp.open_browser=False'],
    ...['--IdentityProvider.token=', '--ServerApp.root_dir=.', '--LabApp.news_url=', '--LabApp.check_for_updates_class='],
    `--ServerApp.tornado_settings=${JSON.stringify({ headers })}`,
  ],
});

/** Of the page's engine, which is that of its elements. */
const threads = (page) =>
  page.evaluate(async () => {
    const { sharedEngine } = await import(new URL('/files/smoothgrad/element.js', document.baseURI).href);
    return (await sharedEngine()).threads;
  });

for (const isolated of [true, false]) {
  test(`jupyterlab, ${isolated ? 'isolated' : 'not isolated'}`, async ({ page }) => {
    const built = await site(lab(isolated ? isolation : {}));
    try {
      await page.goto(`${built.what}lab/tree/map.ipynb?reset`);
      const cell = page.locator('.jp-CodeCell').first();
      // What is pressed before its kernel is there may be lost.
      await expect(async () => {
        await cell.locator('.cm-content').click();
        await page.keyboard.press('Shift+Enter');
        await expect(page.locator('smooth-grad')).toHaveCount(1, { timeout: 15_000 });
      }).toPass({ timeout: 180_000 });
      await shows(page);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(isolated);
      expect(await threads(page)).toBe(1);
    } finally {
      await built.close();
    }
  });
}
