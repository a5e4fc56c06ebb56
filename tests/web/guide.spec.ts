// How it works: figures that run, each the same as what the engine says elsewhere; by pointer, by keyboard, on small screens.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { checkAxe, expect, fingerprints, framesPass, hand, hold, modes, overflowing, test } from './fixtures.js';
import { drawn, piled } from './guide_page.js';
import { losable } from './lost_worker.js';
import { longestWhere, mainThread } from './main_thread.mjs';

const picture = async (page: Page, id: string) => (await fingerprints(page, `#${id}`))[0];
/** While it plays: at least so many. */
const piledUp = (page: Page, count: number) =>
  expect.poll(async () => Number(await page.locator('#pile').getAttribute('data-count'))).toBeGreaterThanOrEqual(count);
const toChapter = (page: Page, id: string) => page.locator(`#${id}`).scrollIntoViewIfNeeded();
/** A slider to a value, as a hand would leave it. */
const slide = (page: Page, id: string, value: number) => page.locator(`#${id}`).fill(String(value));

/** What comes last of what each chapter draws at once. */
const lasts = {
  answer: 'answer-gradient',
  line: 'line-gradient',
  copies: 'pile',
  'settle-caption': 'settle-photo',
  many: 'many-1',
  'path-caption': 'path-gradient',
  'illusion-caption': 'smoothgrad-own',
  'training-caption': 'training-smooth-3',
};

for (const mode of modes) {
  test.describe(mode, () => {
    test.use({ mode });

    test('a photo, its answers and the gradient of the one that is asked about', async ({ page, site }) => {
      await site.open('photo=coffee', 'guide.html');
      await drawn(page, 'answer-gradient');
      await expect(page.locator('#subject')).toHaveText('espresso');
      const answers = page.locator('#answer-says button');
      await expect(answers).toHaveCount(5);
      await expect(answers.first()).toHaveAttribute('aria-pressed', 'true');
      const before = await picture(page, 'answer-gradient');
      await answers.nth(1).click();
      await expect(page).toHaveURL(/target=968/);
      await expect(answers.nth(1)).toHaveAttribute('aria-pressed', 'true');
      await expect.poll(() => picture(page, 'answer-gradient')).not.toBe(before);
      await page.goBack();
      await expect.poll(() => picture(page, 'answer-gradient')).toBe(before);
    });

    test('the pile of so many copies is the map of so many samples, and copies keep their noise', async ({ page, site }) => {
      await site.open('photo=coffee&copy=8', 'guide.html');
      await drawn(page, 'answer-gradient');
      await toChapter(page, 'copies');
      await piled(page, 8);
      await expect(page.locator('#copies-words')).toHaveText('8 of 8 copies are still called “espresso”.');
      const [copy, gradient, pile] = await fingerprints(page, '#copy-photo, #copy-gradient, #pile');
      expect(new Set([copy, gradient, pile, 0]).size).toBe(4);
      await page.locator('#copies-next').click();
      await piled(page, 9);
      expect(await picture(page, 'copy-photo')).not.toBe(copy);
      await slide(page, 'copy', 2);
      await piled(page, 2);
      await slide(page, 'copy', 8);
      await piled(page, 8);
      await expect.poll(() => fingerprints(page, '#copy-photo, #copy-gradient, #pile')).toEqual([copy, gradient, pile]);

      // The engine's own mean of samples 0 to 7, level by level.
      const difference = await page.evaluate(async () => {
        const { createEngine } = await import(new URL('./smoothgrad/index.js', location.href).href);
        const engine = await createEngine();
        const model = await engine.loadModel('efficientnet-lite0');
        const photo = await (await fetch('photos/coffee.webp')).blob();
        const run = model.explain(photo, { samples: 8, antithetic: false, magnitude: 'plain' });
        for await (const _ of run);
        const { data } = await run.render();
        engine.close();
        const canvas = document.querySelector('#pile') as HTMLCanvasElement;
        const shown = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        let most = 0;
        for (let i = 0; i < data.length; i++) most = Math.max(most, Math.abs(data[i] - (shown[i] as number)));
        return most;
      });
      expect(difference).toBeLessThanOrEqual(1);
    });

    test('every figure further down comes to rest', async ({ page, site }) => {
      await site.open('photo=coffee&copy=2&layers=3', 'guide.html');
      await toChapter(page, 'line-words');
      await expect(page.locator('#line-words')).toContainText('agree to 0.');
      await toChapter(page, 'settle-words');
      await expect(page.locator('#settle-words')).toContainText('After 50 copies');
      await expect(page.locator('#settle-plot .each')).toHaveCount(50);
      await toChapter(page, 'many-caption');
      await drawn(page, 'many-64');
      await toChapter(page, 'path-words');
      await expect(page.locator('#path-plot .each')).toHaveCount(33);
      const [rise = 0, credits = 0] =
        ((await page.locator('#path-words').textContent()) ?? '').match(/[\d.]+\d/g)?.map(Number) ?? [];
      expect(rise).toBeGreaterThan(5);
      expect(Math.abs(credits - rise)).toBeLessThan(0.1 * rise);
      await toChapter(page, 'illusion-caption');
      const alike = async (id: string) => Number(await page.locator(`#${id}-words`).textContent());
      await expect.poll(() => alike('guided-random')).toBeGreaterThan(0.9);
      expect(await alike('guided-other')).toBeGreaterThan(0.9);
      expect(await alike('smoothgrad-other')).toBeLessThan(0.9);
      expect(await alike('smoothgrad-random')).toBeLessThan(0.7);
      await toChapter(page, 'training-caption');
      await drawn(page, 'training-smooth-3');
      const digits = await fingerprints(page, '#training-grid canvas');
      expect(new Set([...digits, 0]).size).toBe(9);
    });
  });
}

test('the noise can be dragged: none leaves the photo as it is, much of it another answer', async ({ page, site }) => {
  await site.open('photo=camera&copy=3', 'guide.html');
  await drawn(page, 'answer-gradient');
  await toChapter(page, 'copies');
  await piled(page, 3);
  await slide(page, 'noise', 0);
  await expect(page).toHaveURL(/noise=0/);
  const photo = await picture(page, 'answer-photo');
  await expect.poll(() => picture(page, 'copy-photo')).toBe(photo);
  await expect(page.locator('#copies-words')).toHaveText('3 of 3 copies are still called “tripod”.');
  await expect.poll(async () => (await picture(page, 'pile')) === (await picture(page, 'answer-gradient'))).toBe(true);
  await slide(page, 'noise', 50);
  await expect(page.locator('#copies-words')).toHaveText('0 of 3 copies are still called “tripod”.');
});

test('a nudge of a pixel does about what its gradient foretells', async ({ page, site }) => {
  await site.open('photo=camera&copy=2', 'guide.html');
  const words = page.locator('#answer-words');
  const figures = async () =>
    ((await words.textContent()) ?? '')
      .replaceAll('−', '-')
      .match(/[-+][\d.]+\d/g)
      ?.map(Number) ?? [];
  await expect(words).toContainText('run again');
  const before = await words.textContent();
  await page.locator('#answer-pick').press('ArrowDown');
  await expect(words).not.toHaveText(before ?? '');
  const [foretold = 0, measured = 0] = await figures();
  expect(foretold).not.toBe(0);
  expect(Math.sign(measured)).toBe(Math.sign(foretold));
});

test('a pixel is chosen by pointer and by keys, and both of its charts follow', async ({ page, site }) => {
  await site.open('photo=coffee&copy=2', 'guide.html');
  await toChapter(page, 'line-words');
  await expect(page.locator('#line-words')).toContainText('agree to 0.');
  const curve = () => page.locator('#line-plot .jumpy').getAttribute('d');
  const before = await curve();
  await page.locator('#line-pick').click({ position: { x: 20, y: 30 } });
  await expect(page).toHaveURL(/x=0\.\d+&y=0\.\d+/);
  await expect.poll(curve).not.toBe(before);
  const clicked = await curve();
  await page.locator('#line-pick').press('ArrowRight');
  await expect.poll(curve).not.toBe(clicked);
  const seen = await picture(page, 'line-gradient');
  await slide(page, 'along', 100);
  await expect.poll(() => picture(page, 'line-gradient')).not.toBe(seen);
  const marks = await page
    .locator('.pick-pixel')
    .evaluateAll((boxes) => boxes.map((box) => (box as HTMLElement).style.getPropertyValue('--x')));
  await toChapter(page, 'settle-words');
  await expect(page.locator('#settle-words')).toContainText('After');
  expect(marks[0]).toMatch(/%$/);
  await expect
    .poll(() => page.locator('#settle-pick').evaluate((box) => (box as HTMLElement).style.getPropertyValue('--x')))
    .toBe(marks[0]);
});

test('the copies play by themselves, and stand still for who wants no motion', async ({ page, site }) => {
  await site.open('', 'guide.html');
  await toChapter(page, 'copies-caption');
  await expect(page.locator('#copies-play')).toHaveText('Pause');
  await piledUp(page, 3);
  await page.locator('#copies-play').click();
  await expect(page.locator('#copies-play')).toHaveText('Play');

  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(site.at('guide.html'));
  await toChapter(page, 'copies-caption');
  await piled(page, 1);
  await framesPass(page, 90);
  await expect(page.locator('#copies-play')).toHaveText('Play');
  await piled(page, 1);
});

test('a photo of the user’s goes through all figures, and on to the first page', async ({ page, site, context }) => {
  await site.open('copy=2', 'guide.html');
  await drawn(page, 'answer-gradient');
  await hand(page, 'drop', { name: 'broken.jpg', bytes: [0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70] });
  await expect(page.locator('#notice')).toContainText('“broken.jpg” is not a picture');
  const heic = [...'\0\0\0\x18ftypheic\0\0\0\0'].map((letter) => letter.charCodeAt(0));
  await hand(page, 'drop', { name: 'IMG_1.jpg', bytes: heic });
  await expect(page.locator('#notice')).toContainText('“IMG_1.jpg” is a HEIC picture');
  await page.locator('#answer').getByRole('button', { name: 'Try on my photo' }).click();
  await page.locator('#file').setInputFiles(join(import.meta.dirname, '../../web/photos/coffee.webp'));
  await expect(page.locator('#subject')).toHaveText('espresso');
  await expect(page.locator('#notice')).toBeHidden();
  await toChapter(page, 'copies-caption');
  await piled(page, 2);
  const link = page.locator('#copies').getByRole('link', { name: /Open in Explain/ });
  await expect(link).toHaveAttribute('href', /photo=own-.*samples=2/);
  const [other] = await Promise.all([context.waitForEvent('page'), link.click()]);
  await expect(other.locator('#subject')).toHaveText('espresso');
  await expect(other.locator('#count')).toHaveText('2 of 2 samples');
});

test('a walk by keyboard alone', async ({ page, site }) => {
  await site.open('copy=2', 'guide.html');
  await drawn(page, 'answer-gradient');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the first figure' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.locator('#answer-pick')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.locator('#answer-says button').first()).toBeFocused();
  await page.keyboard.press('n');
  await expect(page.locator('#line')).toBeFocused();
  await page.keyboard.press('n');
  await expect(page.locator('#copies')).toBeFocused();
  await piled(page, 2);
  await page.locator('#copy').focus();
  await page.keyboard.press('ArrowRight');
  await piled(page, 3);
  await page.keyboard.press('p');
  await expect(page.locator('#line')).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
});

test('while the network is on its way, that is said, and the text can be read', async ({ page, site }) => {
  const release = await hold(page, '**/*.onnx');
  await site.open('copy=2', 'guide.html');
  await expect(page.locator('#loading')).toContainText('on its way');
  await expect(page.getByRole('heading', { name: 'What would change its mind?' })).toBeVisible();
  release();
  await drawn(page, 'answer-gradient');
  await expect(page.locator('#loading')).toBeHidden();
});

test('a lost worker is said, the figures are kept, and another one goes on', async ({ page, site }) => {
  const loseWorkers = await losable(page);
  await site.open('photo=coffee&copy=3', 'guide.html');
  await drawn(page, 'answer-gradient');
  await toChapter(page, 'copies-caption');
  await piled(page, 3);
  const before = await picture(page, 'pile');
  await loseWorkers();
  await slide(page, 'copy', 5);
  await expect(page.locator('#notice')).toContainText(/worker was lost/);
  expect(await picture(page, 'pile')).toBe(before);
  await page.getByRole('button', { name: 'Start again' }).click();
  await piled(page, 5);
  await expect(page.locator('#notice')).toBeHidden();
});

test.describe('without an engine', () => {
  test.use({ expected: /Failed to load resource|ERR_FAILED|falling back|wasm/ });

  test('the page says so, and starts when it can', async ({ page, site }) => {
    await page.route('**/*.wasm', (route) => route.abort());
    await site.open('copy=2', 'guide.html');
    await expect(page.locator('#notice')).toBeVisible();
    await page.unroute('**/*.wasm');
    await page.getByRole('button', { name: 'Start again' }).click();
    await drawn(page, 'answer-gradient');
  });
});

test('it is the first that the navigation names, and the first page sends newcomers here', async ({ page, site }) => {
  await site.open('samples=1');
  await expect(page.locator('.pages a').first()).toHaveText('How it works');
  await page.getByRole('link', { name: 'What am I looking at?' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Removing noise by adding noise');
  await expect(page.locator('.pages [aria-current]')).toHaveText('How it works');
});

test('the page answers while its figures run', { tag: '@alone' }, async ({ browser, page, site }) => {
  const { tasks, yardstick } = await mainThread(browser, page, async () => {
    await site.open('photo=coffee', 'guide.html');
    await toChapter(page, 'line-words');
    await expect(page.locator('#line-words')).toContainText('agree to');
    await toChapter(page, 'copies-caption');
    await piledUp(page, 12);
    await slide(page, 'copy', 40);
    await piled(page, 40);
    await slide(page, 'copy', 1);
    await piled(page, 1);
  });
  expect(tasks.length).toBeGreaterThan(100);
  expect(Math.max(...tasks)).toBeLessThan(longestWhere(yardstick));
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390, 320]) {
    test.describe(`${colorScheme}, ${width} wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });

      test('axe finds nothing, and nothing overflows', async ({ page, site }) => {
        await site.open('copy=3&layers=1', 'guide.html');
        for (const [id, last] of Object.entries(lasts)) {
          await toChapter(page, id);
          await drawn(page, last);
        }
        await checkAxe(page);
        expect(await overflowing(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      });
    });
  }
}
