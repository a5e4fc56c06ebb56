// The custom element on a page of its own: shared engine, errors inside, keyboard, removal.
import type { Page } from '@playwright/test';
import { expect, fingerprint, test } from './fixtures.js';

const label = (page: Page, at = 0) => page.locator('smooth-grad canvas').nth(at);

test.describe('without isolation', () => {
  test.use({ mode: 'single' });

  test('several elements share one engine', async ({ page, site }) => {
    await page.goto(site.at('embed.html'));
    await page.evaluate(() => {
      const more = Object.assign(document.createElement('smooth-grad'), { src: 'photos/coffee.webp', samples: 3 });
      document.body.append(more);
    });
    await expect(label(page, 1)).toHaveAttribute('aria-label', /espresso.*3 of 3 samples/);
    await expect(label(page, 0)).toHaveAttribute('aria-label', /cat/);
    expect(page.workers().length).toBe(1);
  });
});

test.describe('a photo that is not there', () => {
  test.use({ expected: /404/ });

  test('is said inside, with the last map kept', async ({ page, site }) => {
    await page.goto(site.at('embed.html'));
    await expect(label(page)).toHaveAttribute('aria-label', /50 of 50/);
    const before = await fingerprint(page, 'smooth-grad');
    const errors = page.evaluate(
      () =>
        new Promise((resolve) =>
          document.querySelector('smooth-grad')?.addEventListener('error', (event) => {
            resolve((event as unknown as CustomEvent<{ code: string }>).detail.code);
          }),
        ),
    );
    await page.locator('smooth-grad').evaluate((element) => element.setAttribute('src', 'photos/nowhere.jpg'));
    await expect(page.getByRole('alert')).toContainText('nowhere.jpg could not be read');
    expect(await errors).toBe('not-found');
    expect(await fingerprint(page, 'smooth-grad')).toBe(before);

    await page.locator('smooth-grad').evaluate((element) => element.setAttribute('src', 'photos/coffee.webp'));
    await expect(label(page)).toHaveAttribute('aria-label', /espresso/);
    await expect(page.getByRole('alert')).toBeHidden();
  });
});

test('attributes, properties, keys', async ({ page, site }) => {
  await page.goto(site.at('embed.html'));
  const element = page.locator('smooth-grad');
  await element.evaluate((node) => Object.assign(node, { samples: 1000, target: 'espresso', noise: 0.2 }));
  await expect(label(page)).toHaveAttribute('aria-label', /"espresso", [3-9] of 1000|"espresso", \d\d+ of 1000/);
  await element.focus();
  await page.keyboard.press('Space');
  await expect(label(page)).toHaveAttribute('aria-label', /paused/);
  await expect(element).toHaveAttribute('paused', '');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(element).not.toHaveAttribute('paused');
  await element.evaluate((node) => node.setAttribute('noise', 'much'));
  await expect(page.getByRole('alert')).toContainText(/noise must be a number.*"much"/i);
  await element.evaluate((node) => node.removeAttribute('noise'));
  await expect(page.getByRole('alert')).toBeHidden();
  const samples = () =>
    element.evaluate((node) => (node as HTMLElement & { progress?: { samples: number } }).progress?.samples ?? 0);
  await expect.poll(samples).toBeGreaterThan(1);
  await element.evaluate((node) => node.remove());
});
