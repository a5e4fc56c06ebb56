// The denoised map on the first page, and the network at more detail than it was trained on.
import { converged, expect, fingerprint, modes, test } from './fixtures.js';

for (const mode of modes) {
  test.describe(mode, () => {
    test.use({ mode });

    test('the denoised map is drawn of the samples that are there, and says how far off it expects to be', async ({
      page,
      site,
    }) => {
      await site.open('samples=12&seed=2');
      await converged(page, 12);
      const plain = await fingerprint(page);
      await expect(page.locator('#denoised-error')).toHaveText('–');
      await page.getByText('Picture in detail').click();
      await page.getByLabel('Draw', { exact: true }).selectOption('denoised');
      await expect.poll(() => fingerprint(page)).not.toBe(plain);
      await expect(page.locator('#denoised-error')).toHaveText(/^0\.\d+$/);
      await expect(page).toHaveURL(/magnitude=denoised/);
      await expect(page.locator('#tag-map')).toHaveText(/denoised magnitude/);
      await expect(page.locator('#channels')).toBeEnabled();
      await expect(page.locator('#reduction')).toBeDisabled();
    });
  });
}

test('of fewer than eight samples the plain map is shown, in words', async ({ page, site }) => {
  await site.open('samples=4&magnitude=denoised');
  await converged(page, 4);
  await expect(page.locator('#map-note')).toHaveText(/needs 8 samples or more/);
  await expect(page.locator('#denoised-error')).toHaveText('–');
});

test('more detail: the network sees more pixels, and the way back is there', async ({ page, site }) => {
  await site.open('photo=coffee&samples=3');
  await converged(page, 3);
  await page.getByLabel('Detail').selectOption('320');
  await expect(page).toHaveURL(/detail=320/);
  await converged(page, 3);
  await expect(page.locator('#photo-caption')).toHaveText(/320 × 320/);
  await expect(page.locator('#model-notes')).toContainText('at which its network was not trained');
  await expect(page.locator('#subject')).toHaveText(/espresso/);
  await page.getByLabel('Detail').selectOption('');
  await expect(page).not.toHaveURL(/detail/);
  await converged(page, 3);
  await expect(page.locator('#photo-caption')).toHaveText(/224 × 224/);
});

test('a network that takes no other size says so', async ({ page, site }) => {
  await site.open('model=mnist-noise-20&detail=60');
  await expect(page.locator('#notice-text')).toHaveText(/leave size out/);
});
