// Photos through one process of Node, explained one after the other by a digit network: memory, and the bytes of the first at the end.
import assert from 'node:assert/strict';
import sharp from 'sharp';
import { createEngine, finish, pathOf } from '../node/support/package.mjs';
import { judge } from './flat.mjs';

const count = Number(process.argv[2]);
const looks = 40;

const photoOf = (n) =>
  sharp(
    Uint8Array.from({ length: 40 * 32 * 3 }, (_, i) => (i * ((n % 251) + 3) + (n >> 3)) % 256),
    { raw: { width: 40, height: 32, channels: 3 } },
  )
    .png()
    .toBuffer();

/** Made before, or their encoder would be soaked as well. */
const photos = await Promise.all(Array.from({ length: 200 }, async (_, n) => new Uint8Array(await photoOf(n))));

const engine = await createEngine({ threads: 2 });
const model = await engine.loadModel(pathOf('models/mnist-noise-20.onnx'));
const megabytes = (bytes) => bytes / 2 ** 20;

async function explain(n) {
  const photo = await model.prepare(photos[n % photos.length].slice());
  const run = model.explain(photo, { samples: 3, seed: 1 });
  const { map } = await finish(run);
  const { data } = await run.attribution();
  run.cancel();
  photo.close();
  return [...map, ...data];
}

const first = await explain(0);
const rows = [];
for (let n = 1; n <= count; n++) {
  await explain(n);
  if (n % Math.max(1, Math.floor(count / looks)) !== 0) continue;
  globalThis.gc();
  // Who is no longer reachable is forgotten a turn later.
  await new Promise((resolve) => setTimeout(resolve, 20));
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  rows.push({
    ...{ rss: megabytes(rss), heap: megabytes(heapUsed), external: megabytes(external), buffers: megabytes(arrayBuffers) },
    resources: process.getActiveResourcesInfo().length,
  });
}
console.log(`${count} photos; MB after the warm-up, at the end`);
const wrong = judge(rows, { flat: ['rss', 'heap', 'external', 'buffers'], same: ['resources'] });
assert.deepEqual(await explain(0), first, 'the first photo again');
engine.close();
assert.deepEqual(wrong, []);
