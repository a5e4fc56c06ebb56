// Measures of maps through the package, on closed forms; their definitions are tested in tests/core/measures_test.cpp.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { chelsea, createEngine, finish, seen, shippedModel } from './support/package.mjs';

const mapOf = (width, height, value) => ({
  width,
  height,
  map: Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))),
});

describe('measures', () => {
  let engine;
  let model;
  before(async () => {
    engine = await createEngine();
    model = await engine.loadModel(shippedModel);
  });
  after(() => engine.close());

  test('of one map', async () => {
    const board = mapOf(8, 6, (x, y) => (x + y) % 2);
    const { totalVariation, highFrequencyShare } = await engine.measure(board);
    assert.ok(Math.abs(totalVariation - (6 * 7 + 8 * 5) / 24) < 1e-12);
    assert.ok(Math.abs(highFrequencyShare - 1) < 1e-9);
    const sides = mapOf(4, 1, (x) => [3, -1, 1, -3][x]);
    assert.equal((await engine.measure(sides)).sidedShare, 6 / 8);
  });

  test('of two maps', async () => {
    const a = mapOf(30, 20, (x, y) => 1 + x + 2 * y);
    const squared = mapOf(30, 20, (x, y) => (1 + x + 2 * y) ** 2);
    const same = await engine.compare(a, a);
    for (const figure of Object.values(same)) assert.ok(Math.abs(figure - 1) < 1e-6);
    const { correlation, rankCorrelation, structuralSimilarity } = await engine.compare(a, squared);
    assert.ok(Math.abs(rankCorrelation - 1) < 1e-9);
    assert.ok(correlation > 0.9 && correlation < 0.999);
    assert.ok(structuralSimilarity > 0.5 && structuralSimilarity < 0.999);
    const scaled = { ...a, map: a.map.map((value) => 1000 * value) };
    assert.ok(Math.abs((await engine.compare(a, scaled)).structuralSimilarity - 1) < 1e-6);
  });

  test('signal to noise of a run is the median of |mean| / SE', async () => {
    const run = model.explain(chelsea, { samples: 4 });
    await finish(run);
    const [mean, error] = [(await run.attribution()).data, (await run.standardError()).data];
    const ratios = [...mean].map((value, i) => (value === 0 ? 0 : Math.abs(value) / error[i])).sort((a, b) => a - b);
    const middle = ratios.length / 2;
    const median = (ratios[middle - 1] + ratios[middle]) / 2;
    assert.ok(Math.abs((await run.signalToNoise()) / median - 1) < 1e-5);
    const one = model.explain(chelsea, { samples: 1 });
    await finish(one);
    assert.ok(Number.isNaN(await one.signalToNoise()));
  });

  test('edges see a step and no flat sky', async () => {
    const data = new Float32Array(3 * 224 * 224).map((_, i) => (i % 224 < 100 ? 0 : 1));
    const { width, height, map } = await model.edges({ shape: [1, 3, 224, 224], data });
    assert.deepEqual([width, height], [224, 224]);
    assert.equal(map[50 * 224 + 99], 12);
    assert.equal(map[50 * 224 + 100], 12);
    assert.equal(map[50 * 224 + 40], 0);
  });

  test('deletion ends where insertion begins', async () => {
    const map = mapOf(224, 224, (x, y) => -Math.hypot(x - 112, y - 112));
    const target = 282;
    const { deletion, insertion } = await model.perturb(chelsea, map, { target, replacement: 'zero', steps: 2 });
    const [{ probability }] = await model.classify(chelsea, { top: 1 });
    assert.equal(deletion.probabilities.length, 3);
    assert.ok(Math.abs(deletion.probabilities[0] - probability) < 1e-6);
    assert.equal(insertion.probabilities[2], deletion.probabilities[0]);
    assert.equal(insertion.probabilities[0], deletion.probabilities[2]);
    const [a, b, c] = deletion.probabilities;
    assert.ok(Math.abs(deletion.area - (a / 4 + b / 2 + c / 4)) < 1e-12);

    // Half of the pixels, by hand.
    const { input } = await seen(model, chelsea);
    const strongest = [...map.map.keys()].sort((i, j) => map.map[j] - map.map[i] || i - j).slice(0, (224 * 224) / 2);
    const data = input.data.slice();
    for (const pixel of strongest) for (let channel = 0; channel < 3; channel++) data[channel * 224 * 224 + pixel] = 0;
    const { logits } = await model.evaluate({ ...input, data });
    const sum = logits.reduce((total, logit) => total + Math.exp(logit - logits[target]), 0);
    assert.ok(Math.abs(deletion.probabilities[1] - 1 / sum) < 1e-6);
    // In one step of so many, too.
    const half = await model.perturb(chelsea, map, { target, replacement: 'zero', steps: 1, pixels: (224 * 224) / 2 });
    assert.deepEqual([...half.deletion.probabilities], [a, b]);
  });

  test('what does not fit is refused', async () => {
    const map = mapOf(4, 4, (x) => x);
    const bad = (call, message) => assert.rejects(call, { name: 'SmoothGradError', code: 'bad-option', message });
    await bad(engine.measure({ ...map, width: 5 }), /the map must be a Float32Array of 20 numbers for 5 x 4/);
    await bad(
      engine.compare(
        map,
        mapOf(2, 8, (x) => x),
      ),
      /the second map must be of 4 x 4 pixels, not 2 x 8/,
    );
    await bad(model.perturb(chelsea, map, { target: 282 }), /the map must be of 224 x 224/);
    const whole = mapOf(224, 224, (x) => x);
    await bad(model.perturb(chelsea, whole, { target: 282, steps: 0 }), /steps must be/);
    await bad(model.perturb(chelsea, whole, { target: 282, pixels: 224 * 224 + 1 }), /pixels must be/);
    await bad(
      model.perturb(chelsea, whole, { target: 282, replacement: 'red' }),
      /replacement must be one of zero, black, blurred/,
    );
    await bad(model.perturb(chelsea, whole, { target: 1000 }), /class must be/);
    await bad(
      model.perturb(
        chelsea,
        mapOf(224, 224, () => Number.NaN),
        { target: 282 },
      ),
      /not finite/,
    );
  });
});
