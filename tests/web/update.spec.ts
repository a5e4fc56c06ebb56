// A later build of the site, while an earlier one is kept in the browser.
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeServiceWorker } from '../../wasm/tasks/offline.mjs';
import { assetOf, siteFolder } from './assets.js';
import { converged, framesPass } from './fixtures.js';
import { expect, kept, storedOf, test, visit } from './kept_site.js';
import type { Host } from './static_host.js';

/** A network whose name changes with what is in it. */
const asset = assetOf('mnist-noise-10.onnx');
const renamed = asset.replace('mnist-noise-10', 'mnist-noise-later');
const folders: string[] = [];
test.afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** The site with another first page and another name of a file. */
async function laterBuild(name: string) {
  const folder = await mkdtemp(join(tmpdir(), 'site-'));
  folders.push(folder);
  await cp(siteFolder, folder, { recursive: true });
  const page = join(folder, 'index.html');
  await writeFile(page, (await readFile(page, 'utf8')).replace('<html ', `<html data-build="${name}" `));
  await rename(join(folder, asset), join(folder, renamed));
  await writeServiceWorker(folder);
  return folder;
}

const wholeBuilds = (page: Page) =>
  page.evaluate(async () => {
    const name = (await caches.keys()).find((name) => name.startsWith('smoothgrad builds'));
    return name === undefined ? 0 : (await (await caches.open(name)).keys()).length;
  });

const opened = (page: Page, host: Host) => page.goto(`${host.address}?samples=3`).then(() => converged(page, 3));

/** The earlier build is shown while the later one arrives. */
async function arrives(page: Page, host: Host) {
  await visit(page, host);
  host.folder = await laterBuild('later');
  host.asked.length = 0;
  await opened(page, host);
  await expect(page.locator('html')).not.toHaveAttribute('data-build');
  await expect.poll(() => wholeBuilds(page)).toBe(2);
  // Nothing is fetched again that is the same.
  expect(new Set(host.asked)).toEqual(new Set(['service_worker.js', 'index.html', renamed]));
}

test('a later build is what the next visit opens, which is loaded once', async ({ page, host, wrong }) => {
  await arrives(page, host);
  let loads = 0;
  page.on('load', () => ++loads);
  await opened(page, host);
  await expect(page.locator('html')).toHaveAttribute('data-build', 'later');
  await framesPass(page, 60);
  expect(loads).toBe(1);
  await kept(page);
  await host.close();
  await opened(page, host);
  await expect(page.locator('html')).toHaveAttribute('data-build', 'later');
  expect(wrong).toEqual([]);
});

test('a later build leaves a page that is open the files of its own build', async ({ page, host, context }) => {
  await arrives(page, host);
  const other = await context.newPage();
  await opened(other, host);
  await expect(other.locator('html')).toHaveAttribute('data-build', 'later');
  const statusOf = (name: string) => page.evaluate(async (name) => (await fetch(name)).status, name);
  expect([await statusOf(asset), await statusOf(renamed)]).toEqual([200, 200]);
  expect(host.asked).not.toContain(asset);
});

test('the browser forgets what only the builds before the last two had', async ({ page, host }) => {
  await arrives(page, host);
  host.folder = await laterBuild('latest');
  await opened(page, host);
  await expect(page.locator('html')).toHaveAttribute('data-build', 'later');
  await expect.poll(async () => (await storedOf(page)).includes(host.address + asset)).toBe(false);
  expect(await wholeBuilds(page)).toBe(2);
  await opened(page, host);
  await expect(page.locator('html')).toHaveAttribute('data-build', 'latest');
});

test('a build that is taken back gives way to the one before', async ({ page, host }) => {
  await arrives(page, host);
  await opened(page, host);
  await expect(page.locator('html')).toHaveAttribute('data-build', 'later');
  host.folder = siteFolder;
  await expect(async () => {
    await opened(page, host);
    await expect(page.locator('html')).not.toHaveAttribute('data-build', { timeout: 1000 });
  }).toPass();
});
