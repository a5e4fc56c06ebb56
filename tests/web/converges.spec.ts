// First light: the page opens and converges; so does a bare page with one tag.
import { converged, expect, fingerprint, modes, test } from './fixtures.js';

for (const mode of modes) {
  test.describe(mode, () => {
    test.use({ mode });

    test('the sample photo converges, past 50 samples', async ({ page, site }) => {
      await page.addInitScript(() => {
        new PerformanceObserver((list) => {
          const shifts = list.getEntries() as (PerformanceEntry & { value: number })[];
          const total = Number(document.documentElement.dataset.shift ?? 0);
          document.documentElement.dataset.shift = String(shifts.reduce((sum, { value }) => sum + value, total));
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await site.open();
      await expect(page.locator('#count')).toHaveText(/^(5[1-9]|[6-9]\d|\d{3}) of 1,000 samples$/);
      await expect(page.locator('#bought')).toHaveText(/^From 25 to 50 samples it fell from \d\.\d\d to \d\.\d\d\.$/);
      await page.getByRole('button', { name: 'Pause' }).click();
      await expect(page.locator('#count')).toHaveText(/paused/);
      await expect(page.locator('#subject')).toHaveText(/missile|projectile/);
      await expect(page.locator('#classes button')).toHaveCount(5);
      await expect(page.locator('#classes [aria-pressed=true]')).toContainText('%');
      await expect(page.locator('#rate')).toHaveText(/samples\/s/);
      await expect(page.locator('#error-words')).toHaveText(/now \d/);
      await expect(page.locator('#map canvas').last()).toHaveAttribute('aria-label', /missile.*of 1000 samples, paused/);
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

test('both maps are the custom element, which says what it shows', async ({ page, site }) => {
  await site.open('samples=3');
  await converged(page, 3);
  const elements = page.locator('smooth-grad');
  await expect(elements).toHaveCount(2);
  type Shown = HTMLElement & { state: string; method: string; progress: { samples: number }; raw: { width: number } };
  const shown = () =>
    elements.evaluateAll((all) =>
      (all as Shown[]).map(({ state, method, progress, raw }) => [state, method, progress?.samples, raw?.width]),
    );
  await expect.poll(shown).toEqual([
    ['done', 'smoothgrad', 3, 224],
    ['done', 'gradient', 1, 224],
  ]);
});

test('how much of the network has come is said', async ({ page, site }) => {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  const slowly = { offline: false, latency: 0, uploadThroughput: -1, downloadThroughput: 3e6 };
  await client.send('Network.emulateNetworkConditions', slowly);
  await site.open('samples=2');
  const bar = page.getByRole('progressbar', { name: 'The network is on its way' });
  await expect.poll(() => bar.evaluate((node: HTMLProgressElement) => node.value > 0 && node.value < 1)).toBe(true);
  await expect(page.locator('#arrived-bytes')).toHaveText(/^\d\.\d MB \/ 9\.3 MB$/);
  // Nothing runs yet that could be paused.
  await expect(page.locator('#play')).toBeDisabled();
  await expect(page.locator('#play')).toHaveText('Play');
  await converged(page, 2);
  await expect(bar).toBeHidden();
  await expect(page.locator('#play')).toBeEnabled();
});

test('nothing runs while nobody looks', async ({ page, site }) => {
  const look = (hidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await site.open();
  const count = page.locator('#count');
  await expect(count).toHaveText(/^([3-9]|\d\d+) of 1,000 samples$/);
  await look(true);
  await expect(count).toHaveText(/paused/);
  const samples = async () => Number.parseInt((await count.textContent()) as string, 10);
  const before = await samples();
  await page.locator('#seed').evaluate((input: HTMLInputElement) => {
    input.value = '5';
    input.dispatchEvent(new Event('change'));
  });
  await expect(count).toHaveText('0 of 1,000 samples, paused');
  await look(false);
  await expect(count).toHaveText(/^([1-9]|\d\d+) of 1,000 samples$/);
  expect(before).toBeGreaterThan(2);
});

test('it stops at the wished error, and goes on when asked', async ({ page, site }) => {
  await site.open('until=1&samples=400');
  const count = page.locator('#count');
  await expect(count).toHaveText(/^[2-9] of 400 samples, enough$/);
  await page.getByText('What the figures say').click();
  await expect(page.locator('#until')).toHaveValue('1');
  await expect(page.locator('#relative-error')).toHaveText(/^0\.\d\d|1\.00$/);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(count).toHaveText(/^\d\d+ of 400 samples$/);
  await expect(page.locator('#until')).toHaveValue('never');
  await expect(page.locator('#agreement')).toHaveText(/^-?\d\.\d\d$/);
  await expect(page.locator('#keeps-class')).toHaveText(/%$/);
  await expect(page.locator('#out-of-range')).toHaveText(/%$/);
});

test('a run that is done goes on from where it is', async ({ page, site }) => {
  await site.open('samples=6');
  await converged(page, 6);
  await page.getByRole('button', { name: 'Go on to 12' }).click();
  await converged(page, 12);
  await expect(page).toHaveURL(/samples=12/);
  const twelve = await fingerprint(page);
  await site.open('samples=12');
  await converged(page, 12);
  expect(await fingerprint(page)).toBe(twelve);
});

test.describe('on a host that sends no headers', () => {
  test.use({ mode: 'single', serviceWorkers: 'allow' });

  test('the service worker brings isolation', async ({ page, site }) => {
    await page.goto(site.at('?samples=5'));
    await page.waitForFunction(() => crossOriginIsolated);
    await converged(page, 5);
    await expect(page.locator('#build')).toHaveText(/-threads$/);
  });
});

test.describe('policy', () => {
  test.use({ expected: /Content Security Policy|TrustedScript/ });

  test('inline scripts do not run', async ({ page, site }) => {
    await site.open('samples=1');
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.append('document.title = "ran"');
      document.head.append(script);
      return document.title === 'ran';
    });
    expect(ran).toBe(false);
  });
});
