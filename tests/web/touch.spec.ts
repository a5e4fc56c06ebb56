// Phones: what is pressed is large enough for a finger, the header fits, a camera is offered.
import { expect, test } from './fixtures.js';

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

for (const [width, height] of [
  [390, 844],
  [320, 568],
] as const) {
  test(`the first screen of ${width} x ${height} says what it is and shows the photo and its button`, async ({
    page,
    site,
  }) => {
    await page.setViewportSize({ width, height });
    await site.open('samples=1');
    await expect(page.locator('#subject')).toHaveText(/missile|projectile/);
    for (const what of ['h1', '.hero p', '#photo', '#choose', '#camera']) {
      await expect(page.locator(what)).toBeInViewport({ ratio: 1 });
    }
  });
}
