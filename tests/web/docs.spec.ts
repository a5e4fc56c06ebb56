// The documentation: all links lead somewhere, every live example comes to a map, the search, the gallery.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { fileOf, names } from '../../web/docs/build/pages.js';
import { checkAxe, expect, overflowing, test } from './fixtures.js';

const files = names.map(fileOf);
const canvas = (page: Page) => page.locator('smooth-grad canvas');

/** Text of every page, by its name. */
async function readAll(page: Page, at: (file: string) => string): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for (const file of [...files, 'index.html', 'guide.html', 'compare.html', 'pair.html', 'lab.html', 'results.html']) {
    const response = await page.request.get(at(file));
    expect(response.ok(), file).toBe(true);
    all.set(file, await response.text());
  }
  return all;
}

test('every link and every anchor within the site leads somewhere', async ({ page, site }) => {
  const all = await readAll(page, site.at);
  const ids = new Map(
    [...all].map(([file, text]) => [file, new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))]),
  );
  const broken: string[] = [];
  let count = 0;
  for (const file of files) {
    for (const [, href = ''] of (all.get(file) as string).matchAll(/<a [^>]*href="([^"]+)"/g)) {
      if (/^https:/.test(href)) continue;
      count++;
      const url = new URL(href, site.at(file));
      const target = url.pathname.replace(/^\//, '') || 'index.html';
      const id = decodeURIComponent(url.hash.slice(1));
      if (!ids.has(target) || (id !== '' && !ids.get(target)?.has(id))) broken.push(`${file}: ${href}`);
    }
  }
  expect(broken).toEqual([]);
  expect(count).toBeGreaterThan(300);
});

test('attributes, options and all else of the element are those of the tables', async ({ page, site }) => {
  await page.goto(site.at('docs-options.html'));
  const manifest = JSON.parse(readFileSync('dist/smoothgrad/custom-elements.json', 'utf8'));
  const { attributes, cssProperties, events, members } = manifest.modules[0].declarations[0];
  const element = await (await page.request.get(site.at('docs-element.html'))).text();
  for (const { name } of [...attributes, ...cssProperties, ...events]) expect(element).toContain(`<code>${name}</code>`);
  for (const { name, kind } of members) expect(element).toContain(`<code>${name}${kind === 'method' ? '()' : ''}</code>`);
  const options = await page.evaluate(async () => {
    const { runOptions } = await import(new URL('smoothgrad/index.js', document.baseURI).href);
    return Object.keys(runOptions);
  });
  const shown = await page.locator('article td:first-child code').allTextContents();
  expect(options.filter((name) => !shown.includes(name))).toEqual([]);
});

test.describe('as it is read', () => {
  test.use({ mode: 'single' });
  for (const [scheme, width] of [
    ['light', 1280],
    ['dark', 390],
    ['light', 320],
  ] as const) {
    test(`nothing overflows and axe finds nothing, ${scheme}, ${width} pixels`, async ({ page, site }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      for (const file of files) {
        await site.open('', file);
        await expect(page.locator('#credits')).not.toBeEmpty();
        expect(await overflowing(page), file).toEqual([]);
        if (width !== 320) await checkAxe(page);
      }
    });
  }
});

const withExamples = names.filter((name) => /^```\w+ live$/m.test(readFileSync(`web/docs/${name}.md`, 'utf8')));

for (const name of withExamples) {
  test(`live examples: ${name}`, async ({ page, site }) => {
    await page.goto(site.at(fileOf(name)));
    const live = page.locator('.live smooth-grad[src]');
    for (const element of await live.all()) {
      // A few samples show as much as many; those that are not made of samples take no notice.
      await element.evaluate((node) => Number(node.getAttribute('samples')) > 8 && node.setAttribute('samples', '8'));
      await element.scrollIntoViewIfNeeded();
      await expect.poll(() => element.evaluate((node) => node.matches(':state(drawn), :state(error)'))).toBe(true);
      expect(await element.evaluate((node) => node.shadowRoot?.querySelector('.message span')?.textContent)).toBe('');
    }
    for (const example of await page.locator('.run').all()) {
      await example.getByRole('button', { name: 'Run' }).click();
      await expect(example.getByRole('button', { name: 'Run' })).toBeEnabled();
      await expect(example.locator('output')).not.toHaveText(/Error|^$/);
    }
  });
}

test('found by keyboard alone', async ({ page, site }) => {
  await page.goto(site.at('docs.html'));
  await expect(page.locator('#credits')).not.toBeEmpty();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('antithetic pairs');
  const found = page.locator('#found a');
  await expect(found.first()).toContainText('Antithetic pairs');
  await expect(page.getByRole('status')).toHaveText(/found/);
  await page.keyboard.press('ArrowDown');
  await expect(found.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/docs-methods\.html#antithetic-pairs$/);
  await expect(page.getByRole('heading', { name: 'Antithetic pairs' })).toBeInViewport();
  for (const [words, first] of [
    ['timesInput', /times-input|What is computed|Options/],
    ['raw bytes are not a whole number', /bad-model/],
    ['sbatch', /Without Ray|Data sets/],
    ['smothgrad', /SmoothGrad|smoothgrad|./],
  ] as const) {
    await page.getByRole('searchbox').fill(words);
    await expect(found.first()).toContainText(first);
  }
  await page.getByRole('searchbox').fill('zzzzzz');
  await expect(page.getByRole('status')).toHaveText('Nothing is called “zzzzzz”.');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('searchbox')).toHaveValue('');
});

test.describe('the gallery', () => {
  // The tag is for pages of others, which have no policy like ours.
  test.use({ bypassCSP: true });

  test('an attribute is changed, and the tag is copied', async ({ page, context, site }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await site.open('', 'docs-gallery.html');
    const bench = page.locator('#gallery');
    await bench.getByLabel('samples', { exact: true }).fill('2');
    await bench.getByLabel('samples', { exact: true }).press('Tab');
    await bench.getByLabel('method').selectOption('vargrad');
    await bench.getByLabel('target').fill('Egyptian cat');
    await bench.getByLabel('target').press('Tab');
    await bench.getByLabel('--smoothgrad-radius').fill('12px');
    await bench.getByLabel('controls').check();
    await expect(canvas(page).first()).toHaveAttribute('aria-label', /"Egyptian cat", 2 of 2 samples/);
    await bench.getByRole('button', { name: 'Copy' }).click();
    const tag = await page.evaluate(() => navigator.clipboard.readText());
    // What was copied, on a page of its own, is the same map.
    expect(tag.replace(/\s+/g, ' ')).toBe(
      '<smooth-grad src="photos/chelsea.webp" method="vargrad" target="Egyptian cat" samples="2" view="overlay" colours="inferno" ' +
        'controls style="--smoothgrad-radius: 12px" ></smooth-grad>',
    );
    await page.goto(site.at('embed.html'));
    await page.evaluate((tag) => {
      document.body.innerHTML = tag;
    }, tag);
    await expect(canvas(page)).toHaveAttribute('aria-label', /"Egyptian cat", 2 of 2 samples/);
    expect(await page.locator('smooth-grad').evaluate((node) => getComputedStyle(node).borderTopLeftRadius)).toBe('12px');
  });
});

test('on paper: the text alone, dark on white, as wide as the sheet', async ({ page, site }) => {
  await page.setViewportSize({ width: 680, height: 900 });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.goto(site.at('docs-options.html'));
  for (const name of ['.top', 'aside', '.neighbours', 'body > footer']) await expect(page.locator(name).first()).toBeHidden();
  const { background, text, overflow } = await page.evaluate(() => ({
    background: getComputedStyle(document.body).backgroundColor,
    text: getComputedStyle(document.querySelector('article p') as Element).color,
    overflow: document.documentElement.scrollWidth - innerWidth,
  }));
  expect(background).toBe('rgb(255, 255, 255)');
  expect(Math.max(...(text.match(/[\d.]+/g) ?? ['255']).map(Number))).toBeLessThan(128);
  expect(overflow).toBeLessThanOrEqual(0);
});
