// Another model, again and again, chosen from the menu of the first page.
import assert from 'node:assert/strict';
import { judge } from './flat.mjs';
import { converged, mapOf, openPage } from './page.mjs';

const count = Number(process.argv[2]);
const { page, address, look, close } = await openPage();
const models = ['mnist-noise-0', 'mnist-noise-20', 'efficientnet-lite0'];
const open = async (model) => {
  await page.goto(`${address}?samples=2&model=${model}&photo=${model.startsWith('mnist') ? 'digit-4' : 'rocket'}`);
  await converged(page, 2);
};
await open(models[0]);
const first = await mapOf(page);
const rows = [];
for (let n = 1; n <= count; n++) {
  await open(models[n % models.length]);
  if (n % models.length === 0) rows.push(await look());
}
console.log(`${count} models; after the warm-up, at the end`);
const wrong = judge(rows, { flat: ['renderer', 'heap', 'nodes'], same: ['listeners', 'workers', 'urls'] });
await open(models[0]);
assert.deepEqual(await mapOf(page), first, 'the first map again');
await close();
assert.deepEqual(wrong, []);
