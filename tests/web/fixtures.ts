// What every test gets: the site with or without cross-origin isolation, and a watch for errors and for requests elsewhere.
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { serve } from '../../wasm/tasks/serve.mjs';
import { assetOf, siteFolder } from './assets.js';

export type Mode = 'isolated' | 'single';

interface Sites {
  isolated: string;
  single: string;
}

interface Options {
  mode: Mode;
  /** Console errors that a test brings about on purpose. */
  expected: RegExp;
}

interface Site {
  /** Opens a page (else the first) with these parameters; without isolation the service worker is left off too. */
  open(search?: string, file?: string): Promise<void>;
  /** The address of a file of the site. */
  at(file: string): string;
  /** The same, of one that the build has named. */
  asset(file: string): string;
}

const nothing = /(?!)/;
/** Playwright's word for it, where a test has no service worker. */
export const blocked = 'Service Worker registration blocked by Playwright';

/** What the page says of itself, for who reads why a test has failed. */
const wordsOf = (page: Page) =>
  page
    .evaluate(() => [
      document.readyState,
      ...[...document.querySelectorAll('.notice, .status')].map((part) => part.textContent),
    ])
    .catch(String);

export const test = base.extend<Options & { site: Site }, { sites: Sites }>({
  mode: ['isolated', { option: true }],
  expected: [nothing, { option: true }],

  sites: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
    async ({}, use) => {
      const [isolated, single] = await Promise.all([
        serve({ folder: siteFolder, isolated: true }),
        serve({ folder: siteFolder, isolated: false }),
      ]);
      await use({ isolated: isolated.address, single: single.address });
      await Promise.all([isolated.close(), single.close()]);
    },
    { scope: 'worker' },
  ],

  site: async ({ page, sites, mode, expected }, use, testInfo) => {
    const origin = sites[mode];
    const wrong: string[] = [];
    page.on('console', (message) => {
      if (message.text() === blocked) return;
      if (['error', 'warning'].includes(message.type()) && !expected.test(message.text())) wrong.push(message.text());
    });
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(origin) && !/^(blob|data):/.test(request.url()))
        wrong.push(`a request to ${request.url()}`);
    });
    const at = (file: string) => new URL(file, origin).href;
    await use({
      at,
      asset: (file) => at(assetOf(file)),
      async open(search = '', file = '') {
        const parameters = new URLSearchParams(search);
        if (mode === 'single') parameters.set('isolate', '0');
        await page.goto(at(`${file}?${parameters}`));
      },
    });
    if (testInfo.status !== testInfo.expectedStatus) console.log(`${testInfo.title}:`, wrong, await wordsOf(page));
    expect(wrong, 'console errors and requests elsewhere').toEqual([]);
  },
});

export { expect };

interface Handed {
  name: string;
  from?: string;
  bytes?: number[];
}

/** Hands files to the page by a drop or a paste, as the browser would. `on` names where they are dropped. */
export async function hand(page: Page, how: 'drop' | 'paste', files: Handed | Handed[], on = 'body') {
  await page.evaluate(
    async ({ how, files, on }) => {
      const data = new DataTransfer();
      for (const { name, from, bytes } of files) {
        const content = from ? await (await fetch(from)).blob() : new Blob([new Uint8Array(bytes ?? [])]);
        data.items.add(new File([content], name, { type: from ? content.type : 'image/jpeg' }));
      }
      const event =
        how === 'drop'
          ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector(on)?.dispatchEvent(event);
    },
    { how, files: [files].flat(), on },
  );
}

export async function checkAxe(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** What reaches past the right edge of the window, but for what scrolls in itself. */
export const overflowing = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('main *, header *, footer *')]
      .filter(
        (node) =>
          node.getBoundingClientRect().right > innerWidth + 0.5 &&
          !node.closest('math, .uplot, .scroller, .presets, .samples, .digits, pre, .table'),
      )
      .map((node) => node.outerHTML.slice(0, 120)),
  );

export const modes: readonly Mode[] = ['isolated', 'single'];

/** Keeps back what the page asks for under this address until the function that comes back is called. */
export async function hold(page: Page, address: string): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(address, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

/** Waits until the map is made of all its samples. */
export const converged = (page: Page, samples: number) =>
  expect(page.locator('#count')).toHaveText(`${samples} of ${samples} samples`);

/** A number that stands for the picture on a canvas; 0 for an empty one. */
function hash(node: Element) {
  const canvas = node as HTMLCanvasElement;
  if (canvas.width === 0) return 0;
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
  copy?.drawImage(canvas, 0, 0);
  const data = copy?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
  let hash = 0;
  for (let i = 0; i < data.length; i++) if (i % 4 !== 3) hash = (Math.imul(hash, 31) + (data[i] as number)) | 0;
  return hash;
}

/** A number for the picture on the map. */
export const fingerprint = (page: Page, element = '#map') => page.locator(`${element} canvas`).last().evaluate(hash);

/** One for each canvas that the selector finds. */
export const fingerprints = async (page: Page, selector: string) =>
  Promise.all((await page.locator(selector).all()).map((canvas) => canvas.evaluate(hash)));

/** Lets the page draw so many frames. */
export const framesPass = (page: Page, count: number) =>
  page.evaluate(async (count) => {
    for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
  }, count);

/** Waits until a reading stays as it is while many frames are drawn. */
export const steady = (page: Page, read: () => Promise<unknown>) =>
  expect.poll(async () => (await read()) === (await framesPass(page, 60).then(read))).toBe(true);
