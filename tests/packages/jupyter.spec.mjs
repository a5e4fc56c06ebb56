// JupyterLab: the notebook of the nbconvert project, whose cell is run in a real Chromium.
import { expect, test } from '@playwright/test';
import { site } from './site.mjs';
import { shows } from './told.mjs';

const lab = {
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
  ],
};

test('jupyterlab', async ({ page }) => {
  const built = await site(lab);
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
  } finally {
    await built.close();
  }
});
