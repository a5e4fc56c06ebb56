import { expect, test } from '@playwright/test';
import { isolation, serve } from './serve.mjs';
import { site } from './site.mjs';
import { shows, works } from './told.mjs';

const plain = {
  name: 'plain',
  overlay: ['bundled', 'plain'],
  build: [
    ['mkdir', 'dist'],
    ...['index.html', 'map.html', 'frame.html', 'main.js', 'explain.js', 'public/cat.webp'].map((file) => [
      'cp',
      file,
      'dist/',
    ]),
    ['cp', '-r', 'node_modules/smoothgrad', 'node_modules/smoothgrad-efficientnet-lite0', 'dist/'],
  ],
};

const policy = "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'";
let folder;
const closers = [];

async function at(headers, change) {
  const { address, close } = await serve(folder, headers, change);
  closers.push(close);
  return address;
}

test.beforeAll(async () => {
  const built = await site(plain);
  folder = built.what;
});

test.afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

for (const isolated of [true, false]) {
  const headers = isolated ? isolation : {};
  const threads = isolated ? 2 : 1;
  const how = isolated ? 'isolated' : 'not isolated';

  test(`the folder beside the page, ${how}`, async ({ page }) => {
    await page.goto(await at({ ...headers, 'content-security-policy': policy }));
    await works(page, threads);
    await page.goto(new URL('map.html', page.url()).href);
    await shows(page);
  });

  test(`the folder on another origin, ${how}`, async ({ page }) => {
    const elsewhere = new URL('smoothgrad/', await at(isolation)).href;
    await page.goto(await at(headers, (text) => text.replaceAll('./smoothgrad/', elsewhere)));
    await works(page, threads);
    expect(page.workers().length).toBeGreaterThan(0);
  });

  test(`the folder on another origin, named by assets, ${how}`, async ({ page }) => {
    const elsewhere = new URL('smoothgrad', await at(isolation)).href;
    const named = (text) =>
      text
        .replace('{ threads: 2 }', `{ threads: 2, assets: '${elsewhere}' }`)
        .replace('threads="2"', `threads="2" assets="${elsewhere}"`);
    await page.goto(await at(headers, named));
    await works(page, threads);
    expect(page.workers().length).toBeGreaterThan(0);
  });

  test(`Trusted Types, ${how}`, async ({ page }) => {
    const trusted = `${policy}; require-trusted-types-for 'script'; trusted-types smoothgrad`;
    await page.goto(await at({ ...headers, 'content-security-policy': trusted }));
    await works(page, threads);
    expect(page.workers().length).toBeGreaterThan(0);
  });

  test(`a sandboxed frame, ${how}`, async ({ page }) => {
    await page.goto(new URL('frame.html', await at(headers)).href);
    await works(page.frameLocator('iframe'), threads);
  });
}

test('where no worker may start, the page computes itself and says so', async ({ page }) => {
  const warnings = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  await page.goto(await at({ ...isolation, 'content-security-policy': `${policy}; worker-src 'none'` }));
  const { singleThreadReason } = await works(page, 1);
  expect(singleThreadReason).toMatch(/No worker could be started .*page's own thread/);
  expect(warnings.join('\n')).toContain(singleThreadReason);
  expect(page.workers()).toEqual([]);
});
