// First light: the page opens and converges; so does a bare page with one tag.
import { converged, expect, fingerprint, modes, test } from './fixtures.js';

for (const mode of modes) {
  test.describe(mode, () => {
    test.use({ mode });

    test('the sample photo converges to 50 samples', async ({ page, site }) => {
      await page.addInitScript(() => {
        new PerformanceObserver((list) => {
          const shifts = list.getEntries() as (PerformanceEntry & { value: number })[];
          const total = Number(document.documentElement.dataset.shift ?? 0);
          document.documentElement.dataset.shift = String(shifts.reduce((sum, { value }) => sum + value, total));
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await site.open();
      await converged(page, 50);
      await expect(page.locator('#subject')).toHaveText(/missile|projectile/);
      await expect(page.locator('#classes button')).toHaveCount(5);
      await expect(page.locator('#classes [aria-pressed=true]')).toContainText('%');
      await expect(page.locator('#rate')).toHaveText(/samples\/s/);
      await expect(page.locator('#error-words')).toHaveText(/now \d/);
      await expect(page.locator('#map canvas')).toHaveAttribute('aria-label', /missile.*50 of 50 samples/);
      expect(await fingerprint(page)).not.toBe(0);
      expect(await fingerprint(page)).not.toBe(await fingerprint(page, '#plain'));
      expect(Number(await page.locator('html').getAttribute('data-shift'))).toBeLessThan(0.05);
    });

    test('threads and build are named, and why there is one only', async ({ page, site }) => {
      await site.open('samples=3');
      await converged(page, 3);
      await expect(page.locator('#build')).toHaveText(mode === 'isolated' ? /^(simd|relaxed)-threads$/ : /^(simd|relaxed)$/);
      await expect(page.locator('#threads')).toHaveText(mode === 'isolated' ? /^\d+ threads?$/ : '1 thread');
      if (mode === 'single') await expect(page.locator('#single')).toHaveText(/One thread only\. .*isolat/);
      else expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    });

    test('a bare page with one tag converges', async ({ page, site }) => {
      await page.goto(site.at('embed.html'));
      const canvas = page.locator('smooth-grad canvas');
      await expect(canvas).toHaveAttribute('aria-label', /cat.*50 of 50 samples/);
      expect(await fingerprint(page, 'smooth-grad')).not.toBe(0);
      expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBe(null);
    });
  });
}

test.describe('on a host that sends no headers', () => {
  test.use({ mode: 'single' });

  test('the service worker brings isolation', async ({ page, site }) => {
    await page.goto(site.at('?samples=5'));
    await page.waitForFunction(() => crossOriginIsolated);
    await converged(page, 5);
    await expect(page.locator('#build')).toHaveText(/-threads$/);
  });
});

test.describe('policy', () => {
  test.use({ expected: /Content Security Policy/ });

  test('inline scripts do not run', async ({ page, site }) => {
    await site.open('samples=1');
    const ran = await page.evaluate(() => {
      document.head.append(Object.assign(document.createElement('script'), { textContent: 'document.title = "ran"' }));
      return document.title === 'ran';
    });
    expect(ran).toBe(false);
  });
});
