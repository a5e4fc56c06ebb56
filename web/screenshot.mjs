// The README's picture: the built page with the real engine, photographed. `npm run screenshot [-- FOLDER]` (else dist/site)
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { serve } from '../wasm/tasks/serve.mjs';

const output = join(import.meta.dirname, 'screenshot.png');
const samples = 200;

const [folder] = process.argv.slice(2);
const site = await serve(folder === undefined ? {} : { folder });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme: 'light' });
  await page.goto(`${site.address}?samples=${samples}`);
  await page.getByText(`${samples} of ${samples} samples`, { exact: true }).waitFor({ timeout: 120_000 });
  await page.waitForFunction(() => [...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0));
  const picture = await page.screenshot({ animations: 'disabled' });
  const { size } = await sharp(picture).png({ palette: true, colours: 256, dither: 0.6, effort: 10 }).toFile(output);
  console.log(`${output}: ${Math.round(size / 1024)} KB`);
} finally {
  await browser.close();
  await site.close();
}
