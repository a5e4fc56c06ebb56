// The sheet of a model of the user's own: what it is, what is said of it, what it then says of the photo; kept, changed, or left.
import type { Page } from '@playwright/test';
import { meansOfChannels, meansWithData } from '../node/support/onnx.mjs';
import { checkAxe, converged, expect, hand, modes, overflowing, test } from './fixtures.js';

const reddish = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const bare = [...meansOfChannels(reddish, { input: [1, 3, 32, 32] })];
const telling = [
  ...meansOfChannels(reddish, {
    input: [1, 3, 32, 32],
    metadata: {
      'smoothgrad.name': 'Means of colours',
      'smoothgrad.std': '255',
      'smoothgrad.resize': '40',
      'smoothgrad.fit': 'crop',
      'smoothgrad.classes': 'red\ngreen\nblue',
    },
  }),
];

const guesses = (page: Page) => page.locator('#sheet-guesses li');
const open = async (page: Page, bytes: number[], name = 'net.onnx') => {
  await hand(page, 'drop', { name, bytes });
  await expect(page.locator('#sheet')).toBeVisible();
  await expect(page.locator('#sheet-status')).toHaveText(/^First comes/);
};
const shares = async (page: Page) => (await page.locator('#sheet-guesses .share').allTextContents()).map(Number.parseFloat);
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

for (const mode of modes) {
  test.describe(mode, () => {
    test.use({ mode });

    test('a model that says nothing of itself is made ready, kept, and used by all pages', async ({ page, site }) => {
      await site.open('samples=3&photo=coffee');
      await converged(page, 3);
      await open(page, bare);
      await expect(page.locator('#sheet-what')).toHaveText('9 parameters · 1 KB · 3 classes · colour photos of 32 pixels');
      await expect(guesses(page)).toHaveText([/^class \d/, /^class \d/, /^class \d/]);
      await expect(page.locator('#sheet-preset')).toHaveValue('zero-one');
      expect(sum(await shares(page))).toBeCloseTo(100, 0);

      const before = await shares(page);
      await page.getByLabel('Levels of the photo become').selectOption('levels');
      await expect.poll(() => shares(page)).not.toEqual(before);
      await expect(page.locator('#sheet-std')).toHaveValue('1');
      await page.getByLabel('Levels of the photo become').selectOption('imagenet');
      await expect(page.locator('#sheet-mean')).toHaveValue('123.675, 116.28, 103.53');

      await page.getByLabel('Scores become probabilities by').selectOption('sigmoid');
      await page.getByLabel('Names of the classes').selectOption('own');
      await page.locator('#sheet-pasted').fill('0: red\n1: green');
      await expect(page.locator('#sheet-problem')).toHaveText('Names of the classes: there is no name for class 2.');
      await expect(page.locator('#sheet-pasted')).toHaveAttribute('aria-invalid', 'true');
      await page.getByRole('button', { name: 'Use this model' }).click();
      await expect(page.locator('#sheet')).toBeVisible();
      await page.locator('#sheet-pasted').fill('n00000001 red\nn00000002 green\nn00000003 blue');
      await expect(page.locator('#sheet-problem')).toBeEmpty();
      await expect(guesses(page)).toHaveText([/^(red|green|blue)/, /^(red|green|blue)/, /^(red|green|blue)/]);
      const [first, top] = [await guesses(page).first().locator('.name').textContent(), await shares(page)];
      expect(Math.abs(sum(top) - 100)).toBeGreaterThan(1);
      await page.getByLabel('Name', { exact: true }).fill('Colours');
      await page.getByRole('button', { name: 'Use this model' }).click();

      await expect(page).toHaveURL(/model=own-/);
      await expect(page).toHaveURL(/photo=coffee/);
      await expect(page.locator('#model option:checked')).toHaveText('Colours');
      await expect(page.locator('#subject')).toHaveText(first ?? '');
      const said = (await page.locator('#classes .share').allTextContents()).map(Number.parseFloat);
      expect(said).toEqual(top);
      await page.reload();
      await expect(page.locator('#subject')).toHaveText(first ?? '');
      const { searchParams } = new URL(page.url());
      for (const other of ['compare.html', 'pair.html']) {
        await site.open(`model=${searchParams.get('model')}&samples=1`, other);
        await expect(page.locator('#model-notes')).toBeHidden();
        await expect(page.getByText(/\b(red|green|blue)\b/).first()).toBeVisible();
      }
    });
  });
}

test('what the file says is where the sheet begins, and is marked', async ({ page, site }) => {
  await site.open('samples=3');
  await open(page, telling);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Means of colours');
  await expect(page.locator('#sheet-resize')).toHaveValue('40');
  await expect(page.locator('#says-levels')).toHaveText('the file says');
  await expect(page.locator('#says-names')).toHaveText('the file says');
  await expect(page.locator('#says-resize')).toHaveText('the file says');
  await expect(guesses(page).first()).toHaveText(/^(red|green|blue)/);
  await page.locator('#sheet-resize').fill('64');
  await expect(page.locator('#says-resize')).toBeEmpty();
  await page.getByLabel('A photo of another shape').selectOption('stretch');
  await expect(page.locator('#sheet-resize')).toBeHidden();
  await page.getByText('What is in the file').click();
  await expect(page.locator('#sheet-facts')).toContainText('GlobalAveragePool 1');
  await expect(page.locator('#sheet-facts')).toContainText(/SHA-256[0-9a-f]{64}/);
});

test('cancelled, everything is as it was', async ({ page, site }) => {
  await site.open('samples=3');
  await converged(page, 3);
  const address = page.url();
  for (const leave of [
    () => page.getByRole('button', { name: 'Cancel' }).last().click(),
    () => page.getByRole('button', { name: 'Cancel' }).first().click(),
    () => page.keyboard.press('Escape'),
  ]) {
    await open(page, bare);
    await page.getByLabel('Levels of the photo become').selectOption('levels');
    await leave();
    await expect(page.locator('#sheet')).toBeHidden();
  }
  expect(page.url()).toBe(address);
  await expect(page.locator('#subject')).toHaveText(/missile|projectile/);
  await expect(page.locator('#model option')).toHaveCount(6);
  await page.locator('#restart').click();
  await converged(page, 3);
});

test('the settings of a kept model are changed later', async ({ page, site }) => {
  await site.open('samples=3');
  await expect(page.getByRole('button', { name: 'Settings of this model' })).toBeHidden();
  await open(page, telling);
  await page.getByRole('button', { name: 'Use this model' }).click();
  await expect(page.locator('#subject')).toHaveText(/^(red|green|blue)$/);
  const address = page.url();
  await page.getByRole('button', { name: 'Settings of this model' }).click();
  await expect(page.locator('#sheet-title')).toHaveText('Settings of this model');
  await page.getByLabel('Names of the classes').selectOption('numbers');
  await expect(guesses(page).first()).toHaveText(/^[012]/);
  await page.getByRole('button', { name: 'Keep these settings' }).click();
  await expect(page.locator('#subject')).toHaveText(/^[012]$/);
  expect(page.url()).toBe(address);
  await page.getByRole('button', { name: 'Settings of this model' }).click();
  await expect(page.locator('#sheet-pasted')).toHaveValue('0\n1\n2');
  await expect(page.locator('#sheet-again')).toBeHidden();
  await page.keyboard.press('Escape');

  // The same file again is the same model.
  await open(page, telling, 'again.onnx');
  await expect(page.locator('#sheet-again')).toHaveText(/^This file is kept in this browser already, as “Means of colours”/);
  await expect(page.locator('#sheet-pasted')).toHaveValue('0\n1\n2');
  await page.getByLabel('Name', { exact: true }).fill('Colours');
  await page.getByRole('button', { name: 'Use this model' }).click();
  await expect(page.locator('#model optgroup option')).toHaveText(['Colours']);
});

test('a network with a thousand classes is offered the names of ImageNet', async ({ page, site }) => {
  const weights = Array.from({ length: 1000 }, (_, i) => [i === 657 ? 9 : 0, 0, i === 282 ? 1 : 0]);
  await site.open('samples=3');
  await open(page, [...meansOfChannels(weights, { input: [1, 3, -1, -1] })]);
  await expect(page.locator('#says-names')).toHaveText('a guess, for it has 1,000 classes');
  await expect(guesses(page).first()).toHaveText(/^missile/);
  await expect(page.locator('#sheet-size')).toHaveValue('224');
  await page.locator('#sheet-size').fill('64 × 48');
  await expect(page.locator('#sheet-photo')).toHaveJSProperty('width', 48);
  await page.locator('#sheet-size').fill('big');
  await expect(page.locator('#sheet-problem')).toHaveText(/^Input size: a number of pixels is needed/);
  await page.getByRole('button', { name: 'Cancel' }).last().click();
});

test('an input of fixed size is not another one, and the sheet says so', async ({ page, site }) => {
  await site.open('samples=3');
  await open(page, bare);
  await page.locator('#sheet-size').fill('5000');
  await expect(page.locator('#sheet-problem')).toHaveText(/^Input size/);
  await page.locator('#sheet-size').fill('33');
  await expect(page.locator('#sheet-problem')).toHaveText(/33 x 33, but the model's input is fixed/);
  await page.locator('#sheet-size').fill('32');
  await expect(page.locator('#sheet-problem')).toBeEmpty();
});

test('names come from a file too', async ({ page, site }) => {
  await site.open('samples=3');
  await open(page, bare);
  await page.getByLabel('Names of the classes').selectOption('own');
  const buffer = Buffer.from('{"0": ["n01", "ruby"], "1": ["n02", "emerald"], "2": ["n03", "sapphire"]}');
  await page.locator('#sheet-labels-file').setInputFiles({ name: 'index.json', mimeType: 'application/json', buffer });
  await expect(guesses(page).first()).toHaveText(/^(ruby|emerald|sapphire)/);
});

test('a folder with the model and its weights is opened as both files are', async ({ page, site }) => {
  const { onnx, data } = meansWithData(reddish, 'net.onnx.data', { input: [1, 3, 32, 32] });
  await site.open('samples=3');
  // A test cannot drop a real folder.
  await page.evaluate(
    (files) => {
      const entries = files.map(({ name, bytes }) => ({
        isFile: true,
        isDirectory: false,
        file: (take: (file: File) => void) => take(new File([new Uint8Array(bytes)], name)),
      }));
      const folder = () => {
        const batches = [entries, []];
        return {
          isFile: false,
          isDirectory: true,
          createReader: () => ({ readEntries: (take: (batch: unknown) => void) => take(batches.shift()) }),
        };
      };
      DataTransferItem.prototype.webkitGetAsEntry = folder as never;
    },
    [
      { name: 'README.md', bytes: [65] },
      { name: 'net.onnx', bytes: [...onnx] },
      { name: 'net.onnx.data', bytes: [...data] },
    ],
  );
  await open(page, [0], 'folder');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('net');
  await page.getByText('What is in the file').click();
  await expect(page.locator('#sheet-facts')).toContainText('net.onnx.data (1 KB)');
});

test('by keyboard alone', async ({ page, site }) => {
  await site.open('samples=3');
  await open(page, bare);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('A photo of another shape')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('#sheet-resize')).toBeHidden();
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Levels of the photo become')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.locator('#sheet-mean')).toHaveValue('123.675, 116.28, 103.53');
  await expect(page.locator('#sheet-status')).toHaveText(/^First comes/);
  await page.getByLabel('Name', { exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/model=own-/);
  await expect(page.locator('#subject')).toHaveText(/^class \d$/);
});

test('recipes are copied, and one writes what was chosen into the file', async ({ page, site, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await site.open('samples=3');
  await open(page, bare);
  await page.getByLabel('Levels of the photo become').selectOption('caffe');
  await page.getByText('Recipes: from PyTorch').click();
  await page.getByRole('button', { name: 'Copy the recipe: timm' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('timm.data.resolve_model_data_config(model)');
  await expect(page.locator('.recipe pre').last()).toContainText('"smoothgrad.mean": "103.939 116.779 123.68"');
  await expect(page.locator('.recipe pre').last()).toContainText('"smoothgrad.channel_order": "bgr"');
});

for (const [colorScheme, width] of [
  ['light', 1280],
  ['dark', 390],
  ['light', 320],
] as const) {
  test(`nothing is amiss in ${colorScheme} at ${width} pixels`, async ({ page, site }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 860 });
    await site.open('samples=3');
    await open(page, telling);
    for (const panel of ['What is in the file', 'Recipes: from PyTorch']) await page.getByText(panel).click();
    await page.getByLabel('Names of the classes').selectOption('own');
    await checkAxe(page);
    expect(await overflowing(page)).toEqual([]);
    const sheet = page.locator('#sheet');
    expect(await sheet.evaluate((node) => node.scrollWidth <= node.clientWidth)).toBe(true);
  });
}
