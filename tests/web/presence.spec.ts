// When <smooth-grad> loads, holds, goes on and gives its memory back; what it shows until there is a map.
import type { Page } from '@playwright/test';
import { expect, framesPass, test } from './fixtures.js';

interface Live extends HTMLElement {
  ownSamples: number;
  state: string;
}

// Pages of others, which have no policy like ours.
test.use({ bypassCSP: true });

/** A page of the site with these elements in it and nothing else; resolves to what was asked for of the engine since. */
async function pageOf(page: Page, address: string, html: string): Promise<string[]> {
  await page.goto(address);
  await page.evaluate((html) => {
    document.body.innerHTML = html;
  }, html);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  return asked;
}

const label = (page: Page, at = 0) => page.locator('smooth-grad canvas').nth(at);
const samples = (page: Page) => page.locator('smooth-grad').evaluate((node) => (node as Live).ownSamples);
const state = (page: Page) => page.locator('smooth-grad').evaluate((node) => (node as Live).state);

/** Holds still: as many samples after some frames as before. */
const rests = (page: Page) =>
  expect
    .poll(async () => {
      const before = await samples(page);
      await framesPass(page, 30);
      return (await samples(page)) - before;
    })
    .toBe(0);

const goesOn = async (page: Page, from: number) => expect.poll(() => samples(page)).toBeGreaterThan(from);

const photo = 'src="photos/chelsea.webp"';
const unseen = {
  'below the fold': `<div style="height: 400vh"></div><smooth-grad ${photo} samples="3"></smooth-grad>`,
  hidden: `<smooth-grad ${photo} samples="3" hidden></smooth-grad>`,
  'in closed details': `<details><summary>Map</summary><smooth-grad ${photo} samples="3"></smooth-grad></details>`,
};
const show: Record<keyof typeof unseen, (page: Page) => Promise<unknown>> = {
  'below the fold': (page) => page.evaluate(() => scrollTo(0, document.body.scrollHeight)),
  hidden: (page) => page.locator('smooth-grad').evaluate((node) => node.removeAttribute('hidden')),
  'in closed details': (page) => page.getByText('Map').click(),
};

for (const [where, html] of Object.entries(unseen)) {
  test(`nothing is loaded for an element that is ${where}, until it is seen`, async ({ page, site }) => {
    // Its engine is not there yet: the page's own element is taken out before it starts.
    await page.route('**/embed.html', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace(/<smooth-grad.*/, '') });
    });
    const asked = await pageOf(page, site.at('embed.html'), html);
    await framesPass(page, 30);
    expect(asked.filter((address) => /wasm|onnx|worker/.test(address))).toEqual([]);
    await show[where as keyof typeof unseen](page);
    await expect(label(page)).toHaveAttribute('aria-label', /3 of 3/);
  });
}

test('an eager one does not wait to be seen', async ({ page, site }) => {
  await pageOf(page, site.at('embed.html'), unseen['below the fold'].replace('src', 'loading="eager" src'));
  await expect(label(page)).toHaveAttribute('aria-label', /3 of 3/);
});

test('out of sight it holds, seen again it goes on from the samples there are', async ({ page, site }) => {
  await pageOf(page, site.at('embed.html'), `<smooth-grad ${photo} samples="100000"></smooth-grad><p style="height: 400vh">`);
  await goesOn(page, 2);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await rests(page);
  const before = await samples(page);
  await page.evaluate(() => scrollTo(0, 0));
  await goesOn(page, before);
  await page.locator('smooth-grad').evaluate((node) => node.setAttribute('paused', ''));
  await rests(page);
  // What the page has paused, being seen does not set going.
  for (const top of [1e6, 0]) {
    await page.evaluate((top) => scrollTo(0, top), top);
    await framesPass(page, 10);
  }
  expect(await state(page)).toBe('paused');
});

test('a move in the document is no new start', async ({ page, site }) => {
  await pageOf(
    page,
    site.at('embed.html'),
    `<div id="a"><smooth-grad ${photo} samples="100000"></smooth-grad></div><div id="b"></div>`,
  );
  await goesOn(page, 2);
  const [before, after] = await page.locator('smooth-grad').evaluate((node) => {
    const before = (node as Live).ownSamples;
    document.getElementById('b')?.append(node);
    return [before, (node as Live).ownSamples];
  });
  expect(after).toBe(before);
  await goesOn(page, before as number);
});

test('ten elements have one engine, and the last one to go gives its memory back', async ({ page, site }) => {
  const one = `<smooth-grad ${photo} samples="2" style="inline-size: 100px"></smooth-grad>`;
  await pageOf(page, site.at('embed.html'), one.repeat(10));
  for (let i = 0; i < 10; i++) await expect(label(page, i)).toHaveAttribute('aria-label', /2 of 2/);
  expect(page.workers().filter((worker) => /\/worker-[\w-]+\.js$/.test(worker.url())).length).toBe(1);
  await page.evaluate(() => {
    for (const node of [...document.querySelectorAll('smooth-grad')].slice(1)) node.remove();
  });
  await page.locator('smooth-grad').evaluate((node) => node.setAttribute('samples', '4'));
  await expect(label(page)).toHaveAttribute('aria-label', /4 of 4/);
  await page.locator('smooth-grad').evaluate((node) => node.remove());
  await expect.poll(() => page.workers().length).toBe(0);
  // And another one starts another engine.
  await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), one);
  await expect(label(page)).toHaveAttribute('aria-label', /2 of 2/);
});

test('what is inside of it is shown until there is a map', async ({ page, site }) => {
  await pageOf(page, site.at('embed.html'), '<smooth-grad samples="2"><p>A map of a cat</p></smooth-grad>');
  const fallback = page.getByText('A map of a cat');
  await expect(fallback).toBeVisible();
  await page.locator('smooth-grad').evaluate((node) => node.setAttribute('src', 'photos/chelsea.webp'));
  await expect(label(page)).toHaveAttribute('aria-label', /2 of 2/);
  await expect(fallback).toBeHidden();
});

test.describe('a misspelt attribute', () => {
  test.use({ expected: /no attribute "sampels": did you mean "samples"/ });

  test('is said once', async ({ page, site }) => {
    const warnings: string[] = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    const one = `<smooth-grad ${photo} sampels="2" samples="2" data-sampel="2" itemprop="image"></smooth-grad>`;
    await pageOf(page, site.at('embed.html'), one + one);
    await expect(label(page)).toHaveAttribute('aria-label', /2 of 2/);
    expect(warnings).toEqual(['<smooth-grad> has no attribute "sampels": did you mean "samples"?']);
  });
});
