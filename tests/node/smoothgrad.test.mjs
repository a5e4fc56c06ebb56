// SmoothGrad as its definition says: the mean of gradients at noisy inputs, its standard error, its convergence, and the same
// bytes on any number of threads. All through the public API.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  finish,
  norm,
  readReference,
  reference,
  relativeError,
  shippedModel,
  sigmaOf,
  withEngine,
} from './support/package.mjs';

const noise = 0.15;

/** The gradients at x + sigma * noise(seed, k), one by one. */
async function noisyGradients(engine, model, input, { target, samples, seed }) {
  const sigma = sigmaOf(input.data, noise);
  const gradients = [];
  for (let sample = 0; sample < samples; sample++) {
    const normal = await engine.noise({ size: input.data.length, seed, sample });
    const noisy = { shape: input.shape, data: input.data.map((value, i) => value + sigma * normal[i]) };
    gradients.push((await model.evaluate(noisy, { target })).gradient.data);
  }
  return gradients;
}

const meanOf = (arrays) =>
  Float64Array.from(arrays[0], (_, i) => arrays.reduce((sum, array) => sum + array[i], 0) / arrays.length);

function standardErrorOf(arrays, mean) {
  const n = arrays.length;
  return mean.map((m, i) => Math.sqrt(arrays.reduce((sum, array) => sum + (array[i] - m) ** 2, 0) / (n * (n - 1))));
}

async function compareWithDefinition(engine, source, inputPath, { target, samples, tolerance }) {
  const model = await engine.loadModel(source);
  const input = await readReference(inputPath);
  const seed = 7;
  const gradients = await noisyGradients(engine, model, input, { target, samples, seed });
  const mean = meanOf(gradients);
  const standardError = standardErrorOf(gradients, mean);
  assert.ok(norm(standardError) > 1e-3 * norm(mean), 'the noise must matter');
  const explanation = model.explain(input, { target, noise, samples, seed, antithetic: false });
  const last = await finish(explanation);
  const attribution = (await explanation.attribution()).data;
  assert.equal(last.samples, samples);
  assert.ok(relativeError(attribution, mean) < tolerance, `mean: ${relativeError(attribution, mean)}`);
  const measured = (await explanation.standardError()).data;
  assert.ok(relativeError(measured, standardError) < tolerance, `standard error: ${relativeError(measured, standardError)}`);
  const expected = norm(standardError) / norm(mean);
  assert.ok(Math.abs(last.relativeError - expected) < tolerance * expected, `${last.relativeError} instead of ${expected}`);
}

test('SmoothGrad is the mean of gradients at noisy inputs: a smooth network', () =>
  withEngine({}, (engine) =>
    compareWithDefinition(engine, reference('operators/tanh/model.onnx'), 'operators/tanh/input.npy', {
      ...{ target: 1, samples: 40, tolerance: 1e-5 },
    }),
  ));

test('SmoothGrad is the mean of gradients at noisy inputs: EfficientNet-Lite0', () =>
  withEngine({}, (engine) =>
    compareWithDefinition(engine, shippedModel, `${shippedModel}/input.npy`, { target: 282, samples: 8, tolerance: 1e-2 }),
  ));

test('the error falls as n^-1/2 on EfficientNet-Lite0', () =>
  withEngine({}, async (engine) => {
    const model = await engine.loadModel(shippedModel);
    const input = await readReference(`${shippedModel}/input.npy`);
    // Two independent runs of n samples differ by sqrt(2 V / n) of their common mean, without any reference to be converged.
    const runs = [1, 2].map((seed) => model.explain(input, { target: 282, noise, samples: 8, seed }));
    const points = [];
    for (const samples of [8, 16, 32, 64, 128]) {
      for (const run of runs) run.extend(samples);
      await Promise.all(runs.map(finish));
      const [a, b] = await Promise.all(runs.map(async (run) => (await run.attribution()).data));
      points.push([Math.log(samples), Math.log(norm(a.map((value, i) => value - b[i])))]);
    }
    const centre = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
    const covariance = points.reduce((sum, [x, y]) => sum + (x - centre[0]) * (y - centre[1]), 0);
    const slope = covariance / points.reduce((sum, [x]) => sum + (x - centre[0]) ** 2, 0);
    assert.ok(Math.abs(slope + 0.5) < 0.05, `slope ${slope}`);
  }));

for (const kind of ['simd', 'relaxed']) {
  test(`1, 2 and 5 threads give the same bytes, build ${kind}`, async () => {
    const input = await readReference(`${shippedModel}/input.npy`);
    const settings = [{ build: kind }, ...[1, 2, 5].map((threads) => ({ build: `${kind}-threads`, threads }))];
    const results = [];
    for (const options of settings) {
      const result = await withEngine(options, async (engine) => {
        assert.equal(engine.threads, options.threads ?? 1);
        const model = await engine.loadModel(shippedModel);
        const explanation = model.explain(input, { target: 282, samples: 12, seed: 3 });
        const { map, relativeError: error } = await finish(explanation);
        return [(await explanation.attribution()).data, (await explanation.standardError()).data, map, error];
      });
      results.push(result);
    }
    assert.ok(norm(results[0][0]) > 0);
    for (const result of results.slice(1)) assert.deepEqual(result, results[0]);
  });
}

test('another seed gives another result, no noise gives the gradient', () =>
  withEngine({}, async (engine) => {
    const model = await engine.loadModel(reference('mobile/model.onnx'));
    const input = await readReference('mobile/input.npy');
    const run = async (options) => {
      const explanation = model.explain(input, { target: 0, samples: 4, ...options });
      await finish(explanation);
      return (await explanation.attribution()).data;
    };
    assert.ok(relativeError(await run({ seed: 1 }), await run({ seed: 2 })) > 0.01);
    assert.deepEqual(await run({ seed: 2n ** 64n - 1n }), await run({ seed: 2n ** 64n - 1n }));
    const { gradient } = await model.evaluate(input, { target: 0 });
    assert.ok(relativeError(await run({ noise: 0 }), gradient.data) < 1e-6);
  }));

test('noise is standard normal, a function of seed and sample', () =>
  withEngine({}, async (engine) => {
    const size = 100_000;
    const a = await engine.noise({ size, seed: 5, sample: 3 });
    assert.deepEqual(await engine.noise({ size, seed: 5, sample: 3 }), a);
    const mean = a.reduce((sum, value) => sum + value, 0) / size;
    assert.ok(Math.abs(mean) < 4 / Math.sqrt(size), `mean ${mean}`);
    const variance = a.reduce((sum, value) => sum + (value - mean) ** 2, 0) / size;
    assert.ok(Math.abs(variance - 1) < 4 * Math.sqrt(2 / size), `variance ${variance}`);
    for (const other of [
      { seed: 6, sample: 3 },
      { seed: 5, sample: 4 },
    ]) {
      const b = await engine.noise({ size, ...other });
      const correlation = a.reduce((sum, value, i) => sum + value * b[i], 0) / size;
      assert.ok(Math.abs(correlation) < 4 / Math.sqrt(size), `correlation ${correlation}`);
    }
    // A longer tensor begins with the same elements.
    assert.deepEqual((await engine.noise({ size: 2 * size, seed: 5, sample: 3 })).subarray(0, size), a);
  }));
