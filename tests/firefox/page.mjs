// A page of the site in Firefox, watched for errors and for requests elsewhere.
import assert from 'node:assert/strict';
import puppeteer from 'puppeteer-core';
import { serve } from '../../wasm/tasks/serve.mjs';

const patienceMs = 180_000;

/** -> {version, use, close}; `use` gives a page of a mode to `work` and closes it. */
export async function openFirefox() {
  const hosts = { isolated: await serve({ isolated: true }), single: await serve({ isolated: false }) };
  const executablePath = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });

  async function use(mode, work, before = () => {}) {
    const { address } = hosts[mode];
    const page = await browser.newPage();
    page.setDefaultTimeout(patienceMs);
    await page.setViewport({ width: 1280, height: 900 });
    const wrong = [];
    page.on('console', (message) => ['error', 'warn'].includes(message.type()) && wrong.push(message.text()));
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(address) && !/^(blob|data|about):/.test(request.url())) wrong.push(request.url());
    });
    await before(page);
    const open = (search = '', file = '') => {
      const parameters = new URLSearchParams(search);
      // Each page by itself: none is taken from what a service worker keeps.
      parameters.set('isolate', '0');
      return page.goto(`${address}${file}?${parameters}`);
    };
    try {
      await work({ page, open, wrong, ...waits(page) });
      assert.deepEqual(wrong, [], 'console errors and requests elsewhere');
    } finally {
      await page.close();
    }
  }

  return {
    version: await browser.version(),
    use,
    async close() {
      await browser.close();
      await Promise.all(Object.values(hosts).map((host) => host.close()));
    },
  };
}

/** Waits for states. */
function waits(page) {
  const text = (selector) => page.evaluate((selector) => document.querySelector(selector)?.textContent ?? '', selector);
  const says = (selector, pattern) =>
    page
      .waitForFunction(
        (selector, source) => new RegExp(source).test(document.querySelector(selector)?.textContent ?? ''),
        {},
        selector,
        pattern.source,
      )
      .catch(async () => assert.fail(`${selector} says "${await text(selector)}", not ${pattern}`));
  const label = (selector, pattern) =>
    page.waitForFunction(
      (selector, source) => {
        const [tag, inner] = selector.split(' ');
        const element = document.querySelector(tag);
        const node = element?.querySelector(inner) ?? element?.shadowRoot?.querySelector(inner);
        return new RegExp(source).test(node?.getAttribute('aria-label') ?? '');
      },
      {},
      selector,
      pattern.source,
    );
  const click = (selector) => page.evaluate((selector) => document.querySelector(selector).click(), selector);
  /** The bytes of the map on the stage. */
  const map = () => page.evaluate(() => Array.from(document.querySelector('#map').raw.map));
  const drop = (name, from, bytes = []) =>
    page.evaluate(
      async (name, from, bytes) => {
        const content = from ? await (await fetch(from)).blob() : new Blob([new Uint8Array(bytes)]);
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([content], name, { type: from ? content.type : 'image/jpeg' }));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      },
      ...[name, from, bytes],
    );
  return { text, says, label, click, map, drop };
}
