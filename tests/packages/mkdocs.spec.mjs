// MkDocs Material with instant navigation, which puts the next page's elements into the document by itself.
import { expect, test } from '@playwright/test';
import { isolation, serve } from './serve.mjs';
import { site } from './site.mjs';
import { shows } from './told.mjs';

const mkdocs = {
  name: 'mkdocs',
  python: ['mkdocs==1.6.1', 'mkdocs-material==9.8.2'],
  overlay: ['mkdocs'],
  build: [
    ['cp', '-r', 'node_modules/smoothgrad', 'node_modules/smoothgrad-efficientnet-lite0', 'docs/'],
    ['cp', 'public/cat.webp', 'docs/'],
    ['mkdocs', 'build', '--quiet'],
  ],
};

test('MkDocs Material with instant navigation', async ({ page }) => {
  const built = await site(mkdocs);
  const closers = [built.close];
  try {
    for (const headers of [isolation, {}]) {
      // Navigation is instant between pages of the site's map, whose addresses name no port.
      const { address, close } = await serve(built.what, headers, (text) =>
        text.replaceAll('http://127.0.0.1/', () => address),
      );
      closers.push(close);
      await page.goto(address);
      await page.evaluate(() => Object.assign(window, { isSamePage: true }));
      await page.getByRole('link', { name: 'To the map' }).click();
      await shows(page);
      expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
    }
  } finally {
    for (const close of closers) await close();
  }
});
