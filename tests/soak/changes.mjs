// Photos and classes changed on one page, again and again.
import assert from 'node:assert/strict';
import { judge } from './flat.mjs';
import { converged, mapOf, openPage } from './page.mjs';

const count = Number(process.argv[2]);
const { page, address, look, close } = await openPage();
await page.goto(`${address}?samples=2`);
await converged(page, 2);
const first = await mapOf(page);
const photos = await page.locator('#samples button').count();
const rows = [];

async function click(selector) {
  const drawn = page.evaluate(
    () => new Promise((resolve) => document.querySelector('#map').addEventListener('drawn', () => resolve(), { once: true })),
  );
  await page.evaluate((selector) => document.querySelector(selector).click(), selector);
  await drawn;
  await converged(page, 2);
}

for (let n = 1; n <= count; n++) {
  await click(
    n % 2 === 1 ? `#samples li:nth-child(${1 + (((n + 1) / 2) % photos)}) button` : '#classes li:nth-child(2) button',
  );
  if (n % Math.max(1, Math.floor(count / 24)) === 0) rows.push(await look());
}
console.log(`${count} changes; after the warm-up, at the end`);
const wrong = judge(rows, { flat: ['renderer', 'heap', 'nodes'], same: ['listeners', 'workers', 'urls'] });
await page.goto(`${address}?samples=2`);
await converged(page, 2);
assert.deepEqual(await mapOf(page), first, 'the first map again');
await close();
assert.deepEqual(wrong, []);
