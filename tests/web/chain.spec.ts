// How many requests one after another the first map waits for: three. The host answers in waves, the page being the first. All that is
// named of a wave has to be asked for before anything of it is answered; what is asked for after the last one never is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { assetOf, siteFolder } from './assets.js';
import { converged } from './fixtures.js';
import { startPlain } from './plain_page.js';
import { type Host, startHost } from './static_host.js';

/** Answers what was asked for, once these files were. What had an answer has it again: this host lets the browser keep nothing. */
type Answer = (names: readonly string[]) => Promise<void>;

async function inWaves(host: Host, page: Page, follow: (answer: Answer) => Promise<void>) {
  // A browser has six connections, and no map waits for these.
  for (const pattern of [/photos\/small\//, /\.svg$/, /(chart|plot_style)-/]) {
    await page.route(pattern, (route) => route.abort());
  }
  let release = host.hold((name) => !name.endsWith('.html'));
  try {
    await follow(async (names) => {
      await expect.poll(() => names.filter((name) => !host.asked.includes(name))).toEqual([]);
      release();
      const answered = new Set(host.asked);
      release = host.hold((name) => !answered.has(name));
    });
  } finally {
    await host.close();
  }
}

const engine = ['worker.js', 'smoothgrad-relaxed-threads.web.js', 'smoothgrad-relaxed-threads.wasm'];
const network = 'efficientnet-lite0.onnx';

test('the first page: itself, its scripts, then all that the map is made of', async ({ page }) => {
  const html = readFileSync(join(siteFolder, 'index.html'), 'utf8');
  const links = html.matchAll(/(?:<script [^>]*src|<link rel="(?:modulepreload|stylesheet)"[^>]* href)="\.\/([^"]+)"/g);
  const host = await startHost(siteFolder, { headers: true });
  await inWaves(host, page, async (answer) => {
    await page.goto(`${host.address}?samples=2`, { waitUntil: 'commit' });
    await answer([...links].map(([, name]) => name as string));
    await answer([...[...engine, network].map(assetOf), 'photos/rocket.jpg']);
    await converged(page, 2);
  });
});

test('a plain page with the tag: itself, the element, then all that the map is made of', async ({ page }) => {
  // Nor does it wait for a frame, with which observers have their first word.
  await page.addInitScript(() => {
    IntersectionObserver.prototype.observe = () => {};
  });
  const host = await startPlain();
  await inWaves(host, page, async (answer) => {
    await page.goto(`${host.address}plain.html`, { waitUntil: 'commit' });
    await answer(['smoothgrad/element.js']);
    await answer([
      ...engine.map((file) => `smoothgrad/${file.replace(/^smoothgrad/, 'wasm/$&')}`),
      ...[`smoothgrad-efficientnet-lite0/${network}`, 'site/photos/rocket.jpg'],
    ]);
    await expect(page.locator('smooth-grad canvas')).toHaveAttribute('aria-label', /2 of 2/);
  });
});
