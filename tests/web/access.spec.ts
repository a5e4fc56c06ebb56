// Keyboard, screen readers, small screens, light and dark.
import { AxeBuilder } from '@axe-core/playwright';
import { checkAxe, converged, expect, overflowing, test } from './fixtures.js';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    test.describe(`${colorScheme}, ${width} wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });

      test('axe finds nothing, and nothing overflows', async ({ page, site }) => {
        await site.open('samples=3');
        await converged(page, 3);
        await checkAxe(page);
        expect(await overflowing(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);

        for (const panel of await page.locator('main details.more').all()) await panel.locator('summary').click();
        await page.getByRole('combobox', { name: 'Explain any class' }).fill('cat');
        await expect(page.locator('#class-search-list [role=option]').first()).toBeVisible();
        await checkAxe(page);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
        await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
        await checkAxe(page);
        await page.keyboard.press('Escape');
        await page.locator('#play').focus();
        await page.keyboard.press('p');
        await expect(page.locator('#profile-words')).toHaveText(/GFLOP/);
        await checkAxe(page);
      });
    });
  }
}

test('axe finds nothing on the bare page', async ({ page, site }) => {
  await page.goto(site.at('embed.html'));
  await expect(page.locator('smooth-grad canvas')).toHaveAttribute('aria-label', /samples/);
  const { violations } = await new AxeBuilder({ page }).disableRules(['landmark-one-main', 'region']).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('a walk by keyboard alone', async ({ page, site }) => {
  await site.open('samples=1000');
  const count = page.locator('#count');
  await expect(count).toHaveText(/^([3-9]|\d\d+) of/);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the map' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await expect(count).toHaveText(/paused/);
  const paused = Number.parseInt((await count.textContent()) as string, 10);
  await page.keyboard.press('s');
  await expect(count).toHaveText(new RegExp(`^${paused + 1} of`));

  await page.keyboard.press('Tab');
  await expect(page.getByRole('radio', { name: 'Split' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/view=map/);
  await page.keyboard.press('v');
  await expect(page.getByRole('radio', { name: 'Overlay' })).toBeChecked();

  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Explain any class' })).toBeFocused();
  await page.keyboard.type('persian');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.locator('#subject')).toHaveText('Persian cat');
  await page.locator('#play').focus();
  await page.keyboard.press('1');
  await expect(page.locator('#classes button').first()).toHaveAttribute('aria-pressed', 'true');

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeHidden();
});

test('the theme is chosen and remembered', async ({ page, site }) => {
  await site.open('samples=1');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  const toggle = page.getByRole('button', { name: /^Theme/ });
  await toggle.click();
  await toggle.click();
  await expect(toggle).toHaveAccessibleName('Theme: dark');
  expect(await background()).not.toBe(light);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible();
  expect(await background()).not.toBe(light);

  // On paper there is no dark, and nothing to be pressed but the classes, which are an answer.
  await expect(page.locator('#count')).toHaveText('One gradient, no averaging');
  await page.emulateMedia({ media: 'print' });
  expect(await background()).toBe('rgb(255, 255, 255)');
  await expect(page.locator('#map')).toBeVisible();
  await expect(page.locator('#key-map')).toBeVisible();
  const pressed = page.locator(':is(button, select, input, summary, nav a):not(#classes *)').filter({ visible: true });
  await expect(pressed).toHaveCount(0);
});
