// `npm run bench -- --cold`: from opening the first page, or a plain one, with nothing kept to its first map, on a slow line and a slow processor,
// and what was asked for when on the way there.
import { cpus } from 'node:os';
import { chromium } from '@playwright/test';
import { plainPage } from '../plain_page.mjs';
import { launchOptions } from './chromium.mjs';
import { watchCanvases } from './first_map.mjs';
import { slowHost } from './slow_host.mjs';
import { stepsOf, watchCalls } from './watch_calls.mjs';

export const line = { latencyMs: 150, bitsPerSecond: 4e6 };
/** Of the page's own thread; Chromium leaves workers as they are. */
export const slowdown = 6;
const patienceMs = 300_000;

/** For each, how many requests came one after another up to it: one more than the longest chain that had ended when it was asked. */
function withDepths(requests) {
  const known = [];
  for (const request of requests) {
    const ended = known.filter(({ end }) => end !== undefined && end <= request.at);
    known.push({ ...request, depth: 1 + Math.max(0, ...ended.map(({ depth }) => depth)) });
  }
  return known;
}

async function open({ folder, page: name = '' }) {
  const host = await slowHost(folder, line, { 'plain.html': plainPage });
  const browser = await chromium.launch(launchOptions);
  try {
    const page = await browser.newPage();
    const client = await page.context().newCDPSession(page);
    await client.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await page.addInitScript(watchCanvases);
    await page.addInitScript(watchCalls);
    await page.goto(host.address + name, { waitUntil: 'commit' });
    const firstMap = () => {
      const first = Math.min(...Object.values(window.drawn ?? {}));
      return first < Infinity && performance.timeOrigin + first;
    };
    const drawn = await page.waitForFunction(firstMap, null, { timeout: patienceMs });
    const begin = host.asked[0].at;
    const end = await drawn.jsonValue();
    const { origin, called } = await page.evaluate(() => ({ origin: performance.timeOrigin, called: window.called }));
    const requests = withDepths(host.asked.filter(({ at }) => at <= end));
    return {
      version: browser.version(),
      firstMapMs: end - begin,
      steps: stepsOf(called).map(([what, atMs]) => ({ what, atMs: origin + atMs - begin })),
      requests: requests.map(({ name, at, end, bytes, depth }) => ({
        ...{ name, bytes, depth, atMs: at - begin },
        endMs: end === undefined ? undefined : end - begin,
      })),
    };
  } finally {
    await browser.close();
    await host.close();
  }
}

/** Of some turns the one in the middle; `page`: else the folder's first one. */
export async function measureColdStart(what, { rounds }, say) {
  const turns = [];
  for (let i = 0; i < rounds; ++i) {
    say(`opening the page, ${i + 1} of ${rounds}`);
    turns.push(await open(what));
  }
  const { version, ...middle } = turns.toSorted((a, b) => a.firstMapMs - b.firstMapMs)[Math.floor(rounds / 2)];
  return { machine: cpus()[0].model.trim(), cores: cpus().length, runtime: `Chromium ${version}`, coldStart: middle };
}
