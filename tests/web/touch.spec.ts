// Phones: what is pressed is large enough for a finger, the header fits, a camera is offered.
import { checkAxe, expect, test } from './fixtures.js';

/** And what each has once its controls are there. */
const pages = {
  'guide.html': '#answer-says button',
  '': '#classes button',
  'compare.html': '.presets button',
  'pair.html': '#left-class option',
  'lab.html': '#digits button',
  'results.html': '.claim',
  'docs.html': '.copy',
  'docs-gallery.html': '.fields select',
};

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

for (const [file, ready] of Object.entries(pages)) {
  test(`${file || 'the first page'}: all that is pressed has 44 pixels, at 320 the header fits`, async ({ page, site }) => {
    await site.open('samples=1&copy=2', file);
    await expect(page.locator(ready).first()).toBeAttached();
    for (const summary of await page.locator('main summary').all()) await summary.click();
    const small = await page.evaluate(() =>
      // Links in running text are as high as their line; the finder is a cross that fingers do not press.
      [...document.querySelectorAll('button:not(.link), select, summary, input, .brand, .pages a, .try > *, .views label')]
        .filter((node) => !node.matches('[type=checkbox], [type=radio], .two-up *') && !node.closest('dialog'))
        .filter((node) => {
          const { width, height } = node.getBoundingClientRect();
          return width > 0 && (width < 43.5 || height < 43.5);
        })
        .map((node) => node.outerHTML.slice(0, 100)),
    );
    expect(small).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
}

test('a photo can be taken where there is a camera', async ({ page, site }) => {
  await site.open('copy=2', 'guide.html');
  await page.getByRole('button', { name: 'Take a photo' }).tap();
  await expect(page.locator('#camera-file')).toHaveAttribute('capture', 'environment');
  await page.locator('#camera-file').setInputFiles('web/photos/coffee.webp');
  await expect(page.locator('#subject')).toHaveText('espresso');
});

/** What each page is about, which is seen at first sight. */
const figures = {
  'guide.html': '#answer-photo',
  '': '#two-up',
  'compare.html': '#grid td:not(.corner) >> nth=0',
  'pair.html': '#gradient > .frame',
  'lab.html': '#board',
  'results.html': '.overview li >> nth=0',
};
/** Of the guide's figure at least this much. */
const enough: Readonly<Record<string, number>> = { 'guide.html': 0.5 };

for (const [width, height] of [
  [390, 844],
  [320, 568],
] as const) {
  test.describe(`${width} x ${height}`, () => {
    test.use({ viewport: { width, height } });

    for (const [file, figure] of Object.entries(figures)) {
      test(`${file || 'the first page'}: one row of header, the heading and the first figure are on the first screen`, async ({
        page,
        site,
      }) => {
        await site.open('samples=1&copy=2', file);
        await expect(page.locator(pages[file as keyof typeof pages]).first()).toBeAttached();
        await expect(page.locator('h1')).toBeInViewport({ ratio: 1 });
        await expect(page.locator(figure)).toBeInViewport({ ratio: enough[file] ?? 1 });
        expect((await page.locator('.top').boundingBox())?.height).toBeLessThan(60);
      });
    }

    test('the first page says what it is and shows the photo, its buttons and its map', async ({ page, site }) => {
      await site.open('samples=1');
      await expect(page.locator('#subject')).toHaveText(/missile|projectile/);
      for (const what of ['h1', '#meaning', '#photo', '#choose', '#camera', '#two-up']) {
        await expect(page.locator(what)).toBeInViewport({ ratio: 1 });
      }
      await expect(page.locator('#play')).toBeInViewport();
      // The rest of what is said of it is below.
      await expect(page.locator('#reading-more')).toBeHidden();
      await expect(page.locator('#reading-below')).toHaveText(/Left of the line/);
    });

    test('a button opens the list of pages, and closes it again', async ({ page, site }) => {
      await site.open('samples=1');
      const pages = page.getByRole('navigation', { name: 'Site' });
      await expect(pages).toBeHidden();
      await page.getByRole('button', { name: 'All pages' }).tap();
      for (const link of await pages.getByRole('link').all()) {
        await expect(link).toBeInViewport({ ratio: 1 });
        expect((await link.boundingBox())?.height).toBeGreaterThan(43.5);
      }
      await checkAxe(page);
      await page.keyboard.press('Escape');
      await expect(pages).toBeHidden();
      await page.getByRole('button', { name: 'All pages' }).tap();
      await pages.getByRole('link', { name: 'Digit lab' }).tap();
      await expect(page).toHaveURL(/lab\.html/);
    });
  });
}
