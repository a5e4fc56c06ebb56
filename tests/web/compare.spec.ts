// The grid page: it fills, stops, goes on, keeps what it has, is saved, reopens from its address.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { filled } from './compare_page.js';
import { checkAxe, expect, fingerprint, fingerprints, hand, modes, overflowing, steady, test } from './fixtures.js';
import { longestWhere, mainThread } from './main_thread.mjs';

const small = 'rows=noise&columns=samples&row=0+0.1&column=1+2';

const pictures = (page: Page) => fingerprints(page, '#grid td canvas');

for (const mode of modes) {
  test.describe(mode, () => {
    test.use({ mode });

    test('a grid fills, and what changes nothing costs nothing', async ({ page, site }) => {
      await site.open(small, 'compare.html');
      await filled(page, 4);
      await expect(page.locator('#grid thead th')).toHaveText(['1', '2']);
      await expect(page.locator('#grid tbody th')).toHaveText(['0 %', '10 %']);
      const [gradient, again, one, two] = await pictures(page);
      // Without noise the number of samples does not matter; with it, it does.
      expect(again).toBe(gradient);
      expect(new Set([gradient, one, two]).size).toBe(3);

      await page.getByRole('button', { name: 'Swap rows and columns' }).click();
      await expect(page.locator('#grid tbody th')).toHaveText(['1', '2']);
      await filled(page, 4);
      await expect.poll(() => pictures(page)).toEqual([gradient, one, again, two]);

      await page.locator('#row').getByRole('checkbox', { name: '5', exact: true }).check({ force: true });
      await filled(page, 6);
      expect((await pictures(page)).slice(0, 4)).toEqual([gradient, one, again, two]);
      await expect(page).toHaveURL(/row=1\+2\+5/);
    });

    test('it stops within a sample and goes on', async ({ page, site }) => {
      await site.open('rows=photo&columns=samples&row=rocket&column=2+1000', 'compare.html');
      const cells = page.locator('#grid td[data-state]');
      await expect(cells.first()).toHaveAttribute('data-state', 'done');
      await expect(cells.last()).toHaveAttribute('data-state', 'running');
      const count = () => cells.last().locator('.state').textContent();
      await expect.poll(async () => Number.parseInt((await count()) ?? '', 10)).toBeGreaterThan(2);
      await page.getByRole('button', { name: 'Stop' }).click();
      await expect(page.locator('#count')).toHaveText('1 of 2 cells, stopped');
      // What was under way may still be counted.
      await steady(page, count);
      const stopped = Number.parseInt((await count()) ?? '', 10);
      await page.getByRole('button', { name: 'Go on' }).click();
      await expect.poll(async () => Number.parseInt((await count()) ?? '', 10)).toBeGreaterThan(stopped + 2);
      // Nobody waits for it any more.
      await page.locator('#column').getByRole('checkbox', { name: '1,000' }).uncheck({ force: true });
      await filled(page, 1);
      await expect(page.getByRole('button', { name: 'Done' })).toBeVisible();
    });

    test('own photos come by drop, and broken files are refused with the grid kept', async ({ page, site }) => {
      await site.open('columns=method&column=gradient&row=rocket', 'compare.html');
      await filled(page, 1);
      await expect(page.locator('#grid tbody th')).toHaveText(/^Rocket(missile|projectile)$/);
      const before = await pictures(page);
      await hand(page, 'drop', { name: 'broken.jpg', bytes: [0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70] });
      await expect(page.locator('#notice')).toContainText('“broken.jpg” is not a picture');
      expect(await pictures(page)).toEqual(before);
      await page.locator('#notice-close').click();

      await hand(page, 'drop', { name: 'cup.webp', from: 'photos/coffee.webp' });
      await filled(page, 2);
      await expect(page.locator('#grid tbody th').first()).toHaveText(/^Your photo(espresso|cup)$/);
      await expect(page.getByRole('img', { name: 'Your photo', exact: true })).toBeVisible();

      const [other] = await Promise.all([page.waitForEvent('popup'), page.locator('#grid td a').first().click()]);
      await expect(other.locator('#subject')).toHaveText(/espresso|cup/);
      expect(new URL(other.url()).searchParams.get('method')).toBe('gradient');
      await other.close();
    });
  });
}

test('photos that the address lists come from the tab that has them; what no tab has is said', async ({
  page,
  site,
  context,
}) => {
  await site.open('rows=photo&columns=method&column=gradient&row=rocket', 'compare.html');
  await filled(page, 1);
  await hand(page, 'drop', { name: 'cup.webp', from: 'photos/coffee.webp' });
  await filled(page, 2);
  const address = new URL(page.url());
  address.searchParams.set('photo', 'rocket');

  const other = await context.newPage();
  await other.goto(address.href);
  await filled(other, 2);
  await expect(other.locator('#grid tbody th')).toHaveText([/^Rocket/, /^Your photo(espresso|cup)$/]);
  await other.close();

  address.searchParams.set('row', 'rocket own-gone1 own-gone2');
  await page.goto(address.href);
  await expect(page.locator('#notice')).toContainText(/2 photos of yours .* are not kept .* chosen again/);
  await filled(page, 1);
  await expect(page).toHaveURL(/row=rocket(&|$)/);

  // The one in view, too: nothing is left of it but the notice.
  address.searchParams.set('row', 'rocket own-gone1');
  address.searchParams.set('photo', 'own-gone1');
  await page.goto(address.href);
  await expect(page.locator('#notice')).toContainText('That photo is not kept in this browser');
  await filled(page, 1);
  await expect(page.locator('#grid tbody th')).toHaveText([/^Rocket/]);
});

test('how long it takes is told while it takes long', async ({ page, site }) => {
  await site.open('rows=noise&columns=samples&row=0.1&column=1000', 'compare.html');
  const left = page.locator('#time-left');
  await expect(left).toHaveText(/^about \d+ (s|min) left$/);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(left).toHaveText('');
});

test('another model: chosen here, kept by the address, with photos of its kind and in the cells’ links', async ({
  page,
  site,
}) => {
  await site.open('rows=photo&columns=method&column=gradient', 'compare.html');
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('combobox', { name: 'Model' }).selectOption({ index: 2 });
  await expect(page).toHaveURL(/model=mnist-noise/);
  const model = new URL(page.url()).searchParams.get('model') as string;
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue(model);
  await expect(page.locator('#caption')).toContainText(`network: ${model}`);
  await expect(page.locator('#grid tbody th').first()).toHaveText(/^Digit \d/);
  await expect(page.locator('#count')).toHaveText(/^(\d+) of \1 cells$/);
  const href = await page.locator('#grid td a').first().getAttribute('href');
  expect(new URLSearchParams(href?.split('?')[1]).get('model')).toBe(model);

  // Of the same kind: the same grid by another network.
  await page.locator('#columns').selectOption('samples');
  await page.getByRole('combobox', { name: 'Model' }).selectOption({ index: 3 });
  await expect(page.locator('#caption')).toContainText(/network: mnist-noise/);
  await expect(page).not.toHaveURL(new RegExp(`model=${model}(&|$)`));
  await expect(page.locator('#columns')).toHaveValue('samples');
  await expect(page.locator('#grid tbody th').first()).toHaveText(/^Digit 4/);
});

test('48 cells fill, from the opening on, while the page stays responsive', { tag: '@alone' }, async ({
  page,
  site,
  browser,
}) => {
  const methods = ['gradient', 'smoothgrad', 'smoothgrad-guided-backprop', 'smoothgrad-deconvnet', 'smoothgrad-x-input'];
  const column = [...methods, 'smoothgrad-squared', 'vargrad', 'smoothgrad-absolute'].join('+');
  const { tasks, yardstick } = await mainThread(browser, page, async () => {
    await site.open(`rows=noise&columns=method&samples=2&column=${column}`, 'compare.html');
    await filled(page, 48);
    await expect(page.locator('#grid td.drawn[data-state=done]')).toHaveCount(48);
  });
  expect(tasks.length).toBeGreaterThan(100);
  expect(Math.max(...tasks)).toBeLessThan(longestWhere(yardstick));
});

test('a cell opens on the main page with all that it is made of', async ({ page, site }) => {
  await site.open(`${small}&photo=coffee&target=967&seed=5&colours=inferno&percentile=97`, 'compare.html');
  await filled(page, 4);
  const [other] = await Promise.all([page.waitForEvent('popup'), page.locator('#grid td a').last().click()]);
  const { searchParams } = new URL(other.url());
  const expected = { photo: 'coffee', target: '967', noise: '0.1', samples: '2', seed: '5', view: 'map' };
  for (const [name, value] of Object.entries({ ...expected, colours: 'inferno', percentile: '97' })) {
    expect(searchParams.get(name), name).toBe(value);
  }
  await expect(other.locator('#count')).toHaveText('2 of 2 samples');
  const cell = (await pictures(page)).at(-1);
  await expect.poll(() => fingerprint(other)).toBe(cell);
  await other.close();
});

test('the paper’s figures are one click away, and the address reopens them', async ({ page, site }) => {
  await site.open('samples=7&noise=0.3&row=rocket&magnitude=corrected&window=3', 'compare.html');
  const axes = async () => [
    await page.locator('#rows').inputValue(),
    await page.locator('#columns').inputValue(),
    await page.locator('#grid thead th').count(),
  ];
  for (const [name, columns, count] of [
    ['Figure 4', 'samples', 8],
    ['Figure 5', 'method', 6],
    ['Figure 3', 'noise', 6],
  ] as const) {
    const button = page.getByRole('button', { name });
    await button.click();
    await expect(button).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(axes).toEqual(['photo', columns, count]);
    expect(await page.locator('#grid tbody th').count()).toBeGreaterThan(1);
    const line = expect(page.locator('#caption'));
    await (name === 'Figure 5' ? line : line.not).toContainText('integrated over 32 steps from mid-grey');
  }
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.goBack();
  await expect.poll(axes).toEqual(['photo', 'method', 6]);
  await page.reload();
  await expect.poll(axes).toEqual(['photo', 'method', 6]);
  await expect(page.getByRole('button', { name: 'Figure 5' })).toHaveAttribute('aria-pressed', 'true');
});

test('conventions hide what they decide, and classes are added by search', async ({ page, site }) => {
  await site.open('rows=convention&columns=class&row=pair&samples=1', 'compare.html');
  await expect(page.locator('#column input:checked')).toHaveCount(5);
  await expect(page.locator('#noise')).toBeHidden();
  await expect(page.locator('#samples-count')).toBeHidden();
  const search = page.getByRole('combobox', { name: 'Add a class to the grid' });
  await search.fill('espresso m');
  await search.press('Enter');
  await expect(page.locator('#grid thead th').last()).toHaveText('espresso maker');
  await page.locator('#rows').selectOption('class');
  await expect(page.locator('#columns')).toHaveValue('convention');
  await page.locator('#columns').selectOption('noise');
  await expect(page.locator('#samples-count')).toBeVisible();
  await expect(page.locator('#grid tbody th').last()).toHaveText('espresso maker');
});

test('it is saved as one picture with names and caption', async ({ page, site }) => {
  await site.open(small, 'compare.html');
  await filled(page, 4);
  await expect(page.locator('#grid td.drawn')).toHaveCount(4);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save picture' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Rocket - noise level by samples.png');
  const picture = sharp(await readFile(await download.path()));
  const { width, height } = await picture.metadata();
  const { data } = await picture.greyscale().raw().toBuffer({ resolveWithObject: true });
  const darkIn = (left: number, top: number, right: number, bottom: number) => {
    let dark = 0;
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) dark += Number((data[y * width + x] as number) < 128);
    return dark;
  };
  // Ink where the names of columns and rows are, and in the caption's line; maps fill their squares.
  expect(darkIn(220, 20, width, 70)).toBeGreaterThan(20);
  expect(darkIn(32, 100, 200, 320)).toBeGreaterThan(50);
  expect(darkIn(32, height - 120, width, height - 30)).toBeGreaterThan(500);
  expect(darkIn(220, 80, 430, 290)).toBeGreaterThan(20_000);
});

test('a walk by keyboard alone', async ({ page, site }) => {
  await site.open(small, 'compare.html');
  await filled(page, 4);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the grid' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.locator('#columns')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'What is “Columns”?' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await filled(page, 2);
  await expect(page.locator('#column input').first()).toBeFocused();
  await page.keyboard.press('Space');
  await filled(page, 4);
  await page.locator('#play').focus();
  await page.keyboard.press('x');
  await expect(page.locator('#rows')).toHaveValue('samples');
  await page.keyboard.press('/');
  await expect(page.locator('#class-search')).toBeFocused();
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`axe finds nothing, and nothing overflows: ${colorScheme}, ${width} wide`, async ({ page, site }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await site.open('samples=1&column=0+0.1', 'compare.html');
      await filled(page, 10);
      await page.getByText('Convention, reduction, colours, seed').click();
      await checkAxe(page);
      expect(await overflowing(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await page.locator('#columns').selectOption('convention');
      await page.getByRole('button', { name: 'Stop' }).click();
      await checkAxe(page);
    });
  }
}

test('on a phone no name of a sample photo is broken', async ({ page, site }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await site.open('samples=1', 'compare.html');
  await expect(page.locator('#grid tbody .title')).toHaveCount(5);
  const heights = await page.locator('#grid tbody .title').evaluateAll((all) => all.map((title) => title.clientHeight));
  expect(new Set(heights).size, heights.join(', ')).toBe(1);
});

test('cells have the maps that explaining each by itself would give, also where many runs take turns', async ({
  page,
  site,
}) => {
  const digits = 'digit-2+digit-4+digit-5+digit-7+digit-9';
  for (const grid of [
    // Fifteen noisy runs of 20 samples: more than the engine is left to hold.
    `rows=photo&photo=digit-2&row=${digits}&columns=noise&column=0+0.05+0.1+0.2&samples=20`,
    'rows=method&row=smoothgrad+smoothgrad-squared+vargrad+smoothgrad-integrated-gradients&columns=samples&column=5+20+50&photo=digit-4',
    'rows=magnitude&row=plain+denoised&columns=samples&column=10+20&photo=digit-4&window=1',
    'rows=convention&row=pair+captum+zennit&columns=class&column=4+9&photo=digit-4',
  ]) {
    await site.open(`model=mnist-noise-10&seed=3&${grid}`, 'compare.html');
    await expect(page.locator('#count')).toHaveText(/^(\d+) of \1 cells$/);
    const cells = await page.locator('#grid tbody td').count();
    expect(cells).toBeGreaterThan(3);
    await expect(page.locator('#grid td.drawn[data-state=done]')).toHaveCount(cells);
    const differing = await page.evaluate(async () => {
      const { createEngine, runOptions } = await import(new URL('smoothgrad/index.js', location.href).href);
      const engine = await createEngine();
      const model = await engine.loadModel('mnist-noise-10');
      const wrong: string[] = [];
      for (const link of document.querySelectorAll<HTMLAnchorElement>('#grid td a')) {
        const said = Object.fromEntries(new URL(link.href).searchParams);
        const options: Record<string, unknown> = {};
        for (const [name, text] of Object.entries(said)) {
          const kind = runOptions[name]?.kind;
          if (kind !== undefined) options[name] = kind === 'flag' ? text === 'true' : kind === 'name' ? text : Number(text);
        }
        const photo = await (await fetch(`photos/${said.photo}.png`)).blob();
        const run = model.explain(photo, options);
        for await (const _ of run);
        const { data } = await run.render();
        const canvas = link.querySelector('canvas') as HTMLCanvasElement;
        const shown = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data as Uint8ClampedArray;
        if (data.length !== shown.length || data.some((level: number, i: number) => level !== shown[i])) wrong.push(link.title);
      }
      engine.close();
      return wrong;
    });
    expect(differing, grid).toEqual([]);
  }
});
