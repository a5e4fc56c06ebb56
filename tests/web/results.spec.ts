// The Results page: every figure on it is the study's, every claim has one, and it reads well everywhere.
import type { Page } from '@playwright/test';
import type { StudyFile } from '../../wasm/js/study/study_file.js';
import { checkAxe, expect, test } from './fixtures.js';

const readStudy = (page: Page) => page.evaluate(async () => (await fetch('results/study.json')).json()) as Promise<StudyFile>;

const openAll = (page: Page) =>
  page.locator('.results details').evaluateAll((all) => {
    for (const details of all) (details as HTMLDetailsElement).open = true;
  });

test.beforeEach(async ({ page, site }) => {
  await page.goto(site.at('results.html'));
});

test('every figure equals that of the file, every part has its section, every claim a figure', async ({ page }) => {
  const study = await readStudy(page);
  const shown = await page.locator('[data-path]').evaluateAll((nodes) =>
    nodes.map((node) => ({
      path: node.getAttribute('data-path') ?? '',
      value: node.getAttribute('value'),
      text: node.textContent,
    })),
  );
  expect(shown.length).toBeGreaterThan(200);
  const at = (path: string) =>
    path.split('.').reduce((inner: unknown, key) => (inner as Record<string, unknown>)?.[key], study.parts);
  for (const { path, value, text } of shown) {
    const figure = at(path);
    if (typeof figure !== 'number') {
      expect([figure ?? null, text], path).toEqual([null, '–']);
      continue;
    }
    expect(Number(value), path).toBe(figure);
    const read = Number.parseFloat((text as string).replace('−', '-')) / (text?.endsWith('%') ? 100 : 1);
    expect(Math.abs(read - figure), `${path}: ${figure} is written ${text}`).toBeLessThanOrEqual(0.0051);
  }
  const parts = Object.keys(study.parts);
  expect(parts).toEqual(expect.arrayContaining(['rq1', 'rq2', 'rq3', 'rq4']));
  for (const part of parts) await expect(page.locator(`section#${part}`)).toBeVisible();
  const claims = await page.locator('.claim').all();
  expect(claims.length).toBe(await page.locator('.overview li').count());
  for (const claim of claims) expect(await claim.locator('data').count(), (await claim.textContent()) ?? '').toBeGreaterThan(0);
});

test('the verdicts follow their rules', async ({ page }) => {
  const { parts } = await readStudy(page);
  const verdict = (claim: string) => page.locator(`#${claim} .verdict`).innerText();
  const inWords = (cases: boolean[]) => {
    const so = cases.filter(Boolean).length;
    return so === cases.length ? 'held' : 2 * so >= cases.length ? 'held in part' : 'not held';
  };
  /** The verdict, and how many of the comparisons came out so, on the card and at the top. */
  const expectCases = async (claim: string, cases: boolean[]) => {
    expect(await verdict(claim), claim).toMatch(new RegExp(`^\\S ${inWords(cases)}$`));
    const tally = `${cases.filter(Boolean).length} of ${cases.length}`;
    await expect(page.locator(`#${claim} .tally`)).toHaveText(tally);
    await expect(page.locator('.overview li').filter({ has: page.locator(`[href="#${claim}"]`) })).toContainText(tally);
  };
  const { rq1, rq2, rq3, rq5, denoised } = parts;
  if (!rq1 || !rq2 || !rq3 || !rq5 || !denoised) throw new Error('the file has these parts');
  const counted = rq3.pairs.flatMap((row) => (row.counts ? [row.shares] : []));
  const more = counted.filter(({ gradient, smoothgrad }) => smoothgrad.scaled > gradient.scaled).length;
  expect(counted.length).toBeGreaterThanOrEqual(5);
  expect(await verdict('discriminative')).toContain(more >= 0.8 * counted.length ? 'held' : 'not held');
  await expect(page.locator('#discriminative [data-count=pairs]')).toHaveText(String(more));

  const better = (['correlation', 'rankCorrelation', 'structuralSimilarity'] as const).flatMap((key) =>
    [0, 1, 2, 4].map((window) => {
      const of = (magnitude: string) =>
        rq2.views.find(
          (row) => row.samples === 50 && row.window === window && row.magnitude === magnitude && row.reference === 'corrected',
        )?.mean[key] ?? Number.NaN;
      return of('corrected') > of('plain');
    }),
  );
  await expectCases('corrected-against-corrected', better);

  const falls = (['totalVariation', 'highFrequencyShare'] as const).flatMap((key) => {
    const values = rq1.mean.smooth.map((row) => row[key]);
    return values.slice(1).map((value, i) => value < (values[i] as number));
  });
  await expectCases('smoother-with-n', falls);

  const { totalVariation, highFrequencyShare } = rq5.interactions;
  const both = [totalVariation, highFrequencyShare];
  await expectCases(
    'training-and-inference-noise',
    both.map((one) => one.both < Math.min(one.first, one.second)),
  );
  await expectCases(
    'additive-noise',
    both.map(({ interval: [low] }) => low <= 0),
  );

  const counts = denoised.errors.map(({ samples }) => samples);
  const nearest = (['correlation', 'rankCorrelation', 'structuralSimilarity'] as const).flatMap((key) =>
    counts.flatMap((samples) => {
      const sharp = denoised.views.filter((row) => row.samples === samples && row.against === 0);
      const own = sharp.find(({ name }) => name === 'denoised')?.mean[key] ?? Number.NaN;
      return sharp.filter(({ name }) => name !== 'denoised').map(({ mean }) => own > mean[key]);
    }),
  );
  expect(nearest.length).toBe(3 * 4 * 4);
  await expectCases('denoised-nearest', nearest);
  await expectCases(
    'denoised-error',
    denoised.errors.flatMap(({ photos }) => photos.map((one) => Math.abs(one.predicted - one.denoised) < 0.1 * one.denoised)),
  );
  await expectCases(
    'denoised-dark',
    denoised.looks.flatMap(({ photos }) => photos.map(({ darkDenoised }) => darkDenoised <= 1.1)),
  );
});

test('pictures are there, and the navigation knows the page', async ({ page }) => {
  await expect(page.getByRole('link', { name: 'Results' })).toHaveAttribute('aria-current', 'page');
  for (const strip of await page.locator('.strips > [role=group]').all()) {
    await expect(strip.locator('p')).toHaveText((await strip.getAttribute('aria-label')) as string);
  }
  await openAll(page);
  const pictures = page.locator('.shot img');
  expect(await pictures.count()).toBeGreaterThan(20);
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(224);
  }
});

test('the first screen leads to each claim, which fits on one, and on to the next', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  const links = page.locator('.overview a');
  const claims = page.locator('.claim');
  const ids = await claims.evaluateAll((all) => all.map(({ id }) => id));
  const listed = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')?.slice(1)));
  expect([...listed].sort()).toEqual([...ids].sort());
  await expect(links.last()).toBeInViewport();
  for (const claim of await claims.all()) {
    expect((await claim.boundingBox())?.height, (await claim.getAttribute('id')) ?? '').toBeLessThanOrEqual(900);
  }
  await links.first().click();
  for (const id of ids.slice(1)) {
    await page.locator('.claim:target').getByRole('link', { name: 'Next claim' }).click();
    await expect(page.locator('.claim:target')).toHaveAttribute('id', id);
  }
  await page.locator('.claim:target').getByRole('link', { name: 'All claims' }).click();
  await expect(links.first()).toBeInViewport();
});

test('a claim is tried on the photo in view, with the settings of the claim alone', async ({ page, site }) => {
  await page.goto(`${site.at('results.html')}?photo=coffee&target=505&noise=0.4&window=3`);
  const href = await page.locator('#discriminative [data-try]').getAttribute('href');
  expect(href).toContain('left=coffee');
  await page.locator('#root-n').getByRole('link', { name: 'Try on my photo' }).click();
  await expect(page.locator('#subject')).toHaveText(/coffeepot/);
  const { searchParams } = new URL(page.url());
  const settings = { method: 'smoothgrad', samples: '800', until: 'never' };
  expect(Object.fromEntries(searchParams)).toEqual({ photo: 'coffee', target: '505', ...settings });
});

test('on paper every claim has its rule, and what is folded away is left out unless it is opened', async ({ page }) => {
  const pages = async () => (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  const folded = await pages();
  expect(folded).toBeLessThanOrEqual(14);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.claim .rule').first()).toBeVisible();
  await expect(page.locator('.claim .try-on').first()).toBeHidden();
  await expect(page.locator('.question table').last()).toBeHidden();
  await openAll(page);
  await expect(page.locator('.question table').last()).toBeVisible();
  expect(await pages()).toBeGreaterThan(folded);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('everything is there to read', async ({ page }) => {
    await expect(page.getByRole('heading', { name: 'Do the paper’s claims hold?' })).toBeVisible();
    await expect(page.locator('.claim').first()).toBeVisible();
    await expect(page.getByRole('img', { name: /^Error of the mean against/ })).toBeVisible();
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test.describe(`${colorScheme}, ${width} wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });

      test('axe finds nothing, nothing overflows, no label leaves its chart', async ({ page }) => {
        await openAll(page);
        await checkAxe(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        const outside = await page.locator('.plot text').evaluateAll((labels) =>
          labels
            .filter((label) => {
              const [own, chart] = [label.getBoundingClientRect(), (label.closest('svg') as Element).getBoundingClientRect()];
              return own.left < chart.left - 1 || own.right > chart.right + 1 || own.bottom > chart.bottom + 1;
            })
            .map((label) => label.textContent),
        );
        expect(outside).toEqual([]);
      });
    });
  }
}
