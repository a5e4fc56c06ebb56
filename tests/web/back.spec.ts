// A page that is come back to is there as it was left, engine, model and map: browsers keep it whole, and nothing of ours forbids that.
import { converged, expect, fingerprint, framesPass, test } from './fixtures.js';

// Playwright leaves that cache off.
test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  },
});

test('Back leads to the map that was left, without anything being loaded, and it goes on', async ({ page, site }) => {
  await page.addInitScript(() => {
    addEventListener('pageshow', ({ persisted }) => {
      document.documentElement.dataset.persisted = String(persisted);
    });
  });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await site.open('samples=4');
  await converged(page, 4);
  const left = await fingerprint(page);
  await page.getByRole('navigation').getByRole('link', { name: 'Compare' }).click();
  await expect(page.locator('#threads')).toHaveText(/thread/);
  await framesPass(page, 10);
  asked.length = 0;
  await page.goBack({ waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-persisted', 'true');
  await converged(page, 4);
  expect(await fingerprint(page)).toBe(left);
  expect(asked.filter((url) => !url.endsWith('/favicon.svg'))).toEqual([]);
  await page.locator('#samples button').nth(1).click();
  await expect(page.locator('#subject')).toHaveText(/espresso|cup/);
  await converged(page, 4);
});
