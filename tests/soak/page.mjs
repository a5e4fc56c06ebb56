// A page in Chromium and what it holds: counted by the browser (listeners, nodes, heap, the renderer's memory), and by the page itself
// (workers that were not ended, object URLs that were not given back).
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { serve } from '../../wasm/tasks/serve.mjs';
import { launchOptions } from '../bench/chromium.mjs';

const megabyte = 2 ** 20;

/** Runs in the page before its scripts do. */
function count() {
  const held = { workers: 0, urls: 0 };
  Object.assign(window, { held });
  const { Worker: Plain } = window;
  window.Worker = class extends Plain {
    constructor(...args) {
      super(...args);
      held.workers++;
    }
    terminate() {
      held.workers--;
      super.terminate();
    }
  };
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (object) => {
    held.urls++;
    return createObjectURL.call(URL, object);
  };
  URL.revokeObjectURL = (url) => {
    held.urls--;
    revokeObjectURL.call(URL, url);
  };
}

/** -> {page, address, look, close}; `look` gives a row of figures. */
export async function openPage() {
  const host = await serve({ isolated: true });
  const browser = await chromium.launch(launchOptions);
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(300_000);
  await page.addInitScript(count);
  const client = await context.newCDPSession(page);
  const ofBrowser = await browser.newBrowserCDPSession();
  await client.send('Performance.enable');

  async function rendererMemory() {
    const { processInfo } = await ofBrowser.send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter(({ type }) => type === 'renderer');
    const pages = renderers.map(({ id }) => Number(readFileSync(`/proc/${id}/statm`, 'utf8').split(' ')[1]));
    return (Math.max(...pages) * 4096) / megabyte;
  }

  async function look() {
    for (let i = 0; i < 2; i++) await client.send('HeapProfiler.collectGarbage');
    const { metrics } = await client.send('Performance.getMetrics');
    const of = (name) => metrics.find((metric) => metric.name === name).value;
    return {
      ...{ listeners: of('JSEventListeners'), nodes: of('Nodes'), heap: of('JSHeapUsedSize') / megabyte },
      ...{ renderer: await rendererMemory(), ...(await page.evaluate(() => window.held)) },
    };
  }

  return {
    ...{ page, address: host.address, look },
    async close() {
      await browser.close();
      await host.close();
    },
  };
}

/** Waits until the first page's map is made of all its samples. */
export const converged = (page, samples) =>
  page.waitForFunction(
    (samples) => document.querySelector('#count')?.textContent === `${samples} of ${samples} samples`,
    samples,
  );

/** The map on the stage. */
export const mapOf = (page) => page.evaluate(() => Array.from(document.querySelector('#map').raw.map));
