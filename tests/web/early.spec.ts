// Nothing that the first map is made of waits for another without need: what is asked for while answers are kept back.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { assetOf, siteFolder } from './assets.js';
import { blocked, converged, expect } from './fixtures.js';
import { type Host, startHost } from './static_host.js';

const network = assetOf('efficientnet-lite0.onnx');
const worker = assetOf('worker.js');

const test = base.extend<{ host: Host }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
  host: async ({}, use) => {
    const host = await startHost(siteFolder, { headers: true });
    await use(host);
    await host.close();
  },
});

/** A message for each line of the console that says something is wrong, such as what was asked for in vain. */
function watchConsole(page: Page): string[] {
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && message.text() !== blocked) wrong.push(message.text());
  });
  return wrong;
}

const isProgram = (name: string) => /smoothgrad-(relaxed|simd)-threads(-[\w-]{8})?\.wasm$/.test(name);
const asksFor = (host: Host, names: (string | typeof isProgram)[]) =>
  expect
    .poll(() => names.map((name) => host.asked.some((asked) => (typeof name === 'string' ? asked === name : name(asked)))))
    .toEqual(names.map(() => true));

/** The page's own scripts cannot run without it. */
const isEngine = (name: string) => /^assets\/smoothgrad-[\w-]{8}\.js$/.test(name);

for (const [file, photo] of Object.entries({ 'index.html': 'rocket.jpg', 'guide.html': 'camera.webp' })) {
  test(`${file}: the engine, the network and the photo are asked for before any script of the page runs`, async ({
    page,
    host,
  }) => {
    const release = host.hold(isEngine);
    await page.goto(host.address + file, { waitUntil: 'commit' });
    await asksFor(host, [network, isProgram, `photos/${photo}`]);
    expect(host.asked).not.toContain(worker);
    release();
  });
}

test('up to the first map each is asked for once, and no module that the page does not name', async ({ page, host }) => {
  const wrong = watchConsole(page);
  await page.goto(`${host.address}?samples=2`);
  await converged(page, 2);
  const text = await readFile(join(siteFolder, 'index.html'), 'utf8');
  const often = host.asked.filter((name, i) => host.asked.indexOf(name) !== i);
  // The glue is fetched for the worker, whose threads are made of it; this host lets the browser keep nothing.
  expect(often.filter((name) => !/\.web-[\w-]+\.js$/.test(name))).toEqual([]);
  const later = /^assets\/(worker|chart|plot_style|smoothgrad-(relaxed|simd)(-threads)?\.web)-/;
  expect(host.asked.filter((name) => name.endsWith('.js') && !later.test(name) && !text.includes(`"./${name}"`))).toEqual([]);

  // The same network with other weights is no other file.
  await page.goto(`${host.address}?samples=2&randomised=1`);
  await converged(page, 2);
  expect(host.asked.filter((name) => name === network)).toHaveLength(2);
  expect(wrong).toEqual([]);
});

test('another network and photo in the address are asked for instead', async ({ page, host }) => {
  const wrong = watchConsole(page);
  const release = host.hold(isEngine);
  await page.goto(`${host.address}?samples=2&model=mnist-noise-10&photo=digit-4`, { waitUntil: 'commit' });
  await asksFor(host, [assetOf('mnist-noise-10.onnx'), isProgram, 'photos/digit-4.png']);
  release();
  await converged(page, 2);
  expect(host.asked).not.toContain(network);
  expect(host.asked).not.toContain('photos/rocket.jpg');
  expect(wrong).toEqual([]);
});

test('what is loaded from a page has a name that changes with it', async ({ page, host }) => {
  await page.goto(`${host.address}?samples=2`);
  await converged(page, 2);
  // Photos are for links and embeds too; the browser asks for the service worker anew each time.
  const plain = /^(photos\/.*|index\.html|language\.js|service_worker\.js|favicon\.svg|manifest\.webmanifest)$/;
  expect(host.asked.filter((name) => !/^assets\/.+-[\w-]{8}\.\w+$/.test(name) && !plain.test(name))).toEqual([]);
});
