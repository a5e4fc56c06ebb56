// A plain host below a path that sends the site to pages with a service worker, and what those pages have kept of it.
import { test as base, expect, type Page } from '@playwright/test';
import { siteFolder } from './assets.js';
import { converged } from './fixtures.js';
import { type Host, startHost } from './static_host.js';

/** The site lies below it. */
export const path = '/somebody/photos/';

interface Options {
  headers: boolean;
}

export const test = base.extend<Options & { host: Host; wrong: string[] }>({
  headers: [false, { option: true }],
  serviceWorkers: 'allow',
  host: async ({ headers }, use) => {
    const host = await startHost(siteFolder, { path, headers });
    await use(host);
    await host.close();
  },
  wrong: [
    async ({ page, context, host }, use) => {
      const wrong: string[] = [];
      page.on('pageerror', (error) => wrong.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
      // Also those of the service worker.
      context.on('request', (request) => {
        if (!request.url().startsWith(host.address) && !/^(blob|data):/.test(request.url())) wrong.push(request.url());
      });
      await use(wrong);
    },
    { auto: true },
  ],
});

export const kept = (page: Page) => expect(page.locator('#offline')).toBeVisible();

/** The first visit: a map, and then everything else comes. */
export async function visit(page: Page, host: Host) {
  await page.goto(`${host.address}?samples=2`);
  await converged(page, 2);
  await kept(page);
}

/** The addresses of what lies in the caches, without digests. */
export const storedOf = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => url.replace(/\?sha256.*$/, ''));
  });

export { expect };
