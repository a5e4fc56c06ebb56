// Plain functions of the guide, on numbers that can be checked by hand.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Preprocessing } from '../../wasm/js/api/index.js';
import { alike, brightest, pixelAt, plus, rangeOf, signedSum, toMap, toPicture } from '../../web/common/tensors.js';
import { rules } from '../../web/guide/figures/gate.js';
import { coarseToFine } from '../../web/guide/figures/line.js';
import { verdictOf } from '../../web/guide/figures/settle.js';
import { nudge } from '../../web/guide/nudge.js';
import { Pile, runningMeans } from '../../web/guide/pile.js';
import { staysMs } from '../../web/guide/player.js';
import { around, makeScales, span, toPath } from '../../web/guide/plot.js';
import { stories } from '../../web/guide/stories.js';

import photos from '../../web/photos/photos.json' with { type: 'json' };

const shape = [1, 3, 1, 2];
const tensor = (...values: number[]) => ({ shape, data: Float32Array.from(values) });

test('a pile is scrubbed both ways without a trace', () => {
  const gradients = [1, 0.1, 1e-3, -7].map((scale) => Float32Array.from([scale, -scale, 1 / 3]));
  const pile = new Pile(3);
  assert.deepEqual([...pile.mean()], [0, 0, 0]);
  pile.add(gradients[0] as Float32Array);
  const first = pile.mean();
  for (const gradient of gradients.slice(1)) pile.add(gradient);
  assert.equal(pile.count, 4);
  assert.ok(Math.abs((pile.mean()[0] as number) - (1 + 0.1 + 1e-3 - 7) / 4) < 1e-6);
  for (const gradient of gradients.slice(1).reverse()) pile.take(gradient);
  assert.deepEqual([...pile.mean()], [...first]);
});

test('running means and their errors are those of the textbook', () => {
  const values = [2, 4, 4, 10];
  const running = runningMeans(values);
  assert.equal(running[0]?.standardError, Number.POSITIVE_INFINITY);
  for (const [i, { mean, standardError }] of running.entries()) {
    const so = values.slice(0, i + 1);
    const expected = so.reduce((a, b) => a + b) / so.length;
    assert.ok(Math.abs(mean - expected) < 1e-12);
    if (i === 0) continue;
    const variance = so.reduce((sum, value) => sum + (value - expected) ** 2, 0) / i;
    assert.ok(Math.abs(standardError - Math.sqrt(variance / so.length)) < 1e-12);
  }
});

test('a mean is called clear of zero only where its band is', () => {
  assert.match(verdictOf(1, 1, 20), /After 20 copies .* nobody can tell/);
  assert.match(verdictOf(2, 1, 20), /speaks for/);
  assert.match(verdictOf(-2, 1, 20), /speaks against/);
  assert.match(verdictOf(5, Number.POSITIVE_INFINITY, 1), /After 1 copy .* nobody can tell/);
});

test('noise is added by its share, and the range is that of all channels', () => {
  const input = tensor(0, 1, 2, 3, -1, 0.5);
  assert.equal(rangeOf(input), 4);
  assert.deepEqual([...plus(input, 0.5, Float32Array.from([2, 0, 0, 0, 0, -1])).data], [1, 1, 2, 3, -1, 0]);
});

test('what the network sees is shown as a photo, cut off where none could be', () => {
  const preprocessing = { mean: [10, 20, 30], std: [1, 2, 3], channelOrder: 'rgb' } as unknown as Preprocessing;
  const input = tensor(0, 300, 5, -50, 1, 0);
  assert.deepEqual([...toPicture(input, preprocessing).data], [10, 30, 33, 255, 255, 0, 30, 255]);
  const turned = toPicture(input, { ...preprocessing, channelOrder: 'bgr' });
  assert.deepEqual([...turned.data], [33, 30, 10, 255, 30, 0, 255, 255]);
  const grey = { shape: [1, 1, 1, 2], data: Float32Array.from([1, 2]) };
  const levels = { mean: [0], std: [100], channelOrder: 'grey' } as unknown as Preprocessing;
  assert.deepEqual([...toPicture(grey, levels).data], [100, 100, 100, 255, 200, 200, 200, 255]);
});

test('a nudge is one level of each channel, and what is foretold is its product with the gradient', () => {
  const preprocessing = { std: [2, 4, 8] };
  const { input, foretold } = nudge(tensor(0, 0, 0, 0, 0, 0), Float32Array.from([9, 1, 9, 2, 9, -4]), 1, preprocessing);
  assert.deepEqual([...input.data], [0, 0.5, 0, 0.25, 0, 0.125]);
  assert.equal(foretold, 0.5 + 0.5 - 0.5);
});

test('maps and signed sums over the channels', () => {
  const gradient = tensor(1, -2, -1, 3, 0.5, 0);
  assert.deepEqual([...toMap(shape, gradient.data).map], [2.5, 5]);
  assert.deepEqual([...signedSum(gradient)], [0.5, 1]);
  assert.equal(alike(Float32Array.from([1, 0]), Float32Array.from([0, 2])), 0);
  assert.equal(alike(Float32Array.from([1, 2]), Float32Array.from([2, 4])), 1);
});

test('the brightest place is that of its neighbourhood, not of one speck', () => {
  const [width, height] = [20, 10];
  const map = new Float32Array(width * height);
  map[3 * width + 4] = 8;
  for (let y = 5; y < 8; y++) for (let x = 12; x < 15; x++) map[y * width + x] = 1;
  assert.deepEqual(brightest({ width, height, map }, 1), { x: 13.5 / width, y: 6.5 / height });
  assert.equal(pixelAt([1, 3, height, width], 13.5 / width, 6.5 / height), 6 * width + 13);
  assert.equal(pixelAt([1, 3, height, width], 1, 1), width * height - 1);
});

test('the line is walked coarsely first, every place once', () => {
  assert.deepEqual(coarseToFine(8), [0, 8, 4, 2, 6, 1, 3, 5, 7]);
  assert.deepEqual(
    coarseToFine(64).sort((a, b) => a - b),
    Array.from({ length: 65 }, (_, i) => i),
  );
});

test('the gates of the three rules', () => {
  const passed = (rule: string) =>
    [true, false].flatMap((on) => [1, -1].map((message) => rules[rule]?.passes(on, message) === true));
  assert.deepEqual(passed('gradient'), [true, true, false, false]);
  assert.deepEqual(passed('guided'), [true, false, false, false]);
  assert.deepEqual(passed('deconvnet'), [true, false, true, false]);
});

test('charts put values where they belong', () => {
  const scales = makeScales({ x: [0, 1], y: [-1, 1] }, 112, 120, 10);
  assert.equal(
    toPath(
      [
        [0, -1],
        [0.5, 0],
        [1, 1],
      ],
      scales,
    ),
    'M6.0 110.0L56.0 60.0L106.0 10.0',
  );
  assert.deepEqual(around([-2, 1]), [-2.3, 2.3]);
  const [low, high] = span([3, 5]);
  assert.ok(low < 0 && high > 5);
});

test('the player is slow at first, then quick, and never stands still', () => {
  const times = Array.from({ length: 50 }, (_, i) => staysMs(i + 1));
  assert.ok((times[0] as number) > 5 * (times[20] as number));
  assert.ok(times.every((time, i) => time > 0 && (i === 0 || time <= (times[i - 1] as number))));
});

test('stories lead to places of the text, with photos that there are, and what to ask', () => {
  const folder = 'web/guide/chapters';
  const text = readdirSync(folder)
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('');
  assert.equal(Object.keys(stories).length, 3);
  for (const [name, { steps }] of Object.entries(stories)) {
    assert.match(name, /^[\w-]+$/);
    for (const { at, say, ask, set } of steps) {
      assert.ok(text.includes(`id="${at}"`), at);
      assert.ok(say.length > 20 && ask.includes('?'), `${say} ${ask}`);
      assert.ok(
        photos.some(({ file }) => file.startsWith(`${set.photo}.`)),
        set.photo,
      );
    }
  }
});
