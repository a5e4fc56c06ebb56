// Two photos in one input.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chelsea, composePair, finish, pathOf, seen, shippedModel, withEngine } from './support/package.mjs';

const withModel = (use) => withEngine({ threads: 1 }, async (engine) => use(await engine.loadModel(shippedModel)));

test('a pair is the middle halves of two photos, pixels and tensor alike, and is taken as it is', () =>
  withModel(async (model) => {
    const [cat, cup] = [await seen(model, chelsea), await seen(model, pathOf('web/photos/coffee.webp'))];
    const pair = composePair(cat, cup);
    for (const [x, y, from, fromX] of [
      [0, 0, cat, 56],
      [111, 223, cat, 167],
      [112, 0, cup, 56],
      [223, 100, cup, 167],
    ]) {
      for (let channel = 0; channel < 3; channel++) {
        const at = (data, column) => data[4 * (y * 224 + column) + channel];
        assert.equal(at(pair.pixels.data, x), at(from.pixels.data, fromX));
        const value = ({ input }, column) => input.data[(channel * 224 + y) * 224 + column];
        assert.equal(value(pair, x), value(from, fromX));
        assert.equal(value(pair, x), Math.fround((at(pair.pixels.data, x) - 127) / 128));
      }
    }
    assert.deepEqual(await seen(model, pair), pair);

    const run = model.explain(pair, { method: 'gradient', target: 282, versus: 967 });
    await finish(run);
    const { gradient } = await model.evaluate(pair.input, { target: 282, versus: 967 });
    assert.deepEqual((await run.attribution()).data, gradient.data);
    assert.equal((await run.render({ view: 'overlay' })).width, 224);
    const top = (await model.classify(pair, { top: 10 })).map(({ index }) => index);
    assert.ok(top.includes(282) && top.includes(967), `${top}`);
  }));

test('what does not fit the network or each other is refused', () =>
  withModel(async (model) => {
    const cat = await seen(model, chelsea);
    const small = {
      pixels: { ...cat.pixels, width: 112 },
      input: { shape: [1, 3, 224, 112], data: new Float32Array(3 * 224 * 112) },
    };
    assert.throws(() => composePair(cat, small), { code: 'bad-option', message: /same network/ });
    const odd = {
      pixels: { width: 6, height: 1, data: new Uint8ClampedArray(24) },
      input: { shape: [1, 3, 1, 6], data: new Float32Array(18) },
    };
    assert.throws(() => composePair(odd, odd), { code: 'bad-option', message: /multiple of 4, not 6/ });
    assert.throws(() => model.explain(small), { code: 'bad-image', message: /224 x 224/ });
    assert.throws(() => model.explain({ ...cat, input: small.input }), { code: 'bad-option', message: /\[1, 3, 224, 112\]/ });
    assert.throws(() => model.explain({ ...cat, pixels: { ...cat.pixels, data: new Uint8ClampedArray(4) } }), {
      code: 'bad-image',
    });
  }));
