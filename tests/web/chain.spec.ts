// How many requests one after another the first map waits for: three. Of what a bundler makes: tests/packages/chain.spec.mjs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { assetOf, siteFolder } from './assets.js';
import { converged } from './fixtures.js';
import { startPlain } from './plain_page.js';
import { startHost } from './static_host.js';
import { all, inWaves } from './waves.js';

/** A browser has six connections, and no map waits for these. */
async function withoutRest(page: Page) {
  for (const pattern of [/photos\/small\//, /\.svg$/, /(chart|plot_style)-/]) {
    await page.route(pattern, (route) => route.abort());
  }
}

/** Nor does the element wait for a frame, with which observers have their first word. */
const withoutObservers = (page: Page) =>
  page.addInitScript(() => {
    IntersectionObserver.prototype.observe = () => {};
  });

const engine = ['worker.js', 'smoothgrad-relaxed-threads.web.js', 'smoothgrad-relaxed-threads.wasm'];
const network = 'efficientnet-lite0.onnx';
const ofPackage = [
  ...engine.map((file) => `smoothgrad/${file.replace(/^smoothgrad/, 'wasm/$&')}`),
  `smoothgrad-efficientnet-lite0/${network}`,
];

test('the first page: itself, its scripts, then all that the map is made of', async ({ page }) => {
  const html = readFileSync(join(siteFolder, 'index.html'), 'utf8');
  const links = html.matchAll(/(?:<script [^>]*src|<link rel="(?:modulepreload|stylesheet)"[^>]* href)="\.\/([^"]+)"/g);
  await withoutRest(page);
  const host = await startHost(siteFolder, { headers: true });
  await inWaves(host, async (answer) => {
    await page.goto(`${host.address}?samples=2`, { waitUntil: 'commit' });
    await answer(all([...links].map(([, name]) => name as string)));
    await answer(all([...[...engine, network].map(assetOf), 'photos/rocket.jpg']));
    await converged(page, 2);
  });
});

test('a plain page with the tag: itself, the element, then all that the map is made of', async ({ page }) => {
  await withoutObservers(page);
  const host = await startPlain();
  await inWaves(host, async (answer) => {
    await page.goto(`${host.address}plain.html`, { waitUntil: 'commit' });
    await answer(all(['smoothgrad/element.js']));
    await answer(all([...ofPackage, 'site/photos/rocket.jpg']));
    await expect(page.locator('smooth-grad canvas')).toHaveAttribute('aria-label', /2 of 2/);
  });
});

test('a plain page with a script of its own: itself, the package, then all that the map is made of', async ({ page }) => {
  const script = `
    import { createEngine } from './smoothgrad/index.js';
    const engine = await createEngine({ models: ['efficientnet-lite0'] });
    const model = await engine.loadModel('efficientnet-lite0');
    document.title = (await model.explain(new ImageData(8, 8), { samples: 2 }).attribution()).shape.join();`;
  const html = `<!doctype html><link rel="icon" href="data:,"><script type="module">${script}</script>`;
  const host = await startHost(join(siteFolder, '..'), { headers: true, pages: { 'own.html': html } });
  await inWaves(host, async (answer) => {
    await page.goto(`${host.address}own.html`, { waitUntil: 'commit' });
    await answer(all(['smoothgrad/index.js']));
    await answer(all(ofPackage));
    await expect(page).toHaveTitle('1,3,224,224');
  });
});
