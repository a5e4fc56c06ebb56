// What the table of options says of its rows is so.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packageFolder, withEngine } from './support/package.mjs';

const { affectsOf, concerns, follow, optionNames, runOptions } = await import(new URL('node.js', packageFolder));

const model = 'mnist-noise-0';
const input = { shape: [1, 1, 28, 28], data: Float32Array.from({ length: 784 }, (_, i) => ((i * 37) % 101) / 101) };

test('an option that concerns a method changes its map, another one that it takes does not', () =>
  withEngine({ threads: 1 }, async (engine) => {
    const network = await engine.loadModel(model);
    const mapOf = async (method, options) => [
      ...(await follow(network.explain(input, { method, samples: 2, ...options }))).map,
    ];
    const others = { steps: 4, baseline: 'blurred' };
    for (const method of ['gradient', 'smoothgrad', 'integrated-gradients']) {
      const map = await mapOf(method);
      for (const [name, value] of Object.entries(others)) {
        const isSame = `${await mapOf(method, { [name]: value })}` === `${map}`;
        assert.equal(concerns(name, method, engine), !isSame, `${name} of ${method}`);
      }
    }
    for (const [name, method, does] of [
      ['layer', 'grad-cam', true],
      ['layer', 'occlusion', false],
      ['baseline', 'occlusion', true],
      ['noise', 'occlusion', false],
      ['colours', 'occlusion', true],
    ]) {
      assert.equal(concerns(name, method, engine), does, `${name} of ${method}`);
    }
  }));

test('what an option affects is that of its group, or its own', () => {
  const names = (affected) => optionNames.filter((name) => affectsOf(name) === affected);
  assert.deepEqual(names('goal'), ['samples']);
  assert.deepEqual(names('map'), ['channels', 'reduction', 'magnitude', 'window']);
  assert.deepEqual(names('drawing'), ['view', 'colours', 'percentile', 'fromLowest', 'opacity']);
  assert.equal(optionNames.length, Object.keys(runOptions).length);
});
