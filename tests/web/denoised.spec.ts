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
      const denoised = await fingerprint(page);
      await expect(page.locator('#denoised-error')).toHaveText(/^0\.\d+$/);
      await expect(page.locator('#tag-map')).toHaveText(/denoised magnitude/);
      await expect(page.locator('#channels')).toBeEnabled();
      await page.getByText('Picture in detail').click();
      const draw = page.getByLabel('Magnitude', { exact: true });
      await expect(draw).toHaveValue('denoised');
      await draw.selectOption('plain');
      await expect.poll(() => fingerprint(page)).not.toBe(denoised);
      const plain = await fingerprint(page);
      await expect(page).toHaveURL(/magnitude=plain/);
      await expect(page.locator('#denoised-error')).toHaveText('–');
      await expect(page.locator('#tag-map')).not.toHaveText(/denoised/);
      await draw.selectOption('known-sign');
      await expect(page.locator('#tag-map')).toHaveText(/known sign/);
      await expect.poll(() => fingerprint(page)).not.toBe(plain);
      expect(await fingerprint(page)).not.toBe(denoised);
    });

    test('a verdict says what can be trusted, and it stops where that is everything', async ({ page, site }) => {
      await site.open('photo=astronaut&samples=16');
      await converged(page, 16);
      const verdict = page.locator('#verdict');
      await expect(verdict).toHaveText(
        /^Large shapes( and details)? can be trusted\. .* take some [\d,]+ samples more, about \d+ s/,
      );
      await page.getByRole('button', { name: 'Go on to 32' }).click();
      await converged(page, 32);
      await expect(verdict).toHaveText(
        /^Large shapes and details can be trusted\. Single pixels take some [\d,]+ samples more/,
      );
      await site.open('photo=astronaut');
      await expect(page.locator('#count')).toHaveText(/^[23]\d\d of 1,000 samples, enough$/, { timeout: 150_000 });
      await expect(verdict).toHaveText(/single pixels can be trusted\. More samples change little\.$/);
      await page.getByRole('button', { name: 'Play' }).click();
      await expect(page).toHaveURL(/until=never/);
    });
  });
}

test('what is no mean is drawn as it is, and a convention as its tool draws it', async ({ page, site }) => {
  await site.open('samples=9&method=vargrad');
  await converged(page, 9);
  await expect(page.locator('#tag-map')).toHaveText('VarGrad');
  await expect(page.locator('#verdict')).toHaveText('');
  await page.getByText('Picture in detail').click();
  await expect(page.getByLabel('Magnitude', { exact: true })).toHaveValue('plain');
  await page.getByText('Method in detail').click();
  await expect(page.locator('#antithetic')).not.toBeChecked();
  await page.locator('#method').selectOption('smoothgrad');
  await expect(page.locator('#antithetic')).toBeChecked();
  await page.locator('#convention').selectOption('paper');
  await expect(page).toHaveURL(/antithetic=false/);
  await expect(page.locator('#antithetic')).not.toBeChecked();
  await expect(page.getByLabel('Magnitude', { exact: true })).toHaveValue('plain');
});

test('of fewer than eight samples the plain map is shown, in words', async ({ page, site }) => {
  await site.open('samples=4');
  await converged(page, 4);
  await expect(page.locator('#tag-map')).toHaveText('SmoothGrad');
  await expect(page.locator('#map-note')).toHaveText(/needs 8 samples or more/);
  await expect(page.locator('#reading')).toHaveText(/taken out as soon as it can be told from the map/);
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
