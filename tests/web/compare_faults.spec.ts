// The Compare page where something goes wrong.
import { filled } from './compare_page.js';
import { expect, test } from './fixtures.js';
import { losable } from './lost_worker.js';

test.describe('an address that makes no sense', () => {
  test('is said, and mended by a choice', async ({ page, site }) => {
    await site.open('method=nonsense&rows=noise&columns=noise&row=0&samples=2', 'compare.html');
    await expect(page.locator('#notice')).toContainText(/Method must be one of .*smoothgrad/);
    await expect(page.locator('#grid td[data-state=failed]').first()).toBeVisible();
    await page.locator('#notice-close').click();
    await page.locator('#method').selectOption('gradient');
    await expect(page.locator('#count')).toHaveText(/^(\d+) of \1 cells$/);
    await expect(page.locator('#grid td[data-state=failed]')).toHaveCount(0);
  });
});

test.describe('a lost worker', () => {
  test('is said, and another one goes on', async ({ page, site }) => {
    const loseWorkers = await losable(page);
    await site.open('rows=photo&columns=samples&row=rocket&column=2+200', 'compare.html');
    await expect(page.locator('#grid td[data-state]').last()).toHaveAttribute('data-state', 'running');
    await loseWorkers();
    await expect(page.locator('#notice')).toContainText(/worker was lost/);
    await page.getByRole('button', { name: 'Start again' }).click();
    await filled(page, 2);
  });
});

test.describe('without an engine', () => {
  test.use({ expected: /Failed to load resource|ERR_FAILED|falling back|wasm/ });

  test('the page says so, and starts when it can', async ({ page, site }) => {
    await page.route('**/*.wasm', (route) => route.abort());
    await site.open('samples=2&column=0&row=rocket', 'compare.html');
    await expect(page.locator('#notice')).toBeVisible();
    await page.unroute('**/*.wasm');
    await page.getByRole('button', { name: 'Start again' }).click();
    await filled(page, 1);
  });
});
