// The first page with the other models that come with it.
import { converged, expect, fingerprint, test } from './fixtures.js';

test('a digit model: chosen from the menu, with digits to explain, and back', async ({ page, site }) => {
  await site.open('samples=3');
  await converged(page, 3);
  const menu = page.getByRole('combobox', { name: 'Model' });
  await expect(menu).toHaveValue('efficientnet-lite0');
  await menu.selectOption('mnist-noise-20');
  await expect(page.locator('#subject')).toHaveText('4');
  await expect(page).toHaveURL(/model=mnist-noise-20/);
  await expect(menu).toHaveValue('mnist-noise-20');
  await expect(page.locator('#photo-caption')).toHaveText(/28 × 28/);
  await expect(page.locator('#samples button')).toHaveCount(5);
  const four = await fingerprint(page);

  await page.getByRole('button', { name: 'A handwritten seven, white on black' }).click();
  await expect(page.locator('#subject')).toHaveText('7');
  await expect.poll(() => fingerprint(page)).not.toBe(four);
  await page.getByRole('combobox', { name: 'Model' }).selectOption('efficientnet-lite0');
  await expect(page.locator('#subject')).toHaveText(/missile|projectile/);
  await expect(page).not.toHaveURL(/mnist/);
});

test('an address that names no model says which there are', async ({ page, site }) => {
  await site.open('model=mnist-noise-99');
  await expect(page.locator('#notice-text')).toHaveText(/mnist-noise-99.*efficientnet-lite0, mnist-noise-0/);
});
