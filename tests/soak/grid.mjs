// A grid that runs for minutes: Compare, and whenever it is full the next seed.
import assert from 'node:assert/strict';
import { judge } from './flat.mjs';
import { openPage } from './page.mjs';

const minutes = Number(process.argv[2]);
const looks = 24;
const { page, address, look, close } = await openPage();
await page.goto(`${address}compare.html?rows=noise&columns=samples&row=0.1+0.2&column=50+200`);

/** Cells in a state; undefined: with any. */
const cells = (state) => page.locator(`#grid td[data-state${state === undefined ? '' : `=${state}`}]`);
const full = () =>
  page.waitForFunction(() => {
    const states = [...document.querySelectorAll('#grid td[data-state]')].map((cell) => cell.dataset.state);
    return states.length === 4 && states.every((state) => state === 'done');
  });
const seedIs = async (seed) => {
  await page.locator('#seed').evaluate((input, seed) => {
    input.value = seed;
    for (const type of ['input', 'change']) input.dispatchEvent(new Event(type, { bubbles: true }));
  }, String(seed));
  await page.waitForURL((url) => (url.searchParams.get('seed') ?? '0') === String(seed));
};
const pictures = () =>
  cells('done')
    .locator('canvas')
    .evaluateAll((all) => all.map((canvas) => canvas.toDataURL()));

await full();
const first = await pictures();
const rows = [];
const begin = performance.now();
let grids = 1;
for (; rows.length < looks; grids++) {
  await seedIs(grids);
  await cells('running').first().waitFor();
  if (performance.now() - begin > ((rows.length + 1) * minutes * 60_000) / looks) rows.push(await look());
  await full();
}
console.log(`${minutes} minutes, ${grids} grids; after the warm-up, at the end`);
const wrong = judge(rows, { flat: ['renderer', 'heap', 'nodes'], same: ['listeners', 'workers', 'urls'] });
await seedIs(0);
await full();
assert.deepEqual(await pictures(), first, 'the first grid again');
await close();
assert.deepEqual(wrong, []);
