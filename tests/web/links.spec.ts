// Links that carry a small picture, and what *Back* and *Forward* lead to.
import type { Page } from '@playwright/test';
import { checkAxe, converged, expect, fingerprint, hand, steady, test } from './fixtures.js';

const subject = (page: Page) => page.locator('#subject');

test('a link carries the picture if that is asked for, and what it opens is what was on the stage', async ({
  page,
  site,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await site.open('samples=4&noise=0.1&view=map');
  await page.getByText('Save, share, merge').click();
  const button = page.getByRole('button', { name: 'Link with the picture' });
  await expect(button).toBeHidden();
  await hand(page, 'drop', { name: 'cup.webp', from: 'photos/coffee.webp' });
  await expect(subject(page)).toHaveText(/espresso|cup/);
  await converged(page, 4);
  await button.click();
  await expect(page.locator('#saved')).toHaveText(
    /clipboard: [\d,]+ characters, with the small picture that is now explained here/,
  );
  await expect(page).toHaveURL(/photo=link-/);
  await converged(page, 4);
  await checkAxe(page);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/samples=4.*#picture=[\w-]+$/);
  expect(link).not.toContain('photo=');
  expect(link.length).toBeLessThan(20_000);
  await steady(page, () => fingerprint(page));
  const shown = await fingerprint(page);

  // Somebody else's browser, and what a server would see of it.
  const other = await browser.newContext({ serviceWorkers: 'block' });
  const theirs = await other.newPage();
  const asked: string[] = [];
  theirs.on('request', (request) => asked.push(request.url() + (request.postData() ?? '')));
  await theirs.goto(link);
  await converged(theirs, 4);
  await expect.poll(() => fingerprint(theirs)).toBe(shown);
  await expect(subject(theirs)).toHaveText(/espresso|cup/);
  await expect(theirs.locator('#photo-caption')).toHaveText(/the small picture of a link, came from no server/);
  expect(theirs.url()).toMatch(/photo=link-[\w-]+$/);
  expect(theirs.url()).not.toContain('#');
  expect(asked.filter((url) => url.includes('picture=') && !url.startsWith(link))).toEqual([]);
  await theirs.reload();
  await converged(theirs, 4);
  await expect.poll(() => fingerprint(theirs)).toBe(shown);
  // Again, where the page is open already.
  await theirs.evaluate((hash) => {
    location.hash = hash;
  }, new URL(link).hash);
  await expect.poll(() => theirs.url()).not.toContain('#');
  await converged(theirs, 4);
  await other.close();

  await page.goBack();
  await expect(page).toHaveURL(/photo=own-/);
  await expect(page.locator('#photo-caption')).not.toHaveText(/link/);
});

for (const [what, hash, why] of [
  ['cut off', 'UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoB', /cut off, or was changed on its way/],
  ['of other letters', 'abc%20def', /letters that no picture is made of/],
  ['empty', '', /letters that no picture/],
  ['no base64', 'abcde', /cut off/],
] as const) {
  test(`a picture that is ${what} is named, and the page goes on with its example`, async ({ page, site }) => {
    await page.goto(site.at(`?samples=2#picture=${hash}`));
    await expect(page.locator('#notice-text')).toHaveText(why);
    await expect(page.locator('#notice-text')).toHaveText(
      /^The picture in this link cannot be shown.*Here is an example instead/,
    );
    expect(page.url()).not.toContain('#');
    await converged(page, 2);
    await expect(subject(page)).toHaveText(/missile|projectile/);
  });
}

test('what was chosen is there again on Back and Forward; what was turned on the way is no step of its own', async ({
  page,
  site,
}) => {
  await site.open('samples=2');
  await converged(page, 2);
  await page.locator('#samples button').nth(1).click();
  await expect(subject(page)).toHaveText(/espresso|cup/);
  const another = page.locator('#classes button').nth(1);
  const second = await another.locator('.name').textContent();
  await another.click();
  await expect(page).toHaveURL(/target=\d+/);
  await expect(subject(page)).toHaveText(second ?? '');
  await page.locator('#noise').fill('30');
  await page.locator('#noise').fill('20');
  await expect(page).toHaveURL(/noise=0.2/);
  await page.locator('#method').selectOption('gradient');
  await expect(page).toHaveURL(/method=gradient/);
  await page.getByRole('radio', { name: 'Overlay' }).check({ force: true });
  await expect(page).toHaveURL(/view=overlay/);

  await page.goBack();
  await expect(page.locator('#method')).toHaveValue('gradient');
  await expect(page.getByRole('radio', { name: 'Overlay' })).not.toBeChecked();
  await page.goBack();
  await expect(page.locator('#method')).toHaveValue('smoothgrad');
  await expect(page.locator('#noise-value')).toHaveText('20 %');
  await expect(subject(page)).toHaveText(second ?? '');
  await page.goBack();
  await expect(page).not.toHaveURL(/target=/);
  await expect(subject(page)).not.toHaveText(second ?? '');
  await page.goBack();
  await expect(page).not.toHaveURL(/photo=/);
  await expect(subject(page)).toHaveText(/missile|projectile/);
  for (let i = 0; i < 4; i++) await page.goForward();
  await expect(page.getByRole('radio', { name: 'Overlay' })).toBeChecked();
  await expect(page.locator('#method')).toHaveValue('gradient');
  await expect(subject(page)).toHaveText(second ?? '');
});
