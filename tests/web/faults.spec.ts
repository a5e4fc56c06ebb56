// What goes wrong around a page: storage that is refused, a network that goes away, another tab, workers that die at any moment.
import type { Page } from '@playwright/test';
import type { SampledProgress } from 'smoothgrad';
import type { SmoothGradElement } from 'smoothgrad/element';
import { brokenImages } from '../faults/broken_images.mjs';
import { handIn } from '../faults/page_images.mjs';
import { chance } from '../faults/random.mjs';
import { pngOf } from '../faults/whole_images.mjs';
import { converged, expect, fingerprint, hand, test } from './fixtures.js';
import { losable } from './lost_worker.js';

/** As in private windows of some browsers, or where a disk is full. */
const refusals: Record<string, (page: Page) => Promise<unknown>> = {
  'storage forbidden': (page) =>
    page.addInitScript(() => {
      const refuse = () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      };
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
        Object.defineProperty(window, name, { get: refuse, configurable: true });
    }),
  'storage full': (page) =>
    page.addInitScript(() => {
      const full = () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      };
      Storage.prototype.setItem = full;
      IDBObjectStore.prototype.put = full;
      IDBObjectStore.prototype.add = full;
    }),
};

for (const [name, refuse] of Object.entries(refusals)) {
  test(`${name}: the first page explains photos all the same`, async ({ page, site }) => {
    await refuse(page);
    await site.open('samples=2');
    await converged(page, 2);
    await hand(page, 'drop', { name: 'cup.webp', from: 'photos/coffee.webp' });
    await expect(page.locator('#subject')).toHaveText(/espresso|cup/);
    await converged(page, 2);
    await hand(page, 'drop', { name: 'mine.onnx', from: site.asset('mnist-noise-10.onnx') });
    await page.getByRole('button', { name: 'Use this model' }).click();
    await expect(page.locator('#sheet-problem')).toContainText('This browser could not keep it');
    await page.keyboard.press('Escape');
    await expect(page.locator('#subject')).toHaveText(/espresso|cup/);
    await converged(page, 2);
  });

  test(`${name}: a network can be used for this visit, on all pages`, async ({ page, site }) => {
    await refuse(page);
    await site.open('samples=2');
    await hand(page, 'drop', { name: 'cup.webp', from: 'photos/coffee.webp' });
    await hand(page, 'drop', { name: 'mine.onnx', from: site.asset('mnist-noise-10.onnx') });
    await page.getByRole('button', { name: 'Use this model' }).click();
    await page.getByRole('button', { name: 'Use it for this visit' }).click();
    const frame = page.frameLocator('iframe.visit');
    await expect(frame.locator('#model option:checked')).toHaveText(/^MNIST/);
    await expect(frame.locator('#subject')).toHaveText(/^\d$/);
    await expect(frame.locator('#count')).toHaveText(/^[1-9][\d,]* of /);
    await frame.getByRole('link', { name: 'Compare' }).click();
    await expect(frame.locator('#model option:checked')).toHaveText(/^MNIST/);
    await expect(frame.locator('#grid td[data-state=done]').first()).toBeVisible();
  });

  for (const [file, state] of [
    ['compare.html', '#grid td[data-state=done]'],
    ['pair.html', '#left-subject'],
    ['guide.html', '#subject'],
    ['lab.html', '#grid .cell canvas'],
    ['results.html', '#summary-title'],
  ] as const) {
    test(`${name}: ${file} opens`, async ({ page, site }) => {
      await refuse(page);
      await site.open('samples=2', file);
      await expect(page.locator(state).first()).toBeVisible();
    });
  }
}

test.describe('offline', () => {
  test.use({ expected: /ERR_INTERNET_DISCONNECTED/ });

  test('a network that goes away takes nothing from what is there', async ({ page, context, site }) => {
    await site.open('samples=2');
    await converged(page, 2);
    await context.setOffline(true);
    const own = await page.evaluate(async () => {
      const blob = await new Promise<Blob | null>((made) => document.querySelector('canvas')?.toBlob(made));
      return URL.createObjectURL(blob as Blob);
    });
    await hand(page, 'drop', { name: 'mine.png', from: own });
    await expect(page).toHaveURL(/photo=own-/);
    await converged(page, 2);
    await page.locator('#classes li').nth(1).getByRole('button').first().click();
    await converged(page, 2);
    await context.setOffline(false);
  });
});

/** The values of the map and the figures of its run. */
const valuesOf = (page: Page) =>
  page.locator('#map').evaluate((element) => {
    const { raw, progress } = element as SmoothGradElement;
    const { relativeError, ownSamples } = progress as SampledProgress;
    return { relativeError, ownSamples, map: Array.from(raw?.map ?? []) };
  });

test('a tab that was hidden for an hour goes on with its samples', async ({ page, site }) => {
  await page.clock.install();
  await site.open('samples=3000&until=never&magnitude=plain&model=mnist-noise-20&photo=digit-4');
  const count = page.locator('#count');
  await expect(count).toHaveText(/^([2-9]|\d\d+).* of 3,000/);
  const hide = (hidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await hide(true);
  await expect(count).toHaveText(/paused/);
  const before = await valuesOf(page);
  await page.clock.fastForward('01:00:00');
  expect(await valuesOf(page)).toEqual(before);
  await hide(false);
  await expect(count).toHaveText('3,000 of 3,000 samples');
  const found = await valuesOf(page);
  await site.open('samples=3000&until=never&magnitude=plain&model=mnist-noise-20&photo=digit-4');
  await expect(count).toHaveText('3,000 of 3,000 samples');
  expect(found).toEqual(await valuesOf(page));
});

test('threads that do not start: one thread computes, and why is said', async ({ page, site }) => {
  await page.route(site.asset('worker.js'), (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      headers: { 'Cross-Origin-Embedder-Policy': 'require-corp' },
      body: `const Plain = Worker;
        let started = 0;
        const broken = 'data:text/javascript,throw new Error("no thread is left")';
        self.Worker = class extends Plain {
          constructor(address, options) { super(++started > 1 ? broken : address, options); }
        };
        await import(${JSON.stringify(`${route.request().url()}?plain`)});`,
    }),
  );
  await site.open('samples=2');
  await converged(page, 2);
  await expect(page.locator('#threads')).toHaveText('1 thread');
  await expect(page.locator('#single')).toHaveText(/^One thread only\. Threads could not be started: .*no thread is left\.$/);
});

test('broken pictures are refused in a sentence each, and those that can be read are explained', async ({ page, site }) => {
  await site.open('method=gradient&model=mnist-noise-20&photo=digit-4');
  await expect(page.locator('#map')).toHaveJSProperty('state', 'done');
  // Every other one: of the strange ones, the whole ones, the broken ones.
  const files = Object.entries(await brokenImages(50, 17)).filter((_, n) => n % 2 === 0);
  const explained: string[] = [];
  for (const [name, bytes] of files) {
    const { refused } = await handIn(page, name, bytes);
    if (refused === undefined) explained.push(name);
    else expect(refused).toMatch(new RegExp(`^“${name}” (is|has) [^“]+\\. The last map is kept\\.$`));
  }
  for (const name of ['whole, jpeg, baseline.jpg', 'whole, webp, lossy.webp']) expect(explained).toContain(name);
});

test('a small file of very many pixels is refused before it is unpacked', async ({ page, site }) => {
  await site.open('method=gradient&model=mnist-noise-20&photo=digit-4');
  await expect(page.locator('#map')).toHaveJSProperty('state', 'done');
  await page.evaluate(() => {
    globalThis.createImageBitmap = () => Promise.reject(new Error('it is unpacked'));
  });
  const { refused } = await handIn(page, 'bomb.png', pngOf(20_000, 20_000, { rows: 20_000, bits: 1 }));
  expect(refused).toMatch(
    /^“bomb\.png” has 400 megapixels, too many to be unpacked here: make it smaller, to 150 megapixels at most\./,
  );
});

test('another tab of the site runs beside it', async ({ page, context, site }) => {
  await site.open('samples=6');
  const other = await context.newPage();
  await other.goto(page.url());
  await other.bringToFront();
  await converged(other, 6);
  await page.bringToFront();
  await converged(page, 6);
  expect(await fingerprint(page)).toBe(await fingerprint(other));
});

/** Where each run begins, by its first figures. */
const listenToBegins = (page: Page) =>
  page.locator('#map').evaluate((element) => {
    const begins: number[] = [];
    Object.assign(window, { begins });
    element.addEventListener('classified', () => begins.push((element as SmoothGradElement).progress?.done ?? 0));
  });

test('workers that die at twenty random moments: the map stays, and one click goes on to the same map', async ({
  page,
  site,
}) => {
  const { below } = chance(17);
  const loseWorkers = await losable(page);
  const samples = 12_000;
  // A small network, so that engines start quickly.
  await site.open(`samples=${samples}&until=never&magnitude=plain&model=mnist-noise-20&photo=digit-4`);
  await expect(page.locator('#count')).toHaveText(/^([2-9]|\d\d+).* of 12,000/);
  // The figures come before the picture.
  await expect.poll(() => fingerprint(page)).not.toBe(0);
  await listenToBegins(page);
  for (let n = 0; n < 20; n++) {
    await page.waitForTimeout(below(200));
    await loseWorkers();
    await expect(page.locator('#notice')).toContainText('all of its samples but the latest');
    expect(await fingerprint(page), `after the ${n + 1}th`).not.toBe(0);
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect(page.locator('#notice')).toBeHidden();
  }
  await expect(page.locator('#count')).toHaveText('12,000 of 12,000 samples');
  const begins = (await page.evaluate('begins')) as number[];
  // The same as before where it was lost before it had more to keep.
  expect(begins.length).toBeGreaterThan(0);
  expect(
    begins.every((begin, n) => begin > 1 && begin >= (begins[n - 1] ?? 2)),
    `begins: ${begins}`,
  ).toBe(true);
  const found = await valuesOf(page);
  await page.reload();
  await expect(page.locator('#count')).toHaveText('12,000 of 12,000 samples');
  expect(found).toEqual(await valuesOf(page));
});
