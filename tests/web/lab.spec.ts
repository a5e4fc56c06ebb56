// The digit lab: draw or pick a digit, see the grid converge, train a network, stop, keep it.
import { stat } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { meansWithData } from '../node/support/onnx.mjs';
import { fingerprints as allFingerprints, checkAxe, expect, fingerprint, hand, modes, overflowing, test } from './fixtures.js';

const rows = (page: Page) => page.locator('#grid .row:not(.levels)');
const squares = (page: Page) => page.locator('#grid .cell canvas');
const says = (page: Page) => page.locator('#grid .says strong');

/** Waits until every map is made of so many samples. */
const converged = (page: Page, samples: number) =>
  expect(page.locator('#count')).toHaveText(samples === 1 ? '1 sample a map' : `${samples} samples a map`);

const stepOf = async (words: Locator) =>
  Number(/^Step ([\d,]+)/.exec((await words.textContent()) ?? '')?.[1]?.replace(',', ''));

const fingerprints = (page: Page) => allFingerprints(page, '#grid .cell canvas');

const seven = [
  { x: 0.28, y: 0.24 },
  { x: 0.7, y: 0.22 },
  { x: 0.55, y: 0.5 },
  { x: 0.46, y: 0.82 },
];

async function drawSeven(page: Page) {
  const box = await page.locator('#board').boundingBox();
  if (!box) throw new Error('there is no board');
  const [first, ...others] = seven.map(({ x, y }) => ({ x: box.x + x * box.width, y: box.y + y * box.height }));
  await page.mouse.move(first?.x ?? 0, first?.y ?? 0);
  await page.mouse.down();
  for (const { x, y } of others) await page.mouse.move(x, y, { steps: 8 });
  await page.mouse.up();
}

for (const mode of modes) {
  test.describe(mode, () => {
    test.use({ mode });

    test('a test digit: sixteen maps converge together', async ({ page, site }) => {
      await site.open('digit=13&samples=20', 'lab.html');
      await converged(page, 20);
      await expect(says(page)).toHaveText(['3', '3', '3', '3']);
      await expect(page.locator('#grid .share')).toHaveText([/%/, /%/, /%/, /%/]);
      await expect(page.locator('#grid .trained')).toHaveText(['no noise', '10 %', '20 %', '30 %']);
      const samples = await squares(page).evaluateAll((all) => all.map((canvas) => (canvas as HTMLElement).dataset.samples));
      expect(samples).toEqual([0, 1, 2, 3].flatMap(() => ['1', '20', '20', '20']));
      expect(new Set(await fingerprints(page)).size).toBe(16);
      await expect(squares(page).nth(6)).toHaveAttribute('aria-label', '10 % in training, 20 % in the map: what speaks for 3');
    });

    test('train, watch, stop, go on, keep, download', async ({ page, site }) => {
      test.setTimeout(600_000);
      await site.open('digit=2&samples=5&noise=0.1', 'lab.html');
      await converged(page, 5);
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      const words = page.locator('#learning-words');
      await expect(words).toHaveText(/^Step \d.*right on .*%/, { timeout: 180_000 });
      const learnsOn = mode === 'isolated' ? /^It learns on \d+ threads?\./ : /^It learns on one thread\. .*isolat/;
      await expect(page.locator('#learns-on')).toHaveText(learnsOn);
      const live = page.locator('#live');
      await expect(live).toHaveAttribute('data-looks', /\d/);
      await expect(page.locator('#live-key .ends').first()).toHaveText(/^≤ −[\d.]+0≥ [\d.]+$/);
      const early = await fingerprint(page, '.live');
      expect(early).not.toBe(0);
      await expect.poll(() => fingerprint(page, '.live')).not.toBe(early);
      // The maps answer while it learns.
      await page.getByRole('button', { name: 'Test digit 5, a 5' }).click();
      await converged(page, 5);
      await expect(says(page)).toHaveText(['5', '5', '5', '5']);

      await page.getByRole('button', { name: 'Stop' }).click();
      const goOn = page.getByRole('button', { name: 'Go on' });
      await expect(goOn).toBeVisible();
      const stoppedAt = await stepOf(words);
      await goOn.click();
      await expect.poll(() => stepOf(words), { timeout: 60_000 }).toBeGreaterThan(stoppedAt);
      await page.getByRole('button', { name: 'Stop' }).click();

      await page.getByRole('button', { name: 'Keep it in the grid' }).click();
      await expect(rows(page)).toHaveCount(5);
      await expect(page.locator('#kept')).toHaveText(/this browser keeps it/);
      await expect(page.locator('#grid .trained').last()).toHaveText(/^Yours, 10 %, seed 0, step \d+$/);
      await expect(squares(page).last()).toHaveAttribute('data-samples', '5');
      await expect(says(page).last()).toHaveText(/\d/);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download ONNX' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('mnist-noise-10-own.onnx');
      await expect(page.getByRole('button', { name: 'Train another' })).toBeVisible();
    });
  });
}

/** Trains for some steps and keeps what came of it. */
async function trainAndKeep(page: Page) {
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.locator('#learning-words')).toHaveText(/^Step/, { timeout: 180_000 });
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Keep it in the grid' }).click();
  await expect(page.locator('#grid .row.own')).toHaveCount(1);
}

test('a kept network outlives the page, is downloaded, explains on the first page, is removed and taken back', async ({
  page,
  site,
}) => {
  test.setTimeout(300_000);
  await site.open('digit=1&samples=3&noise=0.3&seed=4', 'lab.html');
  await converged(page, 3);
  await trainAndKeep(page);
  await converged(page, 3);
  const before = (await fingerprints(page)).slice(-4);
  await page.reload();
  await converged(page, 3);
  expect((await fingerprints(page)).slice(-4)).toEqual(before);

  const row = page.locator('#grid .row.own');
  const title = (await row.locator('.trained').textContent()) ?? '';
  expect(title).toMatch(/^Yours, 30 %, seed 4, step \d+$/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    row.getByRole('link', { name: `ONNX file of “${title}”` }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^yours-30-seed-4-step-\d+\.onnx$/);
  expect((await stat(await download.path())).size).toBeGreaterThan(290_000);

  await row.getByRole('link', { name: `Use “${title}” on the page “Explain”` }).click();
  await expect(page.getByRole('combobox', { name: 'Model' }).locator('option:checked')).toHaveText(title);
  await expect(page.locator('#map canvas').last()).toHaveAttribute('aria-label', /^What speaks for "\d"/);
  await page.goBack();

  await converged(page, 3);
  await row.getByRole('button', { name: `Remove “${title}”` }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: 'Take it back' }).click();
  await expect(row).toHaveCount(1);
  // The words of the first removal stay in the notice while it is hidden.
  await expect(page.locator('#notice')).toBeHidden();
  await row.getByRole('button', { name: `Remove “${title}”` }).click();
  await expect(page.getByText(`“${title}” is removed.`)).toBeVisible();
  await page.reload();
  await converged(page, 3);
  await expect(row).toHaveCount(0);
});

test('a network from a file: its own probabilities, and its weights downloaded with it', async ({ page, site }) => {
  const tens = Array.from({ length: 10 }, (_, i) => [i]);
  const after = [{ op: 'Sigmoid', reads: ['scores'], makes: 'y' }];
  const { onnx, data } = meansWithData(tens, 'mine.data', { input: [1, 1, 28, 28], after });
  await site.open('model=mnist-noise-0&samples=3');
  await hand(page, 'drop', [
    { name: 'mine.onnx', bytes: [...onnx] },
    { name: 'mine.data', bytes: [...data] },
  ]);
  await page.getByRole('button', { name: 'Use this model' }).click();
  await expect(page.getByRole('combobox', { name: 'Model' }).locator('option:checked')).toHaveText('mine');
  await site.open('digit=1&samples=3', 'lab.html');
  const row = page.locator('#grid .row.own');
  // Each class by itself is more probable than not.
  await expect(row.locator('.says')).toHaveText(/^9[5-9]\d(\.\d)? %$/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    row.getByRole('link', { name: '“mine.data” of “mine”' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('mine.data');
  expect((await stat(await download.path())).size).toBe(data.length);
});

test('a network trained to the end reads at least 97 % of the test digits', async ({ page, site }) => {
  test.setTimeout(900_000);
  await site.open('digit=2&samples=5&noise=0.2', 'lab.html');
  await converged(page, 5);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const chart = page.getByRole('img', { name: /^Loss [\d.]+ after \d/ });
  await expect(chart).toBeVisible({ timeout: 180_000 });
  const lossNow = async () => Number((await chart.getAttribute('aria-label'))?.split(' ')[1]);
  const early = await lossNow();
  await expect(page.getByRole('button', { name: 'Keep it in the grid' })).toBeVisible({ timeout: 600_000 });
  expect(await lossNow()).toBeLessThan(early / 2);
  const words = (await page.locator('#learning-words').textContent()) ?? '';
  expect(Number(/([\d.]+) % of test digits/.exec(words)?.[1])).toBeGreaterThanOrEqual(97);
});

test('a drawing: the networks read it, and clearing takes everything away', async ({ page, site }) => {
  await site.open('digit=0&samples=5', 'lab.html');
  await converged(page, 5);
  const before = await fingerprints(page);
  await drawSeven(page);
  await expect(says(page)).toHaveText(['7', '7', '7', '7']);
  await converged(page, 5);
  await expect(page.locator('#board')).toHaveAttribute('aria-label', 'Your drawing');
  await expect(page).toHaveURL(/digit=drawn/);
  const drawn = await fingerprints(page);
  for (const [i, picture] of drawn.entries()) expect(picture).not.toBe(before[i]);

  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.locator('#count')).toHaveText('Draw a digit, or pick one');
  await expect(says(page)).toHaveText(['–', '–', '–', '–']);
  expect(new Set(await fingerprints(page)).size).toBe(1);
  await expect(page.getByText('Draw a digit', { exact: true })).toBeVisible();
  await page.goBack();
  await converged(page, 5);
  expect(await fingerprints(page)).toEqual(before);
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a drawing does not scroll the page', async ({ page, site }) => {
    await site.open('digit=0&samples=3', 'lab.html');
    await converged(page, 3);
    await page.locator('#board').scrollIntoViewIfNeeded();
    const box = await page.locator('#board').boundingBox();
    const scrolled = await page.evaluate(() => scrollY);
    const touch = await page.context().newCDPSession(page);
    const points = seven.map(({ x, y }) => ({
      x: (box?.x ?? 0) + x * (box?.width ?? 0),
      y: (box?.y ?? 0) + y * (box?.height ?? 0),
    }));
    for (const [i, point] of points.entries()) {
      await touch.send('Input.dispatchTouchEvent', { type: i === 0 ? 'touchStart' : 'touchMove', touchPoints: [point] });
    }
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect(says(page)).toHaveText(['7', '7', '7', '7']);
    expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  });
});

test('the seed names the noise: the same maps again, and others', async ({ page, site }) => {
  const mapsOf = async (search: string) => {
    await site.open(search, 'lab.html');
    await converged(page, 3);
    return fingerprints(page);
  };
  const first = await mapsOf('digit=8&samples=3&seed=1');
  expect(await mapsOf('digit=8&samples=3&seed=1')).toEqual(first);
  const second = await mapsOf('digit=8&samples=3&seed=2');
  for (const [i, picture] of second.entries()) {
    if (i % 4 === 0) expect(picture).toBe(first[i]);
    else expect(picture).not.toBe(first[i]);
  }
});

test('signed or size only: drawn anew, not computed anew', async ({ page, site }) => {
  await site.open('digit=6&samples=10', 'lab.html');
  await converged(page, 10);
  const signed = await fingerprints(page);
  await expect(page.locator('#legend')).toHaveText(/^Red/);
  await page.getByRole('radio', { name: 'Size only' }).check({ force: true });
  await expect(page.locator('#legend')).toHaveText(/^Bright/);
  await expect.poll(async () => (await fingerprints(page)).some((picture, i) => picture === signed[i])).toBe(false);
  await expect(page).toHaveURL(/channels=sum-abs/);
  await page.goBack();
  await expect.poll(() => fingerprints(page)).toEqual(signed);
});

test('a chosen class is explained in every map', async ({ page, site }) => {
  await site.open('digit=4&samples=5', 'lab.html');
  await converged(page, 5);
  const own = await fingerprints(page);
  await page.getByRole('combobox', { name: 'Explain' }).selectOption({ label: '9, in every map' });
  await expect(page.locator('#grid .share')).toHaveText([/9: .*%/, /9: .*%/, /9: .*%/, /9: .*%/]);
  await converged(page, 5);
  await expect(squares(page).first()).toHaveAttribute('aria-label', /what speaks for 9$/);
  const nines = await fingerprints(page);
  for (const [i, picture] of nines.entries()) expect(picture).not.toBe(own[i]);
  await expect(says(page)).toHaveText(['4', '4', '4', '4']);
});

test('by keyboard alone', async ({ page, site }) => {
  await site.open('digit=9&samples=3', 'lab.html');
  await converged(page, 3);
  await page.keyboard.press('n');
  await expect(page).toHaveURL(/digit=10/);
  await expect(says(page)).toHaveText(['0', '0', '0', '0']);
  await expect(page.getByRole('button', { name: 'Test digit 10, a 0' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('p');
  await expect(page).toHaveURL(/digit=9/);
  await page.getByRole('button', { name: 'Ten others' }).press('Enter');
  await page.getByRole('button', { name: 'Test digit 12, a 2' }).press('Enter');
  await expect(says(page)).toHaveText(['2', '2', '2', '2']);
  await page.keyboard.press('3');
  await expect(page.getByRole('combobox', { name: 'Explain' })).toHaveValue('3');
  await page.keyboard.press('a');
  await expect(page.getByRole('combobox', { name: 'Explain' })).toHaveValue('undefined');
  await page.keyboard.press('m');
  await expect(page.getByRole('radio', { name: 'Size only' })).toBeChecked();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    test.describe(`${colorScheme}, ${width} wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });

      test('axe finds nothing, and nothing overflows', async ({ page, site }) => {
        test.setTimeout(600_000);
        const check = async () => {
          await checkAxe(page);
          expect(await overflowing(page)).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        };
        await site.open('digit=2&samples=3', 'lab.html');
        await converged(page, 3);
        await check();
        await page.getByRole('button', { name: 'Train', exact: true }).click();
        await expect(page.locator('#learning-words')).toHaveText(/^Step/, { timeout: 180_000 });
        await check();
        await page.getByRole('button', { name: 'Stop' }).click();
        await page.getByRole('button', { name: 'Keep it in the grid' }).click();
        await expect(rows(page)).toHaveCount(5);
        await converged(page, 3);
        await check();
        await page.getByRole('button', { name: 'Clear' }).click();
        await expect(page.locator('#count')).toHaveText('Draw a digit, or pick one');
        await check();
      });
    });
  }
}
