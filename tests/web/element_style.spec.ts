// What a page can have of <smooth-grad> in its own way: custom properties, slots, states, events of its maps; and how it looks in light
// and dark, in a reader's own colours, and on paper.
import type { Page } from '@playwright/test';
import { checkAxe, expect, test } from './fixtures.js';

const cat = 'src="photos/chelsea.webp" samples="2" alt="A cat"';
const label = (page: Page) => page.locator('smooth-grad canvas');
const isDone = (page: Page) => expect(label(page)).toHaveAttribute('aria-label', /2 of 2/);

// Pages of others, which have no policy like ours.
test.use({ bypassCSP: true });

/** A plain page with this in it, and its style. */
async function show(page: Page, address: string, html: string, css = '') {
  await page.goto(address);
  await page.evaluate(
    ({ html, css }) => {
      document.head.insertAdjacentHTML('beforeend', `<style>${css}</style>`);
      document.body.innerHTML = `<main><h1>Maps</h1>${html}</main>`;
    },
    { html, css },
  );
}

/** Of a part, as it is computed. */
const look = (page: Page, part: string, name: string) =>
  page
    .locator('smooth-grad')
    .locator(part)
    .evaluate((node, name) => getComputedStyle(node).getPropertyValue(name), name);
const ofHost = (page: Page, name: string) =>
  page.locator('smooth-grad').evaluate((node, name) => getComputedStyle(node).getPropertyValue(name), name);

const box = async (page: Page, part: string) => {
  const found = await page.locator('smooth-grad').locator(part).boundingBox();
  if (!found) throw new Error(`${part} is not shown`);
  return { ...found, bottom: found.y + found.height };
};

test('custom properties', async ({ page, site }) => {
  const css = `smooth-grad { --smoothgrad-background: rgb(1, 2, 3); --smoothgrad-color: rgb(4, 5, 6); --smoothgrad-radius: 7px;
    --smoothgrad-accent: rgb(8, 9, 10); --smoothgrad-font: 20px/1 serif; --smoothgrad-shade-color: rgb(11, 12, 13); }`;
  await show(page, site.at('embed.html'), `<smooth-grad ${cat} controls></smooth-grad>`, css);
  await isDone(page);
  expect(await ofHost(page, 'background-color')).toBe('rgb(1, 2, 3)');
  expect(await ofHost(page, 'color')).toBe('rgb(4, 5, 6)');
  expect(await ofHost(page, 'border-top-left-radius')).toBe('7px');
  expect(await ofHost(page, 'font-size')).toBe('20px');
  expect(await look(page, '.bar', 'background-color')).toBe('rgb(8, 9, 10)');
  expect(await look(page, '.caption', 'color')).toBe('rgb(11, 12, 13)');
});

test("the page's own caption and buttons", async ({ page, site }) => {
  const own = '<b slot="caption">Why a cat?</b>';
  await show(page, site.at('embed.html'), `<smooth-grad ${cat}>${own}</smooth-grad>`);
  await isDone(page);
  const element = page.locator('smooth-grad');
  await expect(element.getByText('Why a cat?')).toBeVisible();
  await expect(element.getByRole('button')).toHaveCount(0);
  await element.evaluate((node) => {
    node.setAttribute('controls', '');
    node.insertAdjacentHTML('beforeend', '<button slot="controls">Again</button>');
    node.querySelector('button')?.addEventListener('click', () => (node as HTMLElement & { restart(): void }).restart());
  });
  for (const name of ['Play', 'Again']) await expect(element.getByRole('button', { name })).toBeVisible();
  // Its keys are the button's, not the map's.
  const begun = element.evaluate(
    (node) => new Promise((resolve) => node.addEventListener('classified', resolve, { once: true })),
  );
  await element.getByRole('button', { name: 'Again' }).press('Space');
  await begun;
  await isDone(page);
  await checkAxe(page);
  await element.evaluate((node) => node.querySelector('b')?.remove());
  await expect(element.locator('.caption')).toContainText('tiger cat · 2 of 2 samples');
});

test('states for style', async ({ page, site }) => {
  await show(page, site.at('embed.html'), '<smooth-grad samples="100000"></smooth-grad>');
  const has = (name: string) => page.locator('smooth-grad').evaluate((node, name) => node.matches(`:state(${name})`), name);
  const set = (name: string, value: string) =>
    page.locator('smooth-grad').evaluate((node, [name, value]) => node.setAttribute(name, value), [name, value] as const);
  await expect.poll(() => has('empty')).toBe(true);
  await set('src', 'photos/chelsea.webp');
  await expect.poll(() => has('drawn')).toBe(true);
  expect([await has('running'), await has('empty'), await has('loading')]).toEqual([true, false, false]);
  await set('paused', '');
  await expect.poll(() => has('paused')).toBe(true);
  await set('noise', 'much');
  await expect.poll(() => has('error')).toBe(true);
  await set('noise', '0.1');
  await set('samples', '2');
  await page.locator('smooth-grad').evaluate((node) => node.removeAttribute('paused'));
  await expect.poll(() => has('done')).toBe(true);
  expect([await has('error'), await has('drawn')]).toEqual([false, true]);
});

test('what only a map sends is heard further up; what has the name of a browser’s own event is not', async ({ page, site }) => {
  await page.goto(site.at('embed.html'));
  const heard = await page.evaluate(
    (html) =>
      new Promise((resolve) => {
        const heard = new Set<string>();
        for (const type of ['classified', 'drawn', 'done', 'progress', 'error']) {
          document.body.addEventListener(type, () => heard.add(type));
        }
        document.body.addEventListener('done', () => resolve([...heard].sort()));
        document.body.innerHTML = html;
      }),
    `<figure><smooth-grad ${cat}></smooth-grad></figure>`,
  );
  expect(heard).toEqual(['classified', 'done', 'drawn']);
});

test('light and dark, as the page is', async ({ page, site }) => {
  const css = 'main { color-scheme: light } .dark { color-scheme: dark }';
  await show(page, site.at('embed.html'), '<div class="dark"><smooth-grad>No map</smooth-grad></div>', css);
  const lightness = async () => {
    const [r = 0, g = 0, b = 0] = (await ofHost(page, 'background-color')).match(/[\d.]+/g)?.map(Number) ?? [];
    return Math.max(r, g, b) > 1 ? Math.max(r, g, b) / 255 : Math.max(r, g, b);
  };
  const dark = await lightness();
  await page.evaluate(() => document.querySelector('.dark')?.classList.remove('dark'));
  const light = await lightness();
  expect(dark).toBeLessThan(0.3);
  expect(light).toBeGreaterThan(0.8);
});

test("a reader's own colours", async ({ page, site }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await show(page, site.at('embed.html'), `<smooth-grad ${cat} controls></smooth-grad>`);
  await isDone(page);
  expect(await look(page, '.controls', 'background-image')).toBe('none');
  expect(await look(page, '.bar', 'forced-color-adjust')).toBe('none');
  expect(await ofHost(page, 'outline-style')).toBe('solid');
});

for (const size of ['', 'inline-size: 300px; block-size: 200px']) {
  test(`on paper the caption is below the map, without button and bar${size && ', in a size of the page’s own'}`, async ({
    page,
    site,
  }) => {
    await show(page, site.at('embed.html'), `<smooth-grad ${cat} controls></smooth-grad>`, `smooth-grad { ${size} }`);
    await isDone(page);
    expect((await box(page, '.controls')).y).toBeLessThan((await box(page, 'canvas')).bottom);
    await page.emulateMedia({ media: 'print' });
    const [map, line] = [await box(page, 'canvas'), await box(page, '.controls')];
    expect(line.y).toBeGreaterThanOrEqual(map.bottom - 0.5);
    expect(map.height).toBeGreaterThan(100);
    for (const part of ['button.toggle', '.bar']) await expect(page.locator('smooth-grad').locator(part)).toBeHidden();
    await expect(page.locator('smooth-grad').locator('.caption')).toContainText('tiger cat');
    const host = await page.locator('smooth-grad').boundingBox();
    expect(line.bottom).toBeLessThanOrEqual((host?.y ?? 0) + (host?.height ?? 0) + 0.5);
  });
}

test('a key over the map says what its colours stand for, where that is asked for', async ({ page, site }) => {
  await show(page, site.at('embed.html'), `<smooth-grad ${cat} controls></smooth-grad>`);
  await isDone(page);
  const element = page.locator('smooth-grad');
  const key = element.getByRole('group', { name: 'Colour key' });
  await expect(key).toBeHidden();
  await element.evaluate((node) => node.setAttribute('colour-key', ''));
  await expect(key).toHaveText(/^0≥ [\d.]+/);
  const colours = () => look(page, '.ramp', 'background-image');
  await expect.poll(colours).toMatch(/^linear-gradient\(to right, rgb\(0, 0, 0\)/);
  const grey = await colours();
  await element.evaluate((node) => node.setAttribute('channels', 'signed-sum'));
  await expect(key).toHaveText(/^≤ −[\d.]+0≥ [\d.]+/);
  await expect.poll(colours).not.toBe(grey);
  await checkAxe(page);
  await page.emulateMedia({ media: 'print' });
  expect((await box(page, '.key')).y).toBeGreaterThanOrEqual((await box(page, '.map')).bottom - 1);
  await page.emulateMedia({ media: 'screen' });
  // A mask has no colours.
  await element.evaluate((node) => node.setAttribute('view', 'mask'));
  await expect(key).toBeHidden();
});
