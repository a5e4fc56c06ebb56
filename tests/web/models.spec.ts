// The first page with the other models that come with it.
import { converged, expect, fingerprint, hand, test } from './fixtures.js';

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

test('an ONNX file that is dropped is kept in this browser, until it is removed', async ({ page, site }) => {
  await site.open('samples=3');
  await converged(page, 3);
  await hand(page, 'drop', { name: 'my digits.onnx', from: site.at('smoothgrad/models/mnist-noise-10.onnx') });
  const menu = page.getByRole('combobox', { name: 'Model' });
  await expect(menu.locator('option:checked')).toHaveText('MNIST, trained with 10 % noise');
  await expect(page.locator('#subject')).toHaveText('4');
  await expect(page.locator('#link-words')).toHaveText(/Your network is in no link/);
  await page.reload();
  await expect(page.locator('#subject')).toHaveText('4');

  await page.getByRole('button', { name: 'Remove this one from the browser' }).click();
  await expect(menu).toHaveValue('efficientnet-lite0');
  await expect(menu.locator('option')).toHaveCount(5);
});

test('an ONNX file that is none is refused, and the model stays', async ({ page, site }) => {
  await site.open('samples=3');
  await converged(page, 3);
  await hand(page, 'drop', { name: 'broken.onnx', bytes: [1, 2, 3] });
  await expect(page.locator('#notice-text')).toHaveText(/“broken.onnx” could not be opened: .*ONNX.*The model is as it was/);
  await expect(page).not.toHaveURL(/own-/);
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue('efficientnet-lite0');
});

test('a network that is not kept here says so', async ({ page, site }) => {
  await site.open('model=own-12345678');
  await expect(page.locator('#notice-text')).toHaveText(/not kept in this browser/);
});
