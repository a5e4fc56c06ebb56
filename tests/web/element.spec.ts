// The custom element on a page of its own: shared engine, errors inside, keyboard, removal.
import type { Page } from '@playwright/test';
import { expect, fingerprint, hold, test } from './fixtures.js';

// Pages of others, which have no policy like ours.
test.use({ bypassCSP: true });

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
    await expect(page.locator('smooth-grad img')).not.toHaveAttribute('src');
    expect(await fingerprint(page, 'smooth-grad')).toBe(before);

    await page.locator('smooth-grad').evaluate((element) => element.setAttribute('src', 'photos/coffee.webp'));
    await expect(label(page)).toHaveAttribute('aria-label', /espresso/);
    await expect(page.getByRole('alert')).toBeHidden();
  });
});

test('what is made of the samples changes without a new one', async ({ page, site }) => {
  await page.goto(site.at('embed.html'));
  const element = page.locator('smooth-grad');
  // Every sample count that is reported from now on.
  await element.evaluate((node) => {
    const counts: number[] = [];
    Object.assign(node, { samples: 100000, counts });
    node.addEventListener('progress', (event) => {
      counts.push((event as unknown as CustomEvent<{ samples: number }>).detail.samples);
    });
  });
  const counts = () => element.evaluate((node) => (node as HTMLElement & { counts: number[] }).counts);
  const goesOn = async () => {
    const before = (await counts()).length;
    await expect.poll(async () => (await counts()).length).toBeGreaterThan(before + 1);
  };
  await goesOn();
  let last = await fingerprint(page, 'smooth-grad');
  for (const [name, value] of [
    ['reduction', 'variance'],
    ['window', '4'],
    ['magnitude', 'corrected'],
    ['channels', 'max-abs'],
    ['colours', 'viridis'],
    ['view', 'overlay'],
    ['percentile', '95'],
    ['opacity', '0.2'],
  ] as const) {
    await element.evaluate((node, [key, to]) => node.setAttribute(key, to), [name, value] as const);
    await goesOn();
    const now = await fingerprint(page, 'smooth-grad');
    expect(now, name).not.toBe(last);
    last = now;
  }
  const seen = await counts();
  expect(seen, 'restarted').toEqual([...seen].sort((a, b) => a - b));
  const raw = await element.evaluate(async (node) => {
    const map = await (node as HTMLElement & { map(): Promise<{ width: number; map: Float32Array }> }).map();
    return [map.width, map.map.length, map.map.some((value) => value > 0)];
  });
  expect(raw).toEqual([224, 224 * 224, true]);
});

test('it speaks the language of what it is in', async ({ page, site }) => {
  await page.goto(site.at('embed.html'));
  await page.evaluate(() => {
    document.body.innerHTML =
      '<p lang="en"><smooth-grad src="photos/coffee.webp" samples="2" controls alt="一杯のコーヒー" lang="ja-JP"></smooth-grad></p>';
  });
  await expect(label(page)).toHaveAttribute('aria-label', '一杯のコーヒー、「espresso」の根拠、2サンプル中2');
  await expect(page.getByRole('button', { name: '再生' })).toBeVisible();
});

test('two classes, other samples and randomised weights, by attributes', async ({ page, site }) => {
  await page.goto(site.at('embed.html'));
  const element = page.locator('smooth-grad');
  const settle = (attributes: Record<string, string>) =>
    element.evaluate((node, all) => {
      for (const [name, value] of Object.entries(all)) node.setAttribute(name, value);
    }, attributes);
  await settle({ samples: '4', target: 'tiger cat', versus: 'Egyptian cat', colours: 'diverging' });
  await expect(label(page)).toHaveAttribute(
    'aria-label',
    'A cat, What speaks for "tiger cat" rather than "Egyptian cat", 4 of 4 samples',
  );
  const gradient = await fingerprint(page, 'smooth-grad');
  await settle({ difference: 'scaled' });
  await expect(label(page)).toHaveAttribute('aria-label', /Scaled map of "tiger cat" minus that of "Egyptian cat", 4 of 4/);
  const scaled = await fingerprint(page, 'smooth-grad');
  expect(scaled).not.toBe(gradient);
  await settle({ antithetic: '', sigma: '0.5', baseline: 'black', convention: 'zennit' });
  await expect(label(page)).toHaveAttribute('aria-label', /4 of 4/);
  await expect.poll(() => fingerprint(page, 'smooth-grad')).not.toBe(scaled);
  await element.evaluate((node) => {
    for (const name of ['versus', 'difference', 'antithetic', 'sigma', 'baseline', 'convention']) node.removeAttribute(name);
  });
  await expect(label(page)).toHaveAttribute('aria-label', /"tiger cat", 4 of 4/);
  const own = await fingerprint(page, 'smooth-grad');
  await settle({ randomised: '1' });
  await expect.poll(() => fingerprint(page, 'smooth-grad')).not.toBe(own);
  await settle({ randomised: '1000' });
  await expect(page.getByRole('alert')).toContainText(/from 0 to \d+/);
  await element.evaluate((node) => node.removeAttribute('randomised'));
  await expect.poll(() => fingerprint(page, 'smooth-grad')).toBe(own);
});

test('Grad-CAM and occlusion are methods too', async ({ page, site }) => {
  await page.goto(site.at('embed.html'));
  const element = page.locator('smooth-grad');
  const set = (attributes: Record<string, string>) =>
    element.evaluate((node, all) => {
      for (const [name, value] of Object.entries(all)) node.setAttribute(name, value);
    }, attributes);
  const ask = (what: 'state' | 'progress') =>
    element.evaluate((node, what) => {
      const shown = node as HTMLElement & { state: string; progress?: { samples: number; goal: number } };
      return what === 'state' ? shown.state : [shown.progress?.samples, shown.progress?.goal];
    }, what);
  await set({ samples: '2' });
  await expect(label(page)).toHaveAttribute('aria-label', /"tiger cat", 2 of 2 samples/);
  const own = await fingerprint(page, 'smooth-grad');
  await set({ method: 'grad-cam', target: 'Egyptian cat', view: 'overlay' });
  await expect(label(page)).toHaveAttribute('aria-label', 'A cat, What speaks for "Egyptian cat"');
  await expect.poll(() => ask('state')).toBe('done');
  const cam = await fingerprint(page, 'smooth-grad');
  expect(cam).not.toBe(own);
  // The number of samples is none of its business.
  await set({ samples: '3' });
  expect(await ask('state')).toBe('done');

  await set({ method: 'occlusion', size: '112', stride: '56', target: 'tiger cat', view: 'map', paused: '' });
  await expect.poll(() => ask('state')).not.toBe('done');
  await element.evaluate((node) => node.removeAttribute('paused'));
  await expect(label(page)).toHaveAttribute('aria-label', 'A cat, What speaks for "tiger cat", 9 of 9 squares');
  const hidden = await fingerprint(page, 'smooth-grad');
  expect(hidden).not.toBe(cam);
  // A map with signs is drawn in colours, unless told otherwise.
  await set({ colours: 'grey' });
  await expect.poll(() => fingerprint(page, 'smooth-grad')).not.toBe(hidden);
  await set({ size: '1000' });
  await expect(page.getByRole('alert')).toContainText('size must be a whole number from 1 to 224, not 1000');

  await set({ method: 'smoothgrad', samples: '2' });
  await element.evaluate((node) => {
    for (const name of ['target', 'colours']) node.removeAttribute(name);
  });
  await expect.poll(() => fingerprint(page, 'smooth-grad')).toBe(own);
  await expect(page.getByRole('alert')).toBeHidden();
});

test('one more, a cleaner last sample, another rule, a poster', async ({ page, site }) => {
  await page.goto(site.at('embed.html'));
  const element = page.locator('smooth-grad');
  await element.evaluate((node) => Object.assign(node, { samples: 3, poster: 'photos/coffee.webp' }));
  await expect(label(page)).toHaveAttribute('aria-label', /3 of 3 samples/);
  await expect(element.locator('img')).toHaveAttribute('src', 'photos/coffee.webp');
  const noisy = await fingerprint(page, 'smooth-grad');
  await element.evaluate((node) => node.setAttribute('clean-last', ''));
  await expect.poll(() => fingerprint(page, 'smooth-grad')).not.toBe(noisy);
  expect(await element.evaluate((node) => (node as HTMLElement & { cleanLast: boolean }).cleanLast)).toBe(true);
  await element.evaluate((node) => node.removeAttribute('clean-last'));
  await expect.poll(() => fingerprint(page, 'smooth-grad')).toBe(noisy);
  for (const name of ['rule', 'times-input']) {
    await element.evaluate((node, name) => node.setAttribute(name, name === 'rule' ? 'guided' : ''), name);
    await expect.poll(() => fingerprint(page, 'smooth-grad')).not.toBe(noisy);
    await element.evaluate((node, name) => node.removeAttribute(name), name);
    await expect.poll(() => fingerprint(page, 'smooth-grad')).toBe(noisy);
  }
  for (const count of [4, 5]) {
    await element.evaluate((node) => (node as HTMLElement & { step(): void }).step());
    await expect(label(page)).toHaveAttribute('aria-label', new RegExp(`${count} of ${count} samples$`));
  }
});

test('what is set before the element is defined is not lost', async ({ page, site }) => {
  const release = await hold(page, '**/smoothgrad/element.js');
  await page.goto(site.at('embed.html'), { waitUntil: 'commit' });
  const element = page.locator('smooth-grad');
  await element.evaluate(async (node) => {
    const photo = await (await fetch('photos/coffee.webp')).blob();
    Object.assign(node, { photo, samples: 3, alt: 'A cup' });
  });
  release();
  await expect(label(page)).toHaveAttribute('aria-label', 'A cup, What speaks for "espresso", 3 of 3 samples');
  await expect(element).toHaveAttribute('samples', '3');
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
