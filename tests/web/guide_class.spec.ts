// How it works, in class: stories, the projector, the handout.
import { checkAxe, expect, overflowing, test } from './fixtures.js';
import { drawn, piled } from './guide_page.js';

test('a story leads through its figures, can be linked to, and gives the page back', async ({ page, site }) => {
  await site.open('copy=2', 'guide.html');
  await page.getByRole('button', { name: 'Tell “Fifty is not enough”' }).click();
  const bar = page.getByRole('complementary', { name: 'Fifty is not enough, 1 of 4' });
  await expect(bar).toBeVisible();
  await expect(page).toHaveURL(/photo=coffee.*story=enough/);
  await expect(page.getByRole('button', { name: 'Next' })).toBeFocused();
  await page.keyboard.press('Enter');
  await piled(page, 50);
  await page.keyboard.press('Enter');
  await expect(page.locator('#story-title')).toHaveText('Fifty is not enough, 3 of 4');
  await expect(page.locator('#settle-plot')).toBeInViewport();
  await expect(page.locator('#settle-words')).toContainText('After 50 copies');
  await page.reload();
  await expect(page.locator('#story-title')).toHaveText('Fifty is not enough, 3 of 4');
  await expect(page.locator('#settle-plot')).toBeInViewport();
  await checkAxe(page);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'The end' }).click();
  await expect(page.locator('#story')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Tell “Fifty is not enough”' })).toBeFocused();
});

test('for a projector: large, few words, a figure at a time', async ({ page, site }) => {
  await site.open('copy=2', 'guide.html');
  await drawn(page, 'answer-gradient');
  const words = page.locator('#answer .prose > p:not(.key)').first();
  const size = () => page.locator('#answer .key').evaluate((key) => Number.parseFloat(getComputedStyle(key).fontSize));
  const before = await size();
  await expect(words).toBeVisible();
  await page.keyboard.press('l');
  await expect(page).toHaveURL(/projector=true/);
  await expect(words).toBeHidden();
  expect(await size()).toBeGreaterThan(before);
  const seen = [];
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press('n');
    seen.push(await page.evaluate(() => document.activeElement?.closest('[id], .live')?.getAttribute('aria-labelledby')));
  }
  expect(seen).toContain('many-caption');
  expect(seen).toContain('illusion-caption');
  expect(await overflowing(page)).toEqual([]);
  await page.keyboard.press('l');
  await expect(words).toBeVisible();
});

test('the handout waits for every figure, and has room for answers', async ({ page, site }) => {
  await page.addInitScript(() => {
    window.print = () => document.body.setAttribute('data-printed', '');
  });
  await site.open('photo=coffee', 'guide.html');
  await page.getByRole('button', { name: 'Print the handout' }).click();
  await expect(page.locator('body')).toHaveAttribute('data-printed', '', { timeout: 120_000 });
  const blank = page.locator('canvas:visible:not([data-drawn])');
  expect(await blank.evaluateAll((nodes) => nodes.map(({ id }) => id))).toEqual([]);
  await piled(page, 50);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.locator('.handout li').first()).toBeVisible();
  await expect(page.locator('header, #copies .knobs, .try').first()).toBeHidden();
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
});
