// Methods, reductions, conventions, maps and merged runs, each against plain arithmetic on single gradients.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';
import {
  createEngine,
  finish,
  norm,
  readReference,
  reference,
  relativeError,
  shippedModel,
  sigmaOf,
} from './support/package.mjs';

const target = 1;
const noise = 0.2;
const seed = 11;
const samples = 6;
const tolerance = 1e-5;

let engine;
let model;
let input;
let gradients;
let clean;

const gradientAt = async (data) => (await model.evaluate({ shape: input.shape, data }, { target })).gradient.data;
const noiseOf = (sample) => engine.noise({ size: input.data.length, seed, sample });
const shifted = (normal, sigma) => input.data.map((value, i) => value + sigma * normal[i]);

/** Gradients at x + sigma * noise(k), k = first, first + 1, ... */
async function gradientsAt(sigma, count, first = 0) {
  const all = [];
  for (let sample = first; sample < first + count; sample++) all.push(await gradientAt(shifted(await noiseOf(sample), sigma)));
  return all;
}

const averageOf = (arrays, f = (value) => value) =>
  Float64Array.from(arrays[0], (_, i) => arrays.reduce((sum, array) => sum + f(array[i]), 0) / arrays.length);

async function explain(options) {
  const explanation = model.explain(input, { target, seed, ...options });
  const last = await finish(explanation);
  return { explanation, last, data: (await explanation.attribution()).data };
}

function assertClose(actual, expected, what, limit = tolerance) {
  const error = relativeError(actual, expected);
  assert.ok(error < limit, `${what}: ${error}`);
}

before(async () => {
  engine = await createEngine();
  // Smooth all over: no unit flips when a sum is rounded otherwise.
  model = await engine.loadModel(reference('operators/tanh/model.onnx'));
  input = await readReference('operators/tanh/input.npy');
  gradients = await gradientsAt(sigmaOf(input.data, noise), samples);
  clean = await gradientAt(input.data);
});
after(() => engine.close());

test('methods of the same path, noise and rule are one run, seen through their reductions', async () => {
  const family = ({ path, noisy, rule, timesInput }) => [path, noisy, rule, timesInput].join();
  const settings = { noise, seed, samples: 3, steps: 4, target, antithetic: false };
  let shared = 0;
  for (const method of engine.methods) {
    const first = engine.methods.find((other) => family(other) === family(method));
    const [run, own] = [first, method].map(({ name }) => model.explain(input, { ...settings, method: name }));
    await Promise.all([finish(run), finish(own)]);
    const { data } = await run.attribution({ reduction: method.reduction });
    assert.deepEqual(data, (await own.attribution()).data, `${method.name} by ${first.name}`);
    shared += first !== method;
  }
  assert.equal(shared, 3);
  const { name, path } = engine.methods.find((method) => method.path === 'line' && !method.noisy);
  assert.equal(`${name} ${path}`, 'integrated-gradients line');
});

test('every method of the table runs, and no two unlike ones agree', async () => {
  const results = new Map();
  for (const { name } of engine.methods) {
    const { data, last } = await explain({ method: name, noise, samples: 3, steps: 4 });
    assert.equal(last.state, 'done');
    assert.ok(data.every(Number.isFinite) && norm(data) > 0, name);
    results.set(name, data);
  }
  // The network has no unit of the ReLU family: the rules are one.
  for (const [a, b] of [
    ['gradient', 'smoothgrad'],
    ['gradient', 'integrated-gradients'],
    ['smoothgrad', 'smoothgrad-squared'],
    ['smoothgrad-squared', 'vargrad'],
    ['gradient', 'gradient-x-input'],
  ]) {
    assert.ok(relativeError(results.get(a), results.get(b)) > 0.01, `${a} and ${b}`);
  }
  assertClose(
    results.get('gradient-x-input'),
    clean.map((value, i) => value * input.data[i]),
    'gradient x input',
  );
});

test('a method takes another rule than its own, and the product with the input', async () => {
  const name = 'plain';
  const network = await engine.loadModel(reference(`${name}/model.onnx`));
  const photo = await readReference(`${name}/input.npy`);
  const attributionOf = async (options) => {
    const explanation = network.explain(photo, { target, noise, seed, samples: 2, steps: 3, ...options });
    await finish(explanation);
    return (await explanation.attribution()).data;
  };
  for (const [method, rule, same] of [
    ['gradient', 'guided', 'guided-backprop'],
    ['smoothgrad', 'deconvnet', 'smoothgrad-deconvnet'],
    ['smoothgrad-guided-backprop', 'gradient', 'smoothgrad'],
  ]) {
    assert.deepEqual(await attributionOf({ method, rule }), await attributionOf({ method: same }), `${method}, ${rule}`);
  }
  assert.deepEqual(
    await attributionOf({ method: 'smoothgrad', timesInput: true }),
    await attributionOf({ method: 'smoothgrad-x-input' }),
  );
  const line = { method: 'smoothgrad-integrated-gradients' };
  const guided = await attributionOf({ ...line, rule: 'guided' });
  assert.ok(relativeError(guided, await attributionOf(line)) > 0.01);
  network.close();
});

test('the reductions, all of one run', async () => {
  const { explanation } = await explain({ noise, samples, antithetic: false });
  const mean = averageOf(gradients);
  const variance = mean.map((m, i) => gradients.reduce((sum, g) => sum + (g[i] - m) ** 2, 0) / (samples - 1));
  const expected = {
    mean,
    'mean-square': averageOf(gradients, (value) => value ** 2),
    variance,
    'mean-absolute': averageOf(gradients, Math.abs),
  };
  assert.deepEqual(
    engine.reductions.map(({ name }) => name),
    Object.keys(expected),
  );
  for (const [reduction, values] of Object.entries(expected)) {
    assertClose((await explanation.attribution({ reduction })).data, values, reduction, 10 * tolerance);
  }
  assertClose((await explain({ method: 'vargrad', noise, samples })).data, variance, 'vargrad', 10 * tolerance);
  await assert.rejects(explanation.attribution({ reduction: 'median' }), { code: 'bad-option', message: /^reduction must be/ });
});

test('conventions of other tools, by their own arithmetic on the same noise', async () => {
  const captum = await explain({ convention: 'captum' });
  assert.equal(captum.last.samples, 5);
  assertClose(captum.data, averageOf(await gradientsAt(1, 5), Math.abs), 'captum');

  const pair = await explain({ convention: 'pair' });
  assertClose(
    pair.data,
    averageOf(await gradientsAt(sigmaOf(input.data, 0.15), 25), (value) => value ** 2),
    'pair',
    10 * tolerance,
  );

  const zennit = await explain({ convention: 'zennit' });
  assertClose(zennit.data, averageOf([...(await gradientsAt(sigmaOf(input.data, 0.1), 19)), clean]), 'zennit');

  const keras = await explain({ convention: 'tf-keras-vis' });
  const absolute = averageOf(await gradientsAt(sigmaOf(input.data, 0.2), 20), Math.abs);
  assertClose(keras.data, absolute, 'tf-keras-vis');
  const [, channels, height, width] = input.shape;
  const largest = Float64Array.from({ length: height * width }, (_, i) =>
    Math.max(...Array.from({ length: channels }, (_, c) => absolute[c * height * width + i])),
  );
  assertClose(keras.last.map, largest, 'tf-keras-vis, largest channel');

  const own = await explain({ convention: 'captum', noise, samples });
  assertClose(own.data, averageOf(gradients, Math.abs), 'captum with own noise and samples');
  assert.throws(() => model.explain(input, { convention: 'lime' }), { code: 'bad-option', message: /paper, pair, captum/ });
});

test('antithetic pairs, absolute sigma, clean last sample, a first sample', async () => {
  const sigma = 0.3;
  const pairs = [];
  for (const sample of [0, 2]) {
    const normal = await noiseOf(sample);
    pairs.push(await gradientAt(shifted(normal, sigma)), await gradientAt(shifted(normal, -sigma)));
  }
  const antithetic = await explain({ sigma, samples: 4, antithetic: true });
  assertClose(antithetic.data, averageOf(pairs), 'antithetic');
  assert.deepEqual((await explain({ sigma, samples: 4 })).data, antithetic.data, 'the default');
  const squares = { method: 'smoothgrad-squared', sigma, samples: 4 };
  assert.deepEqual((await explain(squares)).data, (await explain({ ...squares, antithetic: false })).data, 'not of squares');
  const last = [...(await gradientsAt(sigma, 2)), clean];
  assertClose((await explain({ sigma, samples: 3, cleanLast: true })).data, averageOf(last), 'clean last');
  assertClose(
    (await explain({ sigma, samples: 3, firstSample: 5, antithetic: false })).data,
    averageOf(await gradientsAt(sigma, 3, 5)),
    'first sample',
  );
});

test('integrated gradients are complete, from every baseline', async () => {
  const logit = async (data) => (await model.evaluate({ shape: input.shape, data })).logits[target];
  const at = await logit(input.data);
  const options = { method: 'integrated-gradients', steps: 200 };
  const zero = await explain(options);
  const sum = (data) => data.reduce((total, value) => total + value, 0);
  const gap = at - (await logit(new Float32Array(input.data.length)));
  assert.ok(Math.abs(sum(zero.data) - gap) < 1e-3 * Math.abs(gap), `${sum(zero.data)} and ${gap}`);
  const results = [];
  for (const { name } of engine.baselines) results.push((await explain({ ...options, baseline: name })).data);
  assert.deepEqual(results[0], zero.data);
  assert.ok(relativeError(results.at(-1), zero.data) > 0.01);
});

test('completeness is told of lines, and its gap falls with the steps on EfficientNet-Lite0', async () => {
  const photo = await readReference(`${shippedModel}/input.npy`);
  const network = await engine.loadModel(shippedModel);
  const options = { target: 282, method: 'integrated-gradients' };
  const logit = async (data) => (await network.evaluate({ shape: photo.shape, data })).logits[282];
  const difference = (await logit(photo.data)) - (await logit(new Float32Array(photo.data.length)));
  const gaps = [];
  for (const steps of [2, 16, 128]) {
    const explanation = network.explain(photo, { ...options, steps });
    const { completeness } = await finish(explanation);
    assert.ok(Math.abs(completeness.difference - difference) < 1e-3 * Math.abs(difference), inspect(completeness));
    const sum = (await explanation.attribution()).data.reduce((total, value) => total + value, 0);
    assert.ok(Math.abs(completeness.sum - sum) < 1e-3 * Math.abs(sum), inspect(completeness));
    assert.equal(completeness.gap, completeness.sum - completeness.difference);
    gaps.push(Math.abs(completeness.gap));
  }
  assert.ok(gaps[1] < gaps[0] && gaps[2] < gaps[1] && gaps[2] < 0.15 * Math.abs(difference), inspect({ gaps, difference }));
  // With noise: each sample's line, averaged.
  const smoothed = await explain({
    method: 'smoothgrad-integrated-gradients',
    ...{ noise, samples: 3, steps: 100, antithetic: false },
  });
  const ends = [];
  for (const sample of [0, 1, 2]) {
    const data = shifted(await noiseOf(sample), sigmaOf(input.data, noise));
    ends.push((await model.evaluate({ shape: input.shape, data })).logits[target]);
  }
  const start = (await model.evaluate({ shape: input.shape, data: new Float32Array(input.data.length) })).logits[target];
  const { completeness } = smoothed.last;
  const rise = ends.reduce((total, end) => total + end) / 3 - start;
  assert.ok(Math.abs(completeness.difference - rise) < 1e-4 * Math.abs(rise), inspect({ completeness, rise }));
  assert.ok(Math.abs(completeness.gap) < 1e-3 * Math.abs(completeness.difference), inspect(completeness));
  assert.equal((await explain({ noise, samples: 2 })).last.completeness, undefined);
});

/** As numpy.percentile(values, 99). */
function percentile99(values) {
  const sorted = Float64Array.from(values).sort();
  const at = 0.99 * (sorted.length - 1);
  const below = sorted[Math.floor(at)];
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)] - below);
}

test('the scaled difference of two classes is that of their maps, each over its 99th percentile', async () => {
  const versus = 0;
  const options = { noise, samples, versus, difference: 'scaled' };
  for (const ways of [{}, { channels: 'max-abs' }, { reduction: 'variance' }, { magnitude: 'corrected', window: 1 }]) {
    const { explanation, last } = await explain({ ...options, ...ways });
    const [mine, theirs] = [
      await explain({ noise, samples, ...ways }),
      await explain({ noise, samples, ...ways, target: versus }),
    ];
    const scaled = ({ last: { map } }) => map.map((value) => Math.min(value / percentile99(map), 1));
    const expected = scaled(mine).map((value, i) => value - scaled(theirs)[i]);
    assertClose(last.map, expected, inspect(ways), 1e-4);
    assert.deepEqual([last.signed, last.target, last.versus, last.difference], [true, target, versus, 'scaled']);
    assert.ok(last.map.every((value) => value >= -1 && value <= 1) && last.map.some((value) => value < 0));
    const attribution = await explanation.attribution();
    assert.deepEqual(attribution.shape, [2, ...input.shape.slice(1)]);
    assert.deepEqual(attribution.data.subarray(0, input.data.length), mine.data);
    assert.deepEqual(attribution.data.subarray(input.data.length), theirs.data);
    assert.equal(last.passes, 2 * samples);
    const { data } = await explanation.render({ colours: 'diverging' });
    assert.deepEqual(data, (await engine.renderMap(await explanation.map(), { colours: 'diverging' })).data);
    assert.ok((await explanation.agreement()) <= 1);
    assert.ok((await explanation.standardError()).data.length === 2 * input.data.length);
  }
  const gradient = await explain({ ...options, difference: 'gradient' });
  assert.deepEqual([gradient.last.difference, gradient.data.length], ['gradient', input.data.length]);
  const plain = await explain({ ...options, difference: undefined });
  assert.deepEqual(plain.data, gradient.data);
  assert.throws(() => model.explain(input, { difference: 'scaled' }), { code: 'bad-option', message: /give versus/ });
  assert.throws(() => model.explain(input, { versus, difference: 'half' }), {
    code: 'bad-option',
    message: /^difference must be one of gradient, scaled/,
  });
  await assert.rejects(explain({ ...options, channels: 'signed-sum' }), { code: 'bad-option', message: /sum-abs or max-abs/ });
});

test('the corrected error is that against the true mean', async () => {
  const { explanation, last } = await explain({ noise, samples: 20 });
  const [mean, error] = [norm((await explanation.attribution()).data), norm((await explanation.standardError()).data)];
  assert.ok(Math.abs(last.relativeError / (error / mean) - 1) < 1e-4);
  assert.ok(Math.abs(last.correctedError / (error / Math.sqrt(mean ** 2 - error ** 2)) - 1) < 1e-4);
  assert.equal((await explain({ noise, samples: 1 })).last.correctedError, Number.POSITIVE_INFINITY);
});

test('a run saved and merged with another range is the whole run', async () => {
  const whole = await explain({ noise, samples: 10 });
  const second = await explain({ noise, samples: 6, firstSample: 4 });
  const saved = await second.explanation.save();
  const { explanation } = await explain({ noise, samples: 4 });
  await explanation.merge(saved);
  const merged = await finish(explanation);
  assert.equal(merged.samples, 10);
  assertClose((await explanation.attribution()).data, whole.data, 'mean', 1e-6);
  assertClose((await explanation.standardError()).data, (await whole.explanation.standardError()).data, 'standard error', 1e-6);
  await assert.rejects(explanation.merge(saved), { code: 'bad-option' });
  const other = await explain({ noise: 0.1, samples: 4 });
  await assert.rejects(other.explanation.merge(saved), { code: 'bad-option' });
  await assert.rejects(other.explanation.merge(saved.subarray(0, 100)), { code: 'bad-option' });
  assert.deepEqual((await other.explanation.attribution()).data, other.data);
});

test('the noise-corrected map is sqrt(sum of mean^2 - SE^2), pooled or not; windows widen', async () => {
  const { explanation } = await explain({ noise, samples });
  const mean = (await explanation.attribution()).data;
  const error = (await explanation.standardError()).data;
  const [, channels, height, width] = input.shape;
  const size = height * width;
  const expected = Float64Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += mean[c * size + i] ** 2 - error[c * size + i] ** 2;
    return Math.sqrt(Math.max(0, sum));
  });
  const corrected = await explain({ noise, samples, magnitude: 'corrected' });
  assertClose(corrected.last.map, expected, 'corrected', 1e-4);
  const wide = await explain({ noise, samples, magnitude: 'corrected', window: 2 });
  const spread = (map) => map.filter((value) => value > 0.1 * map.reduce((a, b) => Math.max(a, b))).length;
  assert.ok(spread(wide.last.map) > spread(corrected.last.map));
  assert.throws(() => model.explain(input, { window: 65 }), {
    code: 'bad-option',
    message: /^window must be a number from 0 to 64/,
  });
  assert.throws(() => model.explain(input, { magnitude: 'loud' }), {
    code: 'bad-option',
    message: /^magnitude must be one of plain/,
  });
});

test('halves agree on nothing but the truth; time stops a run', async () => {
  const quiet = await explain({ noise: 0.001, samples: 8 });
  const loud = await explain({ noise: 2, samples: 8 });
  const [high, low] = [await quiet.explanation.agreement(), await loud.explanation.agreement()];
  assert.ok(high > 0.99 && low < high, `${high} and ${low}`);
  assert.ok(Number.isNaN(await (await explain({ noise, samples: 1 })).explanation.agreement()));
  const timed = model.explain(input, { target, samples: 10_000_000, until: { ms: 100 } });
  const { samples: done, elapsedMs } = await finish(timed);
  assert.ok(done >= 1 && done < 10_000_000 && elapsedMs >= 100, `${done} samples, ${elapsedMs} ms`);
});
