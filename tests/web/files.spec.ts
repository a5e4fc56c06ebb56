// What leaves the page, and what comes back: pictures, tensors, figures, links, runs.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { parseNpy } from '../../wasm/js/api/npy.js';
import { converged, expect, fingerprint, modes, test } from './fixtures.js';

const openPanel = (page: Page) => page.getByText('Save, share, merge').click();

/** The file that a button saves. */
async function saved(page: Page, button: string) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
  const path = await download.path();
  return { name: download.suggestedFilename(), path, bytes: await readFile(path) };
}

const tensor = async (page: Page, button: string) => parseNpy(new Uint8Array((await saved(page, button)).bytes));

/** Dark pixels of a part of the picture. */
async function inkOf(bytes: Buffer) {
  const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
  return (left: number, top: number, right: number, bottom: number) => {
    let dark = 0;
    for (let y = top; y < bottom; y++) {
      for (let x = Math.ceil(left); x < right; x++) dark += Number((data[y * info.width + x] as number) < 128);
    }
    return dark;
  };
}

test('the picture is saved as it is shown, with a caption or without', async ({ page, site }) => {
  await site.open('samples=4&divide=25');
  await converged(page, 4);
  await openPanel(page);
  const captioned = await saved(page, 'Picture');
  expect(captioned.name).toBe('missile - SmoothGrad, 4 samples.png');
  await expect(page.locator('#saved')).toContainText(captioned.name);
  const { width = 0, height = 0 } = await sharp(captioned.bytes).metadata();
  const ink = await inkOf(captioned.bytes);
  // The photo, the map, each with its name above it; and the caption over their width.
  expect(width).toBeGreaterThan(2 * 560);
  expect(height).toBeGreaterThan(560);
  for (const [left, right] of [
    [0, 0.48],
    [0.52, 1],
  ] as const) {
    expect(ink(left * width, 20, right * width, 66)).toBeGreaterThan(50);
    expect(ink(left * width, 80, right * width, 600)).toBeGreaterThan(50_000);
  }
  expect(ink(0, height - 110, width, height - 20)).toBeGreaterThan(1000);
  await page.getByLabel('With a caption').uncheck();
  const bare = await saved(page, 'Picture');
  expect(await sharp(bare.bytes).metadata()).toMatchObject({ width: 896, height: 896 });
  const { data } = await sharp(bare.bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => data[3 * (y * 896 + x)] as number;
  expect(at(224, 100)).toBe(255);
  const brightness = (from: number, to: number) => {
    let sum = 0;
    for (let y = 0; y < 896; y++) for (let x = from; x < to; x++) sum += at(x, y);
    return sum / (896 * (to - from));
  };
  expect(brightness(0, 220)).toBeGreaterThan(5);
  expect(brightness(230, 896)).toBeGreaterThan(5);
});

test('keys to colours go along as the page shows them', async ({ page, site }) => {
  await site.open('samples=2&view=map');
  await converged(page, 2);
  await openPanel(page);
  const redIn = async () => {
    const { data, info } = await sharp((await saved(page, 'Picture')).bytes)
      .raw()
      .toBuffer({ resolveWithObject: true });
    let red = 0;
    for (let i = 0; i < data.length; i += info.channels) {
      red += Number((data[i] as number) > 250 && (data[i + 1] as number) + (data[i + 2] as number) < 5);
    }
    return { red, height: info.height };
  };
  const before = await redIn();
  await page.evaluate(() => {
    const made = (tag: string, className: string, ...content: (string | Node)[]) => {
      const node = Object.assign(document.createElement(tag), { className });
      node.append(...content);
      return node;
    };
    const ramp = made('canvas', 'ramp') as HTMLCanvasElement;
    Object.assign(ramp, { width: 4, height: 1 });
    const ends = made('p', 'ends', made('span', '', '0'), made('span', '', '1'));
    const key = made('div', 'colour-key', made('p', 'of', 'A key'), ramp, ends);
    const context = ramp.getContext('2d') as CanvasRenderingContext2D;
    context.fillStyle = '#f00';
    context.fillRect(0, 0, 4, 1);
    document.querySelector('main')?.append(key);
  });
  const after = await redIn();
  expect(after.height - before.height).toBeGreaterThan(60);
  expect(after.red - before.red).toBeGreaterThanOrEqual(300 * 16);
});

test('the raw map is the sum of the raw attribution, and what the finder reads', async ({ page, site }) => {
  await site.open('samples=4&view=map');
  await converged(page, 4);
  await openPanel(page);
  const map = await tensor(page, 'Map, .npy');
  const attribution = await tensor(page, 'Attribution, .npy');
  expect(map.shape).toEqual([224, 224]);
  expect(attribution.shape).toEqual([1, 3, 224, 224]);
  const size = 224 * 224;
  for (let i = 0; i < size; i += 97) {
    const sum = [0, 1, 2].reduce((total, c) => total + Math.abs(attribution.data[c * size + i] as number), 0);
    expect(map.data[i]).toBeCloseTo(sum, 6);
  }
  await page.locator('#finder').focus();
  const shown = Number(((await page.locator('#value').textContent()) as string).split(/: | ±/)[1]);
  expect(shown / (map.data[112 * 224 + 112] as number)).toBeCloseTo(1, 2);
});

test('settings and figures are saved', async ({ page, site }) => {
  await site.open('samples=4&seed=3&window=2');
  await converged(page, 4);
  await openPanel(page);
  const { bytes } = await saved(page, 'Settings and figures, .json');
  const { settings, figures, target, link, model } = JSON.parse(bytes.toString());
  expect(settings).toMatchObject({ photo: 'rocket', seed: 3, samples: 4, window: 2, noise: 0.15 });
  expect(figures).toMatchObject({ samples: 4, passes: 4 });
  expect(figures.relativeError).toBeGreaterThan(0);
  expect(Math.abs(figures.agreement)).toBeLessThanOrEqual(1);
  expect(target.name).toBe('missile');
  expect(model).toBe('efficientnet-lite0');
  expect(link).toBe(page.url());
});

test('a map without samples: figures of its own, and words for what it has not', async ({ page, site }) => {
  await site.open('method=occlusion&size=96&view=map');
  await expect(page.locator('#count')).toHaveText(/^(\d+) of \1 squares$/);
  await openPanel(page);
  const { bytes } = await saved(page, 'Settings and figures, .json');
  const { settings, figures, target } = JSON.parse(bytes.toString());
  expect(settings).toMatchObject({ method: 'occlusion', size: 96 });
  expect(Object.keys(figures).sort()).toEqual(['done', 'elapsedMs', 'goal', 'unit']);
  expect(figures).toMatchObject({ unit: 'squares', done: figures.goal });
  expect(target.name).toBe('missile');
  await page.getByRole('button', { name: 'Save this run' }).click();
  await expect(page.locator('#notice')).toHaveText(/This map is made without samples/);
});

test('a link reopens exactly this', async ({ page, site, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await site.open('samples=5&seed=9');
  await converged(page, 5);
  await page.getByRole('radio', { name: 'Overlay' }).check({ force: true });
  await openPanel(page);
  await page.getByRole('button', { name: 'Copy a link' }).click();
  await expect(page.locator('#saved')).toHaveText('The link is in the clipboard.');
  const before = await fingerprint(page);
  await page.goto(await page.evaluate(() => navigator.clipboard.readText()));
  await converged(page, 5);
  await expect(page.getByRole('radio', { name: 'Overlay' })).toBeChecked();
  await expect.poll(() => fingerprint(page)).toBe(before);

  await page.locator('#file').setInputFiles('web/photos/coffee.webp');
  await expect(page.locator('#subject')).toHaveText(/espresso|cup/);
  await openPanel(page);
  await expect(page.locator('#link-words')).toHaveText(/Your photo is in no link/);
  await page.getByRole('button', { name: 'Copy a link' }).click();
  await expect(page.locator('#notice')).toHaveText(/never leaves this machine/);
});

for (const mode of modes) {
  test.describe(mode, () => {
    test.use({ mode });

    test('a saved run is merged, and gives what one run gives', async ({ page, site }) => {
      await site.open('samples=3');
      await converged(page, 3);
      await openPanel(page);
      const run = await saved(page, 'Save this run');
      expect(run.name).toBe('smoothgrad-missile-3.run');

      const first = await fingerprint(page);
      await page.locator('#firstSample').fill('3');
      await page.locator('#firstSample').press('Enter');
      await expect(page).toHaveURL(/firstSample=3/);
      await expect.poll(() => fingerprint(page)).not.toBe(first);
      await converged(page, 3);
      const alone = await fingerprint(page);
      await page.locator('#run-file').setInputFiles(run.path);
      await expect(page.locator('#count')).toHaveText('6 of 6 samples');
      expect(await fingerprint(page)).not.toBe(alone);
      const merged = await tensor(page, 'Map, .npy');

      await page.locator('#run-file').setInputFiles(run.path);
      await expect(page.locator('#notice')).toHaveText(/could not be merged: .*samples.*The map is as it was\./);

      await site.open('samples=6');
      await converged(page, 6);
      await openPanel(page);
      const whole = await tensor(page, 'Map, .npy');
      const largest = Math.max(...whole.data);
      const off = whole.data.reduce((most, expected, i) => Math.max(most, Math.abs(expected - (merged.data[i] as number))), 0);
      expect(off / largest).toBeLessThan(1e-6);
    });
  });
}

test('a run that would compute the samples of a saved one ends before them', async ({ page, site }) => {
  await site.open('samples=3&firstSample=500');
  await converged(page, 3);
  await openPanel(page);
  const run = await saved(page, 'Save this run');
  await site.open('samples=1000');
  const count = page.locator('#count');
  await expect(count).toHaveText(/^([3-9]|\d\d+) of 1,000/);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(count).toHaveText(/paused/);
  const own = Number.parseInt((await count.textContent()) as string, 10);
  await page.locator('#run-file').setInputFiles(run.path);
  await expect(count).toHaveText(`${own + 3} of ${own + 3} samples`);
  await expect(page.locator('#saved')).toHaveText(/is merged/);
});

test('runs that do not fit are refused, in words', async ({ page, site }) => {
  await site.open('samples=3');
  await converged(page, 3);
  await openPanel(page);
  const run = await saved(page, 'Save this run');
  await page.locator('#samples button').nth(1).click();
  await expect(page.locator('#subject')).toHaveText(/espresso|cup/);
  await converged(page, 3);
  const before = await fingerprint(page);
  await page.locator('#run-file').setInputFiles(run.path);
  await expect(page.locator('#notice')).toHaveText(/could not be merged: .*another/);
  await page.locator('#run-file').setInputFiles({ name: 'x.run', mimeType: '', buffer: Buffer.from('not a run') });
  await expect(page.locator('#notice')).toHaveText(/“x.run” could not be merged: .*no saved run/);
  expect(await fingerprint(page)).toBe(before);
  await expect(page.locator('#count')).toHaveText('3 of 3 samples');
});
