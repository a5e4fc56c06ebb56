// The package's folders beside a plain page.
import { test as base, expect, type Page } from '@playwright/test';
import { startPlain } from './plain_page.js';
import type { Host } from './static_host.js';

const test = base.extend<{ host: Host }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
  host: async ({}, use) => {
    const host = await startPlain();
    await use(host);
    await host.close();
  },
});

const label = (page: Page) => page.locator('smooth-grad canvas');

test('one engine for all ways to write its folder, and another once it was closed', async ({ page, host }) => {
  await page.goto(`${host.address}plain.html`);
  const element = page.locator('smooth-grad');
  await expect(label(page)).toHaveAttribute('aria-label', /2 of 2/);
  const same = await page.evaluate(async () => {
    const { sharedEngine } = await import(new URL('smoothgrad/element.js', document.baseURI).href);
    // As another copy of the package would have it.
    const copy = await import(new URL('smoothgrad/element.js?copy', document.baseURI).href);
    const absolute = new URL('smoothgrad/', document.baseURI).href;
    const written = ['smoothgrad', 'smoothgrad/', './smoothgrad/', absolute];
    const engines = await Promise.all(written.map((assets) => sharedEngine({ assets })));
    const own = await sharedEngine();
    const result = [new Set(engines).size, own === engines[0], own === (await copy.sharedEngine())];
    engines[0].close();
    own.close();
    return [...result, (await own.closed).code, own === (await sharedEngine())];
  });
  expect(same).toEqual([1, false, true, 'closed', false]);
  await element.evaluate((node) => Object.assign(node, { samples: 4 }));
  await element.evaluate((node) => (node as HTMLElement & { restart(): void }).restart());
  await expect(label(page)).toHaveAttribute('aria-label', /4 of 4/);
});

test('no network is read twice, by whatever copy and for whatever engine', async ({ page, host }) => {
  await page.goto(`${host.address}plain.html`);
  await expect(label(page)).toHaveAttribute('aria-label', /2 of 2/);
  await page.evaluate(async () => {
    const { createEngine } = await import(new URL('smoothgrad/index.js', document.baseURI).href);
    for (const models of [[], ['efficientnet-lite0']]) {
      const engine = await createEngine({ threads: 1, models });
      await engine.loadModel('efficientnet-lite0');
      engine.close();
    }
  });
  expect(host.asked.filter((name) => name.endsWith('.onnx'))).toHaveLength(1);
});

test('the bar says how much of the network has come', async ({ page, host }) => {
  await page.addInitScript(() => {
    const { fetch } = window;
    const half = new Uint8Array(9338578 / 2);
    window.fetch = async (address, options) => {
      if (!String(address).endsWith('.onnx')) return fetch(address, options);
      return new Response(new ReadableStream({ start: (controller) => controller.enqueue(half) }));
    };
  });
  await page.goto(`${host.address}plain.html`);
  const bar = page.locator('smooth-grad [part=bar]');
  await expect(bar).toHaveCSS('opacity', '1');
  await expect(bar).toHaveAttribute('style', 'transform: scaleX(0.5);');
});
