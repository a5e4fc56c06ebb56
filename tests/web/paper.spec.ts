// On paper: what a page has found, with its key and its caption; nothing to press, light, on few sheets.
import { expect, test } from './fixtures.js';

test.use({ colorScheme: 'dark' });

interface Printed {
  search: string;
  /** Once this says that it is done. */
  count: RegExp;
  shows: readonly string[];
  sheets: number;
  /** What can be pressed there and is an answer too. */
  answers?: string;
}

const pages: Readonly<Record<string, Printed>> = {
  '': { search: 'samples=2', count: /^2 of 2/, shows: ['#photo', '#map', '#key-map'], sheets: 2, answers: '#classes *' },
  'compare.html': {
    search: 'rows=method&row=gradient+smoothgrad&columns=samples&column=2+5',
    count: /^(\d+) of \1 cells$/,
    shows: ['#photo', '#grid', '#key', '#caption'],
    sheets: 2,
  },
  'pair.html': {
    search: 'samples=10',
    count: /^10 of 10/,
    shows: ['#both', '#gradient', '#smoothgrad', '#gradient .map-key', '#meaning', '#on-paper'],
    sheets: 2,
  },
  'lab.html': { search: 'samples=2', count: /^2 samples a map/, shows: ['#board', '#grid', '#key', '#legend'], sheets: 2 },
};

for (const [file, { search, count, shows, sheets, answers = 'main' }] of Object.entries(pages)) {
  test(`${file || 'the first page'} on paper`, async ({ page, site }) => {
    await site.open(search, file);
    await expect(page.locator('#count')).toHaveText(count);
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    for (const what of shows) await expect(page.locator(what)).toBeVisible();
    const pressed = page.locator(`:is(button, select, input, summary, nav a):not(${answers})`).filter({ visible: true });
    await expect(pressed).toHaveCount(0);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect((pdf.match(/\/Type\s*\/Page\b/g) ?? []).length).toBeLessThanOrEqual(sheets);
  });
}

test('the caption of two objects on paper is that of the saved picture', async ({ page, site }) => {
  await site.open('samples=10', 'pair.html');
  await expect(page.locator('#count')).toHaveText(/^10 of 10/);
  await expect(page.locator('#on-paper')).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('#on-paper')).toHaveText(/^Left: tiger cat \(red.*SmoothGrad, 10 samples; noise 15 %.*Network: /);
});
