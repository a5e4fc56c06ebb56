// The page of two objects: two photos in one input, two maps of a class difference, and how much falls on the right object.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { checkAxe, expect, fingerprints, hand, modes, overflowing, steady, test } from './fixtures.js';
import { losable } from './lost_worker.js';

const done = (page: Page, samples: number) => expect(page.locator('#count')).toHaveText(`${samples} of ${samples} samples`);
const pictures = (page: Page) => fingerprints(page, '.maps canvas:not(.ramp)');
const shares = (page: Page) =>
  page.locator('.share strong').evaluateAll((nodes) => nodes.map((node) => Number.parseFloat(node.textContent ?? '')));

for (const mode of modes) {
  test.describe(mode, () => {
    test.use({ mode });

    test('two maps converge, and most of each falls on the object it speaks for', async ({ page, site }) => {
      await site.open('samples=20', 'pair.html');
      await done(page, 20);
      await expect(page.locator('#left-subject')).toHaveText(/cat|tabby/);
      await expect(page.locator('#right-subject')).toHaveText(/espresso|cup/);
      const [gradient = 0, smoothgrad = 0] = await shares(page);
      expect(gradient).toBeGreaterThan(50);
      expect(smoothgrad).toBeGreaterThan(50);
      expect(gradient).not.toBe(smoothgrad);
      const seen = await pictures(page);
      expect(new Set([...seen, 0]).size).toBe(4);

      await page.locator('#difference').selectOption('gradient');
      await expect(page).toHaveURL(/difference=gradient/);
      await expect.poll(async () => (await pictures(page)).filter((picture) => seen.includes(picture)).length).toBe(1);
      await done(page, 20);
      // Both signs meet on each object.
      for (const share of await shares(page)) expect(Math.abs(share - 50)).toBeLessThan(5);
    });

    test('photos are dropped onto either half, chosen and swapped; broken files are refused', async ({ page, site }) => {
      await site.open('samples=2', 'pair.html');
      await done(page, 2);
      const [left, right] = [page.locator('#left-subject'), page.locator('#right-subject')];
      const before = await pictures(page);
      await hand(page, 'drop', { name: 'broken.jpg', bytes: [0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70] }, '[data-side=right] h2');
      await expect(page.locator('#notice')).toContainText('“broken.jpg” is not a picture');
      expect(await pictures(page)).toEqual(before);

      await hand(page, 'drop', { name: 'a.webp', from: 'photos/camera.webp' }, '[data-side=right] h2');
      await expect(right).toHaveText('tripod');
      await expect(page.locator('#notice')).toBeHidden();
      await expect(page.locator('#photo')).toHaveAccessibleName(/On the left: A tabby cat.* On the right: Your photo/);
      await page.getByRole('region', { name: 'Left half' }).getByRole('button', { name: 'Choose a photo' }).click();
      await page.locator('#file').setInputFiles(join(import.meta.dirname, '../../web/photos/rocket.jpg'));
      await expect(left).toHaveText(/missile|projectile/);
      await done(page, 2);
      const [, gradient] = await pictures(page);
      await page.getByRole('button', { name: 'Swap' }).click();
      await expect(left).toHaveText('tripod');
      await expect(right).toHaveText(/missile|projectile/);
      await expect.poll(async () => (await pictures(page))[1]).not.toBe(gradient);
      await page.goBack();
      await expect(right).toHaveText('tripod');
    });

    test('it stops within a sample and goes on', async ({ page, site }) => {
      await site.open('samples=1000', 'pair.html');
      const count = page.locator('#count');
      const samples = async () => Number.parseInt(((await count.textContent()) ?? '').replace(',', ''), 10);
      await expect.poll(samples).toBeGreaterThan(2);
      await page.getByRole('button', { name: 'Stop' }).click();
      await expect(count).toHaveText(/stopped$/);
      await steady(page, samples);
      const stopped = await samples();
      await page.getByRole('button', { name: 'Go on' }).click();
      await expect.poll(samples).toBeGreaterThan(stopped + 2);
    });
  });
}

test('a photo that is dropped on the picture goes to the half beneath it', async ({ page, site }) => {
  await site.open('samples=2', 'pair.html');
  await done(page, 2);
  const box = await page.locator('#photo').boundingBox();
  if (!box) throw new Error('the picture is not shown');
  await page.evaluate(
    async ({ x, y }) => {
      const data = new DataTransfer();
      const content = await (await fetch('photos/rocket.jpg')).blob();
      data.items.add(new File([content], 'a.jpg', { type: content.type }));
      const event = { dataTransfer: data, bubbles: true, cancelable: true, clientX: x, clientY: y };
      document.elementFromPoint(x, y)?.dispatchEvent(new DragEvent('drop', event));
    },
    { x: box.x + box.width * 0.75, y: box.y + box.height / 2 },
  );
  await expect(page.locator('#right-subject')).toHaveText(/missile|projectile/);
  await expect(page.locator('#left-subject')).toHaveText(/cat|tabby/);
});

test('any two classes, and the address reopens them', async ({ page, site }) => {
  await site.open('left=camera&right=rocket&samples=2&noise=0.3&seed=4&percentile=95&rightClass=812', 'pair.html');
  await done(page, 2);
  await expect(page.locator('#left-subject')).toHaveText('tripod');
  await expect(page.locator('#right-subject')).toHaveText('space shuttle');
  await expect(page.locator('#noise-value')).toHaveText('30 %');
  const search = page.getByRole('region', { name: 'Left half' }).getByRole('combobox', { name: 'Any other class' });
  await search.fill('espresso m');
  await search.press('Enter');
  await expect(page.locator('#left-subject')).toHaveText('espresso maker');
  await expect(page).toHaveURL(/leftClass=550/);
  await page.reload();
  await expect(page.locator('#left-subject')).toHaveText('espresso maker');
  await done(page, 2);
  // The same class twice makes no difference to show.
  await page.locator('#right-search').fill('espresso m');
  await page.locator('#right-search').press('Enter');
  await expect(page.locator('#notice')).toContainText('choose two different classes');
});

test('a photo that no tab has any more is said, and a sample takes its place', async ({ page, site }) => {
  await site.open('samples=2&left=own-gone', 'pair.html');
  await expect(page.locator('#notice')).toContainText('has to be chosen again');
  await done(page, 2);
  await expect(page.locator('#left-subject')).toHaveText(/cat|tabby/);
  await expect(page.locator('#notice')).toBeVisible();
});

test('contrast needs no new sample', async ({ page, site }) => {
  await site.open('samples=2', 'pair.html');
  await done(page, 2);
  const [, gradient, smoothgrad] = await pictures(page);
  await page.getByText('Contrast, seed').click();
  await page.locator('#percentile').fill('90');
  await expect(page).toHaveURL(/percentile=90/);
  await expect.poll(async () => (await pictures(page))[1]).not.toBe(gradient);
  await expect.poll(async () => (await pictures(page))[2]).not.toBe(smoothgrad);
  await done(page, 2);
});

test('it is saved as one picture', async ({ page, site }) => {
  await site.open('samples=2', 'pair.html');
  await done(page, 2);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save picture' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('tiger cat and espresso - SmoothGrad, 2 samples.png');
  const { data, info } = await sharp(await download.path())
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info.width).toBeGreaterThan(3 * 224);
  // The maps are red and blue; the caption below is dark on white.
  const coloured = { red: 0, blue: 0 };
  for (let i = 0; i < data.length; i += info.channels) {
    const [red, blue] = [data[i] as number, data[i + 2] as number];
    if (red > blue + 60) coloured.red++;
    if (blue > red + 60) coloured.blue++;
  }
  expect(coloured.red).toBeGreaterThan(1000);
  expect(coloured.blue).toBeGreaterThan(1000);
});

test('a walk by keyboard alone', async ({ page, site }) => {
  await site.open('samples=1000', 'pair.html');
  const count = page.locator('#count');
  await expect(count).toHaveText(/^([3-9]|\d\d+) of/);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the maps' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await expect(count).toHaveText(/stopped$/);
  await page.keyboard.press('x');
  await expect(page.locator('#left-subject')).toHaveText(/espresso|cup/);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`axe finds nothing, and nothing overflows: ${colorScheme}, ${width} wide`, async ({ page, site }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await site.open('samples=2', 'pair.html');
      await done(page, 2);
      await page.getByText('Contrast, seed').click();
      await checkAxe(page);
      expect(await overflowing(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  }
}

test('a lost worker is said, the maps are kept, and another one goes on', async ({ page, site }) => {
  const loseWorkers = await losable(page);
  await site.open('samples=1000', 'pair.html');
  await expect(page.locator('#count')).toHaveText(/^([3-9]|\d\d+) of/);
  await loseWorkers();
  await expect(page.locator('#notice')).toContainText(/worker was lost/);
  expect(await pictures(page)).not.toContain(0);
  await page.locator('#samples').selectOption('10');
  await page.getByRole('button', { name: 'Start again' }).click();
  await done(page, 10);
  await expect(page.locator('#notice')).toBeHidden();
  // Its photos are known; the pair they make now is prepared by the new engine.
  const [pair] = await pictures(page);
  await page.getByRole('button', { name: 'Swap' }).click();
  await expect.poll(async () => (await pictures(page))[0]).not.toBe(pair);
  await done(page, 10);
});

test.describe('without an engine', () => {
  test.use({ expected: /Failed to load resource|ERR_FAILED|falling back|wasm/ });

  test('the page says so, and starts when it can', async ({ page, site }) => {
    await page.route('**/*.wasm', (route) => route.abort());
    await site.open('samples=2', 'pair.html');
    await expect(page.locator('#notice')).toBeVisible();
    await page.unroute('**/*.wasm');
    await page.getByRole('button', { name: 'Start again' }).click();
    await done(page, 2);
  });
});
