// Pictures of what the site promises (web/README.md): each of the ten on a wide screen, light and dark, on two phones, on paper and in
// forced colours, beside each other. `npm run tour -- FOLDER [NUMBER ...]`
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { meansOfChannels } from '../tests/node/support/onnx.mjs';
import { serve } from '../wasm/tasks/serve.mjs';

const photo = (name) => join(import.meta.dirname, 'photos', name);
const isDone = (page, count) => page.locator('#count', { hasText: `${count} of` }).waitFor();
const unfold = (page, words) => page.getByText(words, { exact: true }).click();

/** Of each: the page, what is done there, and what is to be seen. */
const stops = [
  {
    name: '01-guide',
    file: 'guide.html',
    async go(page) {
      await page.locator('#copies').scrollIntoViewIfNeeded();
      for (let i = 0; i < 4; ++i) await page.locator('#copies-next').click();
      await page.locator('#copies-words', { hasText: '5' }).waitFor();
    },
    at: '#copies',
  },
  {
    name: '02-one-app',
    file: '?samples=30',
    async go(page) {
      await page.locator('#file').setInputFiles(photo('coffee.webp'));
      await page.locator('#subject', { hasText: /espresso|cup/ }).waitFor();
      await isDone(page, 30);
    },
  },
  {
    name: '03-verdict',
    file: '?samples=60',
    async go(page) {
      await isDone(page, 60);
      await unfold(page, 'Test this map');
      await page.locator('#test').click();
      await page.locator('#test-table').waitFor();
    },
    at: '#verdict',
  },
  {
    name: '04-reading',
    file: '?photo=chelsea&target=282&versus=285&channels=signed-sum&samples=40&view=overlay',
    go: (page) => isDone(page, 40),
  },
  {
    name: '05-model',
    file: '?samples=2',
    async go(page) {
      const buffer = Buffer.from(
        meansOfChannels(
          [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
          ],
          { input: [1, 3, -1, -1] },
        ),
      );
      await page.locator('#model-file').setInputFiles({ name: 'colours.onnx', mimeType: 'application/octet-stream', buffer });
      await page.locator('#sheet-status', { hasText: 'First comes' }).waitFor();
    },
  },
  {
    name: '06-compare',
    file: 'compare.html?columns=method&samples=10',
    go: (page) => page.locator('#grid td[data-state=done]').nth(3).waitFor(),
  },
  {
    name: '07-touch',
    file: '?samples=10',
    async go(page) {
      await page.locator('#file').setInputFiles(photo('rocket.jpg'));
      await page.locator('#crop').click();
      await page.locator('#crop-square').waitFor();
    },
  },
  {
    name: '08-offline',
    file: '?samples=10',
    async go(page) {
      await page.locator('#offline').waitFor();
      await page.context().setOffline(true);
      await page.reload();
      await isDone(page, 10);
    },
    at: '#offline',
  },
  {
    name: '09-japanese',
    file: '?lang=ja&samples=60',
    go: (page) => page.locator('#verdict', { hasText: '信頼' }).waitFor(),
  },
  { name: '10-results', file: 'results.html', go: (page) => page.locator('.overview').first().waitFor() },
  {
    name: '11-two-objects',
    file: 'pair.html?samples=50',
    go: (page) => page.locator('#count', { hasText: '50 of 50' }).waitFor(),
  },
  {
    name: '12-digit-lab',
    file: 'lab.html?samples=20',
    go: (page) => page.locator('#count', { hasText: /^20 samples/ }).waitFor(),
  },
];

const looks = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
  { width: 320, colorScheme: 'dark' },
  { width: 794, colorScheme: 'light', media: 'print' },
  { width: 1280, colorScheme: 'dark', forcedColors: 'active' },
];
const height = 860;

/** Beside each other, on one picture. */
async function beside(pictures, file) {
  const gap = 16;
  const sizes = await Promise.all(pictures.map(async (picture) => (await sharp(picture).metadata()).width));
  const width = sizes.reduce((sum, size) => sum + size + gap, gap);
  let left = gap;
  const composed = pictures.map((input, i) => {
    const at = { input, top: gap, left };
    left += sizes[i] + gap;
    return at;
  });
  const sheet = sharp({ create: { width, height: height + 2 * gap, channels: 3, background: '#888' } }).composite(composed);
  await sheet.png({ palette: true }).toFile(file);
}

const [folder, ...only] = process.argv.slice(2);
if (folder === undefined) throw new Error('npm run tour -- FOLDER: where are the pictures to go?');
await mkdir(folder, { recursive: true });
const site = await serve();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const { name, file, go, at } of stops.filter(
    ({ name }) => only.length === 0 || only.includes(String(Number(name.slice(0, 2)))),
  )) {
    const page = await browser.newPage({ viewport: { width: 1280, height } });
    page.setDefaultTimeout(120_000);
    await page.goto(site.address + file);
    await go(page);
    const pictures = [];
    for (const { width, colorScheme, media = 'screen', forcedColors = 'none' } of looks) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, media, forcedColors, reducedMotion: 'reduce' });
      await page.evaluate((at) => (at ? document.querySelector(at)?.scrollIntoView({ block: 'center' }) : scrollTo(0, 0)), at);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      pictures.push(await page.screenshot({ animations: 'disabled' }));
    }
    await beside(pictures, join(folder, `${name}.png`));
    console.log(join(folder, `${name}.png`));
    await page.close();
  }
} finally {
  await browser.close();
  await site.close();
}
