// Grad-CAM, occlusion and randomised weights, each against plain arithmetic; any map drawn.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  chelsea,
  createEngine,
  finish,
  readReference,
  relativeError,
  seen,
  shippedModel,
  withEngine,
} from './support/package.mjs';

let engine;
let model;
let input;
before(async () => {
  engine = await createEngine();
  model = await engine.loadModel(shippedModel);
  input = await readReference(`${shippedModel}/input.npy`);
});
after(() => engine.close());

const badOption = (message) => ({ name: 'SmoothGradError', code: 'bad-option', message });
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

async function last(progress) {
  let final;
  for await (final of progress);
  return final;
}

test('the references are a table of their own', () => {
  assert.deepEqual(
    engine.references.map(({ name }) => name),
    ['grad-cam', 'occlusion'],
  );
  assert.ok(engine.references.every(({ title }) => title.length > 0));
});

describe('Grad-CAM', () => {
  test('layers are images, of which any can be chosen', async () => {
    assert.ok(model.gradCamLayers.length > 5);
    for (const { name, shape } of model.gradCamLayers) {
      assert.ok(name.length > 0 && shape.length === 3 && shape[1] * shape[2] > 1, name);
    }
    const { name } = model.gradCamLayers.at(-1);
    const deep = await model.gradCam(chelsea);
    assert.deepEqual([deep.layer, deep.target, deep.width, deep.height, deep.signed], [name, 282, 224, 224, false]);
    assert.ok(deep.map.length === 224 * 224 && deep.map.every((value) => value >= 0) && deep.map.some((value) => value > 0));
    const early = await model.gradCam(chelsea, { layer: model.gradCamLayers[0].name });
    assert.ok(relativeError(early.map, deep.map) > 0.1);
    const other = await model.gradCam(chelsea, { target: 'espresso' });
    assert.ok(relativeError(other.map, deep.map) > 0.1);
    const against = await model.gradCam(chelsea, { target: 282, versus: 285 });
    assert.equal(against.versus, 285);
    assert.ok(relativeError(against.map, deep.map) > 0.1);
    // A tensor is as good as the photo it is of.
    const { input: prepared } = await seen(model, chelsea);
    assert.deepEqual((await model.gradCam(prepared)).map, deep.map);
  });

  test('what is wrong is named', async () => {
    await assert.rejects(model.gradCam(chelsea, { layer: 'conv' }), badOption(/^layer must be one of .*, not "conv"$/));
    await assert.rejects(model.gradCam(chelsea, { target: 1000 }), badOption(/^class must be/));
    await assert.rejects(model.gradCam(chelsea, { samples: 3 }), badOption(/^there is no option samples; there are target/));
  });
});

describe('occlusion', () => {
  test('of a square is the fall of the score without it', async () => {
    const size = 112;
    const target = 282;
    const logit = async (data) => (await model.evaluate({ shape: input.shape, data })).logits[target];
    const whole = await logit(input.data);
    const { map, squares, goal, state, signed } = await last(model.occlusion(input, { target, size, stride: size }));
    assert.deepEqual([squares, goal, state, signed], [4, 4, 'done', true]);
    for (const [top, left] of [
      [0, 0],
      [112, 112],
    ]) {
      const data = input.data.map((value, i) => {
        const [y, x] = [Math.floor(i / 224) % 224, i % 224];
        return y >= top && y < top + size && x >= left && x < left + size ? 0 : value;
      });
      const fall = whole - (await logit(data));
      assert.ok(
        Math.abs(map[top * 224 + left] - fall) < 1e-3 * Math.max(1, Math.abs(fall)),
        `${map[top * 224 + left]}, ${fall}`,
      );
      assert.equal(map[top * 224 + left], map[(top + 111) * 224 + left + 111]);
    }
  });

  test('goes square by square; leaving the loop or a signal ends it and frees its memory', async () => {
    await last(model.occlusion(input, { target: 3, size: 224 }));
    const { allocated } = await engine.memory();
    const seen = [];
    for await (const progress of model.occlusion(chelsea, { size: 32, stride: 16 })) {
      seen.push(progress);
      if (seen.length === 2) break;
    }
    assert.ok(seen[0].squares >= 1 && seen[1].squares > seen[0].squares && seen[1].squares < seen[1].goal);
    assert.deepEqual([seen[0].state, seen[0].target, seen[0].goal], ['running', 282, 13 * 13]);
    assert.equal(seen[1].map[224 * 224 - 1], 0);
    const controller = new AbortController();
    const aborted = (async () => {
      for await (const _ of model.occlusion(chelsea, { signal: controller.signal })) controller.abort(new Error('enough'));
    })();
    await assert.rejects(aborted, { message: 'enough' });
    while ((await engine.memory()).allocated - allocated >= 1e5); // what it had comes back once its last square is done
  });

  test('timers run meanwhile, and an explanation too', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const explanation = model.explain(input, { target: 282, samples: 4 });
    const [{ samples }, { squares }] = await Promise.all([
      finish(explanation),
      last(model.occlusion(input, { target: 282, size: 64, stride: 40, baseline: 'blurred' })),
    ]);
    clearInterval(timer);
    assert.deepEqual([samples, squares], [4, 25]);
    assert.ok(ticks >= 10, `${ticks} ticks`);
  });

  test('what is wrong is named at once', () => {
    for (const [options, message] of [
      [{ size: 0 }, /^size must be a whole number from 1 to 224, not 0$/],
      [{ size: 225 }, /^size must be/],
      [{ size: 8, stride: 9 }, /^stride must be a whole number from 1 to 8, not 9$/],
      [{ baseline: 'white' }, /^baseline must be one of zero, /],
      [{ versus: 'no such class' }, /^no class/],
      [{ steps: 3 }, /^there is no option steps/],
    ]) {
      assert.throws(() => model.occlusion(chelsea, options), badOption(message));
    }
  });

  test('a model that is closed ends it', () =>
    withEngine({ threads: 1 }, async (other) => {
      const closing = await other.loadModel(shippedModel);
      const iterator = closing.occlusion(input, { target: 1 })[Symbol.asyncIterator]();
      await iterator.next();
      closing.close();
      await assert.rejects(iterator.next(), { code: 'closed' });
    }));
});

test('randomised weights change the answers, from the last layer down; the same seed the same way', () =>
  withEngine({ threads: 1 }, async (other) => {
    const { weightedLayers } = model;
    assert.ok(weightedLayers > 10);
    const logits = async (options) => (await (await other.loadModel(shippedModel, options)).evaluate(input)).logits;
    const own = await logits({});
    const one = await logits({ randomisedLayers: 1 });
    assert.ok(relativeError(one, own) > 0.5);
    assert.deepEqual(await logits({ randomisedLayers: 1 }), one);
    assert.ok(relativeError(await logits({ randomisedLayers: 1, randomisationSeed: 2n }), one) > 0.5);
    assert.ok((await logits({ randomisedLayers: weightedLayers })).every(Number.isFinite));
    await assert.rejects(
      other.loadModel(shippedModel, { randomisedLayers: weightedLayers + 1 }),
      badOption(`randomised layers must be a whole number from 0 to ${weightedLayers}`),
    );
    await assert.rejects(other.loadModel(shippedModel, { randomisedLayers: -1 }), badOption(/^randomisedLayers must be/));
    await assert.rejects(other.loadModel(shippedModel, { randomisationSeed: 0.5 }), badOption(/^randomisationSeed must be/));
  }));

test('any map is drawn, on a photo too', async () => {
  const { pixels } = await seen(model, chelsea);
  const explanation = model.explain(chelsea, { samples: 2 });
  const progress = await finish(explanation);
  for (const options of [{}, { view: 'overlay', colours: 'viridis', percentile: 95, opacity: 0.3 }, { view: 'mask' }]) {
    const drawn = await engine.renderMap(progress, { photo: pixels, ...options });
    assert.deepEqual(drawn, await explanation.render(options));
  }
  // Its colours end at 0 and at the 95th percentile, between order statistics.
  const sorted = Float32Array.from(progress.map).sort();
  const at = 0.95 * (sorted.length - 1);
  const cap = sorted[Math.floor(at)] + (at - Math.floor(at)) * (sorted[Math.ceil(at)] - sorted[Math.floor(at)]);
  const { low, high, colours } = await engine.renderMap(progress, { percentile: 95 });
  assert.deepEqual([low, high, colours], [0, Math.fround(cap), 'grey']);
  assert.equal((await explanation.render({ view: 'overlay' })).colours, 'inferno');
  const raw = { width: 2, height: 1, map: Float32Array.of(-1, 1) };
  // A map with signs is drawn in colours, unless told otherwise.
  const signed = await engine.renderMap(raw, { percentile: 100 });
  const [blue, , , , red] = signed.data;
  assert.ok(red > blue + 50, `${blue}, ${red}`);
  assert.deepEqual([signed.low, signed.high, signed.colours], [-1, 1, 'diverging']);
  assert.deepEqual(await engine.renderMap(raw, { colours: 'diverging', percentile: 100 }), signed);
  const unsigned = await engine.renderMap({ ...raw, signed: false }, { percentile: 100 });
  assert.deepEqual([...unsigned.data.filter((_, i) => i % 4 === 0)], [0, 255]);
  for (const [map, options, message] of [
    [{ ...raw, width: 3 }, {}, /Float32Array of 3 numbers/],
    [raw, { photo: pixels }, /must be of 224 x 224 pixels, not 2 x 1/],
    [raw, { view: 'overlay' }, /^view overlay shows the photo/],
    [raw, { window: 3 }, /^there is no option window/],
    [raw, { percentile: 50 }, /^percentile must be/],
    [{ ...raw, signed: 'no' }, {}, /signed must be true or false/],
  ]) {
    await assert.rejects(engine.renderMap(map, options), badOption(message));
  }
});

test('the values of what is drawn are to be had raw', async () => {
  const explanation = model.explain(chelsea, { samples: 4, seed: 3 });
  const { map } = await finish(explanation);
  assert.deepEqual(await explanation.map(), { width: 224, height: 224, map, signed: false });
  for (const options of [
    { magnitude: 'corrected', window: 2 },
    { magnitude: 'significance' },
    { reduction: 'variance', window: 1 },
    { channels: 'signed-sum' },
  ]) {
    const raw = await explanation.map(options);
    assert.equal(raw.signed, options.channels === 'signed-sum');
    const colours = 'inferno';
    assert.deepEqual(await engine.renderMap(raw, { colours }), await explanation.render({ colours, ...options }));
  }
  await assert.rejects(explanation.map({ view: 'map' }), badOption(/^there is no option view/));
  assert.ok(Math.abs(mean([...(await explanation.map({ channels: 'signed-sum' })).map])) < mean([...map]));
});
