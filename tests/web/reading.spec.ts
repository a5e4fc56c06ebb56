// Reading the picture: keys with units, sentences that fit, help behind every term, what "One more" added, a mask of one's own.
import type { Page } from '@playwright/test';
import { checkAxe, converged, expect, overflowing, test } from './fixtures.js';

/** And what each has once its controls are there. */
const pages = {
  '': '#class-search-list',
  'compare.html': '#grid td',
  'pair.html': '#left-class option',
  'lab.html': '#digits button',
};

/** Controls that say themselves what they are: photos, the divide between two maps, the two axes' switches. */
const withoutHelp = '[type=radio], [type=file], #divide, .chips input, #caption';

for (const [file, ready] of Object.entries(pages)) {
  test(`${file || 'the first page'}: behind each control there is help, and its links lead somewhere`, async ({
    page,
    site,
  }) => {
    await site.open('samples=2', file);
    await expect(page.locator(ready).first()).toBeAttached();
    const without = await page.evaluate(
      (except) =>
        [...document.querySelectorAll('main :is(input, select)')]
          .filter((node) => !node.matches(except))
          .filter((node) => !node.closest('.field, .search, .switch, .axis')?.querySelector('button.term'))
          .map((node) => node.id),
      withoutHelp,
    );
    expect(without).toEqual([]);
    const links = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLAnchorElement>('.term-text a')].map(({ href }) => href),
    );
    for (const href of new Set(links)) {
      const answer = await page.request.get(href);
      expect(answer.ok(), href).toBe(true);
      const { hash } = new URL(href);
      if (hash) expect(await answer.text(), href).toContain(`id="${hash.slice(1)}"`);
    }
  });
}

test('help opens and closes by keyboard, is reached by the tab key, and passes axe', async ({ page, site }) => {
  await site.open('samples=3');
  await converged(page, 3);
  const help = page.getByRole('button', { name: 'What is “Noise”?' });
  await help.focus();
  await page.keyboard.press('Enter');
  const text = page.locator('.term-text:popover-open');
  await expect(text).toContainText('How strongly each copy of the photo is disturbed');
  await checkAxe(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'How it works: Ask fifty trembling copies' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(text).toHaveCount(0);
  await expect(help).toBeFocused();
  // Beside a switch it does not switch it.
  await page.getByText('Method in detail').click();
  const pairs = page.locator('#antithetic');
  const before = await pairs.isChecked();
  await page.getByRole('button', { name: 'What is “Noise in pairs, +ε and −ε”?' }).click();
  await expect(text).toBeVisible();
  expect(await pairs.isChecked()).toBe(before);
});

const reading = (page: Page) => page.locator('#reading');

test('key and sentences follow the map', async ({ page, site }) => {
  await site.open('photo=chelsea&target=282&samples=10&magnitude=plain');
  await converged(page, 10);
  const key = page.locator('#key-map');
  await expect(key).toContainText('SmoothGrad: change of the score per unit of the input');
  await expect(page.locator('#key-plain')).toContainText('Gradient: change of the score per unit of the input');
  await expect(reading(page)).toHaveText(/^Bright pixels would change the score most .* Left of the line: one gradient/);
  // What the key says is what was drawn: the percentile of the map's values.
  const cap = await page.evaluate(() => {
    const { raw } = document.querySelector('#map') as unknown as { raw: { map: Float32Array } };
    const sorted = Float32Array.from(raw.map).sort();
    const at = 0.99 * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(at)] as number, sorted[Math.ceil(at)] as number];
    return below + (at - Math.floor(at)) * (above - below);
  });
  const words = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 }).format(cap);
  await expect(key).toContainText(`≥ ${words}`);

  await page.getByText('Picture in detail').click();
  await page.locator('#percentile').fill('100');
  await expect(key).not.toContainText('≥');
  await page.locator('#channels').selectOption('signed-sum');
  await expect(key).toContainText('brighter would lower it');
  await expect(reading(page)).toHaveText(/^Red pixels would raise the score/);
  await page.locator('#method').selectOption('grad-cam');
  await expect(key).toContainText('contribution of the layer’s features to the score');
  await expect(reading(page)).toHaveText(/as coarse as that layer/);
  await page.getByRole('radio', { name: 'Mask' }).check({ force: true });
  await expect(key).toBeHidden();
  await expect(reading(page)).toHaveText(/^Pixels that are not dimmed/);
});

test('where two classes are told apart both are named', async ({ page, site }) => {
  await site.open('photo=chelsea&target=282&versus=285&channels=signed-sum&samples=4&magnitude=plain');
  await converged(page, 4);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'What makes the network say tiger cat rather than Egyptian cat?',
  );
  await expect(page.locator('#key-map')).toContainText('for “Egyptian cat”');
  await expect(page.locator('#key-map')).toContainText('for “tiger cat”');
  await expect(page.locator('#tag-map')).toContainText('rather than “Egyptian cat”');
  await page.getByText('Method in detail').click();
  await page.getByRole('button', { name: 'One class again' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What makes the network say tiger cat?');
});

test('"One more" shows for a moment which copy it added', async ({ page, site }) => {
  await site.open('photo=chelsea&samples=3&seed=5');
  await converged(page, 3);
  const card = page.locator('#one-more');
  await expect(card).toBeHidden();
  await page.getByRole('button', { name: 'One more' }).click();
  await expect(card).toBeVisible();
  await expect(card).toHaveAttribute('data-sample', '3');
  await expect(page.locator('#one-more-words')).toHaveText(/^Copy 4: “.+”, [\d.<]+ %$/);
  // Sample 3 is the second of a pair: the noise of sample 2, turned around.
  const off = await page.evaluate(async () => {
    const { network, photo } = document.querySelector('#map') as unknown as {
      network: {
        engine: { noise(of: object): Promise<Float32Array> };
        model: { preprocessing: { mean: number[]; std: number[] } };
      };
      photo: { input(): Promise<{ data: Float32Array }> };
    };
    const { data } = await photo.input();
    const range = data.reduce((a, b) => Math.max(a, b)) - data.reduce((a, b) => Math.min(a, b));
    const noise = await network.engine.noise({ size: data.length, seed: 5, sample: 2 });
    const { mean, std } = network.model.preprocessing;
    const canvas = document.querySelector('#one-more-copy') as HTMLCanvasElement;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data as Uint8ClampedArray;
    let most = 0;
    for (let i = 0; i < canvas.width * canvas.height; i++) {
      const level = ((data[i] as number) - 0.15 * range * (noise[i] as number)) * (std[0] as number) + (mean[0] as number);
      most = Math.max(most, Math.abs(Math.min(Math.max(level, 0), 255) - (pixels[4 * i] as number)));
    }
    return most;
  });
  expect(off).toBeLessThan(1.5);
  await expect(card).toBeHidden();
});

test('the photo is seen with the noise that is chosen', async ({ page, site }) => {
  await site.open('samples=2');
  await converged(page, 2);
  await page.getByRole('button', { name: 'See it with the noise' }).click();
  const noisy = page.locator('#noisy');
  await expect(noisy).toBeVisible();
  await expect(noisy).toHaveAttribute('data-noise', '0.15');
  await page.locator('#noise').fill('40');
  await expect(noisy).toHaveAttribute('data-noise', '0.4');
  await page.getByRole('button', { name: 'See it without noise' }).click();
  await expect(noisy).toBeHidden();
});

test('a mask of one’s own is painted by mouse, and blurred beside the map’s choice', async ({ page, site }) => {
  await site.open('photo=camera&samples=24&view=map');
  await converged(page, 24);
  await page.getByText('Test this map').click();
  await page.getByRole('button', { name: 'Paint a mask of your own' }).click();
  const words = page.locator('#mask-words');
  await expect(words).toHaveText('');
  await page.locator('#two-up').scrollIntoViewIfNeeded();
  const box = await page.locator('#two-up').boundingBox();
  if (!box) throw new Error('no map');
  const at = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(0.1, 0.1));
  await page.mouse.down();
  await page.mouse.move(...at(0.4, 0.1), { steps: 5 });
  await page.mouse.up();
  await expect(words).toHaveText(/^Painted: 1,\d\d\d pixels, 3(\.\d)? % of the photo\.$|^Painted: 2,\d\d\d pixels, 4(\.\d)? %/);
  await checkAxe(page);
  expect(await overflowing(page)).toEqual([]);
  await page.locator('#mask-test').click();
  await expect(page.locator('#test-words')).toHaveText(/what you painted|those you painted|You found|Neither/i);
  await expect(page.locator('#test-rows tr')).toHaveText([
    /^where you painted/,
    /^where it is brightest/,
    /elsewhere/,
    /darkest/,
  ]);
  await expect(page.locator('#test-share')).toHaveText(/% of the photo is blurred/);
  // A corner of the sky is not what it hangs on.
  const after = async (row: number) =>
    Number.parseFloat((await page.locator('#test-rows tr').nth(row).locator('td').nth(1).textContent()) as string);
  expect(await after(0)).toBeGreaterThan(await after(1));
  await page.locator('#mask-undo').click();
  await expect(words).toHaveText('');
  await expect(page.locator('#test-table')).toBeHidden();
});

test('by keyboard a rectangle paints the mask', async ({ page, site }) => {
  await site.open('photo=camera&samples=8&view=map');
  await converged(page, 8);
  await page.getByText('Test this map').click();
  await page.getByRole('button', { name: 'Paint a mask of your own' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#mask')).toBeFocused();
  const words = page.locator('#mask-words');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Space');
  await expect(words).toHaveText(/^Painted: 1,024 pixels/);
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await expect(words).toHaveText(/^Painted: 1,280 pixels/);
  await page.keyboard.press('Backspace');
  await expect(words).toHaveText(/^Painted: 1,024 pixels/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Paint a mask of your own' })).toBeFocused();
  await expect(page.locator('#paint-bar')).toBeHidden();
  await expect(page.locator('#count')).toHaveText('8 of 8 samples');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a finger paints, help fits, nothing overflows', async ({ page, site }) => {
    await site.open('samples=8');
    await converged(page, 8);
    await page.getByText('Test this map').tap();
    await page.getByRole('button', { name: 'Paint a mask of your own' }).tap();
    await expect(page.locator('#two-up')).toBeInViewport();
    await page.locator('#mask').tap({ position: { x: 100, y: 100 } });
    await expect(page.locator('#mask-words')).toHaveText(/^Painted: \d+ pixels/);
    await page.getByRole('button', { name: 'What is “A mask of your own”?' }).tap();
    const text = page.locator('.term-text:popover-open');
    await expect(text).toBeInViewport({ ratio: 1 });
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await overflowing(page)).toEqual([]);
    await checkAxe(page);
  });
});

test('Compare says below each map where its colours end, and below all what the values are', async ({ page, site }) => {
  await site.open('rows=photo&row=rocket&columns=method&column=gradient integrated-gradients&samples=2', 'compare.html');
  await expect(page.locator('#grid td .scale')).toHaveText([/^0 … ≥ [\d.]+/, /^0 … ≥ [\d.]+/]);
  await expect(page.locator('#key')).toContainText('change of the score per unit of the input (Gradient)');
  await expect(page.locator('#key')).toContainText('contribution to the score (Integrated Gradients)');
});

test('two objects: the key of each map has both classes at its ends', async ({ page, site }) => {
  await site.open('samples=10', 'pair.html');
  const key = page.locator('#smoothgrad .map-key');
  await expect(key).toContainText('difference of the two maps, each from 0 to 1');
  const left = await page.locator('#left-subject').textContent();
  await expect(key).toContainText(`for “${left}”`);
  await page.locator('#difference').selectOption('gradient');
  await expect(key).toContainText('change of the difference of the scores per unit of the input');
});

test('the digit lab has a key, and each map the end of its colours', async ({ page, site }) => {
  await site.open('samples=2', 'lab.html');
  await expect(page.locator('.figure.range').first()).toHaveText(/^± [\d.]+/);
  await expect(page.locator('#key')).toContainText('change of the score per unit of the input');
});
