// Methods beyond the menu: references, two classes, the line's completeness, random weights.
import type { Page } from '@playwright/test';
import { converged, expect, fingerprint, modes, test } from './fixtures.js';

const state = (page: Page) => page.locator('#map').evaluate((node) => (node as HTMLElement & { state: string }).state);
const done = (page: Page) => expect.poll(() => state(page)).toBe('done');
const openPanel = (page: Page) => page.getByText('Method in detail').click();

/** Moves a slider and lets it go. */
const slide = (page: Page, id: string, value: number) =>
  page.locator(id).evaluate((input: HTMLInputElement, value) => {
    input.value = String(value);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, value);

for (const mode of modes) {
  test.describe(mode, () => {
    test.use({ mode });

    test('Grad-CAM at a chosen layer, and occlusion square by square', async ({ page, site }) => {
      await site.open('method=grad-cam&view=overlay');
      await expect(page.locator('#count')).toHaveText('One map, no averaging');
      await expect(page.locator('#subject')).toHaveText(/missile|projectile/);
      await expect(page.locator('#noise')).toBeDisabled();
      await openPanel(page);
      await expect(page.locator('#convention')).toBeHidden();
      const last = await fingerprint(page);
      await page.locator('#layer').selectOption({ index: 6 });
      await expect.poll(() => fingerprint(page)).not.toBe(last);
      await expect(page).toHaveURL(/layer=/);

      await page.locator('#method').selectOption('occlusion');
      await slide(page, '#size', 96);
      const count = page.locator('#count');
      await expect(count).toHaveText(/^[\d,]+ of [\d,]+ squares$/);
      await done(page);
      await expect(page.locator('#rate')).toHaveText(/^[\d.]+ squares\/s$/);
      const [covered, all] = ((await count.textContent()) as string).match(/[\d,]+/g) as string[];
      expect(covered).toBe(all);
      await expect(page.locator('#notice')).toBeHidden();
      await page.locator('#method').selectOption('smoothgrad');
      await expect(page.locator('#noise')).toBeEnabled();
      await expect(count).toHaveText(/samples$/);
    });
  });
}

test('fields are shown that say something to the method, and only those', async ({ page, site }) => {
  await site.open('samples=1&versus=550&target=657');
  await done(page);
  for (const panel of ['Method in detail', 'Picture in detail']) await page.getByText(panel).click();
  const always = ['randomised', 'colours', 'percentile', 'fromLowest'];
  const sampled = [
    'convention',
    'difference',
    'antithetic',
    'cleanLast',
    'seed',
    'magnitude',
    'window',
    'reduction',
    'channels',
  ];
  const expected: Record<string, string[]> = {
    smoothgrad: [...sampled, ...always],
    'integrated-gradients': ['baseline', 'steps', ...sampled, ...always],
    'grad-cam': ['layer', ...always],
    occlusion: ['size', 'baseline', ...always],
  };
  for (const [method, fields] of Object.entries(expected)) {
    await page.locator('#method').selectOption(method);
    const shown = await page
      .locator(['method', 'picture'].map((panel) => `#${panel}-panel :is(input:not([role]), select)`).join())
      .evaluateAll((all) => all.filter((field) => field.checkVisibility()).map(({ id }) => id));
    expect(shown.sort(), method).toEqual(fields.sort());
    for (const id of ['noise', 'goal', 'step']) {
      await expect(page.locator(`#${id}`)).toBeEnabled({ enabled: fields.includes('seed') });
    }
  }
});

test('occlusion rests while it is paused', async ({ page, site }) => {
  await site.open('method=occlusion&size=8&view=map');
  const count = page.locator('#count');
  await expect(count).toHaveText(/^[\d,]+ of [\d,]+ squares$/);
  await page.locator('#play').click();
  const squares = async () => Number.parseInt(((await count.textContent()) as string).replace(',', ''), 10);
  let before = -1;
  // What was asked for before still comes.
  await expect
    .poll(async () => {
      const same = before === (await squares());
      before = await squares();
      return same;
    })
    .toBe(true);
  await page.locator('#play').click();
  await expect.poll(squares).toBeGreaterThan(before);
});

test('two classes: the gradient of the difference, and the difference of scaled maps', async ({ page, site }) => {
  await site.open('photo=chelsea&target=282&samples=3&view=map');
  await converged(page, 3);
  const one = await fingerprint(page);
  await openPanel(page);
  const search = page.getByRole('combobox', { name: 'Rather than another class' });
  await search.fill('Egyptian');
  await search.press('Enter');
  await expect(page.locator('#channels')).toHaveValue('signed-sum');
  await expect.poll(() => fingerprint(page)).not.toBe(one);
  await converged(page, 3);
  const gradient = await fingerprint(page);
  await page.locator('#difference').selectOption('scaled');
  await expect(page.locator('#channels')).toHaveValue('sum-abs');
  await expect(page).toHaveURL(/difference=scaled/);
  await expect.poll(() => fingerprint(page)).not.toBe(gradient);
  await done(page);
  await expect(page.locator('#notice')).toBeHidden();
  // The values of a scaled difference lie in [-1, 1], and the colours have white in the middle.
  const colours = await page
    .locator('#map canvas')
    .last()
    .evaluate((canvas: HTMLCanvasElement) => {
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let [red, blue] = [0, 0];
      for (let i = 0; i < data.length; i += 4) {
        if ((data[i] as number) > (data[i + 2] as number) + 20) red++;
        if ((data[i + 2] as number) > (data[i] as number) + 20) blue++;
      }
      return { red, blue };
    });
  expect(Math.min(colours.red, colours.blue)).toBeGreaterThan(500);
  // A class is not told apart from itself.
  await page.locator('#classes button', { hasText: 'Egyptian cat' }).click();
  await expect(page.locator('#subject')).toHaveText('Egyptian cat');
  await expect(page.locator('#versus-chosen')).toBeHidden();
  await done(page);
});

test('Integrated Gradients say how far they are from complete', async ({ page, site }) => {
  await site.open('method=integrated-gradients&steps=4');
  await openPanel(page);
  await expect(page.locator('#convention')).toBeVisible();
  const words = page.locator('#completeness');
  await expect(words).toHaveText(/add up to −?[\d.]+, the score rises by −?[\d.]+: a gap of −?[\d.]+\./);
  const gap = async () => {
    const [sum, rise, gap] = ((await words.textContent()) as string).replaceAll('−', '-').match(/-?\d+\.\d+/g) as string[];
    expect(Math.abs(Number(sum) - Number(rise) - Number(gap))).toBeLessThan(0.02);
    return Math.abs(Number(gap));
  };
  const coarse = await gap();
  const before = await words.textContent();
  await slide(page, '#steps', 128);
  await expect(words).not.toHaveText(before as string);
  await done(page);
  expect(await gap()).toBeLessThan(coarse);
});

test('with random weights the map changes, and comes back', async ({ page, site }) => {
  await site.open('samples=4&view=map');
  await converged(page, 4);
  const trained = await fingerprint(page);
  await openPanel(page);
  await slide(page, '#randomised', 20);
  await expect(page.locator('#randomised-value')).toHaveText(/^the last 20 of \d+ layers$/);
  await expect(page.locator('#tag-map')).toHaveText(/last 20 layers random/);
  await expect.poll(() => fingerprint(page)).not.toBe(trained);
  await done(page);
  await expect(page.locator('#subject')).toHaveText('missile');
  await expect(page.locator('#sanity')).toHaveText(/trained network: -?0\.\d\d\.$/);
  await slide(page, '#randomised', 0);
  await expect.poll(() => fingerprint(page)).toBe(trained);
  await expect(page.locator('#sanity')).toHaveText('');
});
