// A mask that is painted, and the numbers of noisy copies.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noiseOf } from '../../web/main/copy.js';
import { maskWords } from '../../web/main/erasure.js';
import { Mask, nudged } from '../../web/main/mask.js';

const painted = (mask: Mask) =>
  Array.from({ length: mask.height }, (_, y) => [...mask.pixels.slice(y * mask.width, (y + 1) * mask.width)].join(''));

test('a brush paints a disc, and a line without gaps', () => {
  const mask = new Mask(7, 5);
  mask.begin();
  mask.line({ x: 3.5, y: 2.5 }, { x: 3.5, y: 2.5 }, 3);
  assert.deepEqual(painted(mask), ['0000000', '0011100', '0011100', '0011100', '0000000']);
  mask.begin();
  mask.line({ x: 0.5, y: 4.5 }, { x: 6.5, y: 4.5 }, 1);
  assert.equal(painted(mask)[4], '1111111');
  assert.equal(mask.count, 16);
});

test('strokes are taken back one by one, clearing too, and nothing lies beyond the map', () => {
  const mask = new Mask(4, 4);
  assert.equal(mask.canUndo, false);
  mask.begin();
  mask.rectangle({ x: -2, y: 2, width: 4, height: 9 });
  assert.deepEqual(painted(mask), ['0000', '0000', '1100', '1100']);
  mask.begin();
  mask.line({ x: 9, y: 9 }, { x: 20, y: 20 }, 4);
  assert.equal(mask.count, 4);
  mask.clear();
  assert.equal(mask.count, 0);
  mask.undo();
  mask.undo();
  assert.equal(mask.count, 4);
  mask.undo();
  assert.equal(mask.count, 0);
  mask.undo();
  assert.equal(mask.canUndo, false);
});

test('the rectangle of the keyboard stays on the map', () => {
  const map = { width: 28, height: 28 };
  const at = { x: 12, y: 12, width: 4, height: 4 };
  assert.deepEqual(nudged(at, [1, 0], false, map, 2), { x: 14, y: 12, width: 4, height: 4 });
  assert.deepEqual(nudged({ ...at, x: 24 }, [1, 0], false, map, 2), { x: 24, y: 12, width: 4, height: 4 });
  assert.deepEqual(nudged({ ...at, y: 0 }, [0, -1], false, map, 2), { x: 12, y: 0, width: 4, height: 4 });
  assert.deepEqual(nudged(at, [0, 1], true, map, 2), { x: 12, y: 12, width: 4, height: 6 });
  assert.deepEqual(nudged({ ...at, width: 2 }, [-1, 0], true, map, 2), { x: 12, y: 12, width: 2, height: 4 });
  assert.deepEqual(nudged({ ...at, width: 16 }, [1, 0], true, map, 2), { x: 12, y: 12, width: 16, height: 4 });
});

test('copies in pairs share a noise, the second turned around', () => {
  assert.deepEqual(
    [4, 5].map((k) => noiseOf(k, true)),
    [
      { sample: 4, sign: 1 },
      { sample: 4, sign: -1 },
    ],
  );
  assert.deepEqual(noiseOf(5, false), { sample: 5, sign: 1 });
});

test('a mask is held against as many pixels of the map’s choice', () => {
  const words = (painted: number, brightest: number) =>
    maskWords({ before: 0.9, brightest, moved: 0.9, darkest: 0.9, painted });
  assert.match(words(0.2, 0.6), /^You found pixels that matter more/);
  assert.match(words(0.6, 0.2), /brightest pixels matter more/);
  assert.match(words(0.3, 0.31), /about as much/);
  assert.match(words(0.9, 0.89), /^Neither matters/);
});
