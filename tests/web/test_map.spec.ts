// Test this map: what is left of the answer without the places that the map names.
import { checkAxe, converged, expect, test } from './fixtures.js';

test('a tenth of the photo is blurred, and the network asked again', async ({ page, site }) => {
  await site.open('photo=camera&samples=24');
  await converged(page, 24);
  await page.getByText('Test this map').click();
  await page.getByRole('button', { name: 'Blur and see' }).click();
  const words = page.locator('#test-words');
  await expect(words).toHaveText(/^It passes/);
  const rows = page.locator('#test-rows tr');
  await expect(rows).toHaveText([/^where it is brightest/, /^the same shapes, elsewhere/, /^where it is darkest/]);
  const share = async (row: number, column: number) =>
    Number.parseFloat((await rows.nth(row).locator('td').nth(column).textContent()) as string);
  expect(await share(0, 0)).toBe(await share(1, 0));
  expect(await share(0, 1)).toBeLessThan(0.8 * (await share(0, 0)));
  expect(await share(0, 1)).toBeLessThan(await share(1, 1));
  await checkAxe(page);
  // Of another map it says nothing.
  await page.locator('#classes button').nth(1).click();
  await expect(page.locator('#test-table')).toBeHidden();
  await expect(words).toHaveText('');
  await page.locator('#method').selectOption('grad-cam');
  await expect(page.locator('#count')).toHaveText(/^One map/);
  await page.getByRole('button', { name: 'Blur and see' }).click();
  await expect(words).toHaveText(/^It (passes|fails|says)/);
});
