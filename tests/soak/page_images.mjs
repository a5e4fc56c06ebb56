// Broken pictures without end handed to one page by its file input: no crash, no hang, no growth, a sentence for each that is refused.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { brokenImages } from '../faults/broken_images.mjs';
import { handIn } from '../faults/page_images.mjs';
import { judge } from './flat.mjs';
import { openPage } from './page.mjs';

const count = Number(process.argv[2]);
const longestMs = 10_000;
const { page, address, look, close } = await openPage();
const elsewhere = [];
page.on('request', (request) => {
  if (!request.url().startsWith(address) && !/^(blob|data):/.test(request.url())) elsewhere.push(request.url());
});
const outside = createServer(({ url }, response) => {
  elsewhere.push(url);
  response.end();
});
await new Promise((ready) => outside.listen(0, '127.0.0.1', ready));
const files = await brokenImages(count, Number(process.env.SEED ?? 1), `http://127.0.0.1:${outside.address().port}/`);

await page.goto(`${address}?method=gradient`);
await page.waitForFunction(() => document.querySelector('#map').state === 'done');
const rows = [];
const told = [];
for (const [name, bytes] of Object.entries(files)) {
  told.push({ name, ...(await handIn(page, name, bytes)) });
  if (told.length % Math.max(1, Math.floor(count / 24)) === 0) rows.push(await look());
}
const refused = told.filter(({ refused }) => refused !== undefined);
const slowest = told.reduce((a, b) => (a.ms > b.ms ? a : b));
console.log(
  `${refused.length} refused, ${told.length - refused.length} explained; the slowest took ${slowest.ms.toFixed(0)} ms: ${slowest.name}`,
);
// Photos that are kept are in a strip, up to a number.
const wrong = judge(rows, { flat: ['renderer', 'heap', 'nodes'], same: ['listeners', 'workers', 'urls'] });
for (const { name, refused: sentence } of refused)
  assert.match(sentence, /^“.+” (is|has) [^“]+\. The last map is kept\.$/, name);
await close();
outside.close();
assert.deepEqual(elsewhere, [], 'asked for');
assert.ok(slowest.ms < longestMs, slowest.name);
assert.deepEqual(wrong, []);
