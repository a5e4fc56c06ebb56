// The denoised magnitude: of one run's samples alone, in the API, its frames and on the command line.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { inNewFolder } from './support/command_line.mjs';
import { chelsea, createEngine, finish, pathOf, readNpy, relativeError, shippedModel } from './support/package.mjs';

const samples = 16;
const denoised = { magnitude: 'denoised' };

let engine;
let model;
let run;
let last;

before(async () => {
  engine = await createEngine();
  model = await engine.loadModel(shippedModel);
  run = model.explain(chelsea, { target: 282, samples, seed: 3, ...denoised });
  last = await finish(run);
});
after(() => engine.close());

const sum = (values) => values.reduce((total, value) => total + value, 0);

test('what it is of, and how far off it expects to be, are figures of the last frame', async () => {
  assert.deepEqual(last.denoised, { samples, expectedError: last.denoised.expectedError, signal: true });
  const { mean, variance, ...figures } = await run.denoised();
  assert.deepEqual(figures, last.denoised);
  assert.deepEqual(mean.shape, [1, 3, 224, 224]);
  assert.deepEqual(variance.shape, mean.shape);
  const spread = sum(variance.data);
  const error = Math.sqrt(spread / (spread + sum(mean.data.map((value) => value ** 2))));
  assert.ok(Math.abs(error - figures.expectedError) < 1e-4, `${error}`);
  assert.ok(error > 0.4 && error < 0.95);
});

test('the frame has its map, and other looks are of the same samples', async () => {
  const { map, signed } = await run.map(denoised);
  assert.equal(signed, false);
  assert.deepEqual(map, last.map);
  const { mean } = await run.denoised();
  const pixels = 224 * 224;
  const drawn = await run.map({ ...denoised, channels: 'signed-sum' });
  assert.ok(drawn.signed);
  for (const i of [0, 20_000, 50_000]) {
    const signedSum = mean.data[i] + mean.data[i + pixels] + mean.data[i + 2 * pixels];
    assert.ok(Math.abs(drawn.map[i] - signedSum) <= 1e-5 * Math.abs(signedSum) + 1e-9);
  }
  const plain = await run.map({ magnitude: 'plain' });
  assert.notDeepEqual(plain.map, map);
  assert.ok(sum(map) < sum(plain.map), 'the floor of noise is gone');
});

test('what can be trusted is told at three scales, rather too little than too much', async () => {
  const long = model.explain(chelsea, { target: 282, samples: 200, seed: 5 });
  await finish(long);
  const found = await run.reliability();
  assert.equal(found.samples, samples);
  for (const [scale, window] of Object.entries({ shapes: 8, details: 2, pixels: 0 })) {
    const look = { ...denoised, window };
    const { correlation } = await engine.compare(await run.map(look), await long.map(look));
    assert.ok(
      found[scale] > correlation - 0.2 && found[scale] < correlation + 0.03,
      `${scale}: ${found[scale]}, ${correlation}`,
    );
  }
  assert.ok(found.shapes > found.details && found.details > found.pixels);
  long.cancel();
  const few = model.explain(chelsea, { target: 282, samples: 4 });
  await finish(few);
  await assert.rejects(few.reliability(), { code: 'bad-option', message: /8 samples or more/ });
});

test('it is nearer to a long run than the plain map is', async () => {
  const long = model.explain(chelsea, { target: 282, samples: 160, seed: 4 });
  await finish(long);
  const { map } = await long.map({ magnitude: 'corrected', window: 0 });
  const correlation = (a, b) => {
    const [meanA, meanB] = [sum(a) / a.length, sum(b) / b.length];
    let [ab, aa, bb] = [0, 0, 0];
    for (let i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) ** 2;
      bb += (b[i] - meanB) ** 2;
    }
    return ab / Math.sqrt(aa * bb);
  };
  const near = correlation((await run.map(denoised)).map, map);
  const far = correlation((await run.map({ magnitude: 'plain' })).map, map);
  assert.ok(near > far + 0.05, `${near} against ${far}`);
});

describe('where there is none', () => {
  test('of fewer than eight samples: refused, and frames show the plain map and say so', async () => {
    const short = model.explain(chelsea, { target: 282, samples: 4, ...denoised });
    const frame = await finish(short);
    assert.equal(frame.denoised, undefined);
    assert.match(frame.note, /needs 8 samples or more/);
    assert.deepEqual(frame.map, (await short.map({ magnitude: 'plain' })).map);
    const refusal = { code: 'bad-option', message: /the denoised map needs 8 samples or more, not 4/ };
    await assert.rejects(short.denoised(), refusal);
    await assert.rejects(short.map(denoised), refusal);
  });

  test('pictures of the shipped photos are never black: plain, once denoised, and so from there on', async () => {
    for (const photo of ['rocket.jpg', 'astronaut.webp', 'camera.webp', 'chelsea.webp', 'coffee.webp']) {
      const way = { pictures: true, antithetic: true, paused: true, ...denoised };
      const watched = model.explain(pathOf(`web/photos/${photo}`), { samples: 18, ...way });
      const seen = new Set();
      watched.step();
      for await (const { samples, map, denoised: shown } of watched) {
        assert.ok(samples === 0 || sum(map) > 0, `${photo}, ${samples}`);
        assert.equal(shown !== undefined, samples >= 16, `${photo}, ${samples}`);
        seen.add(samples);
        watched.step();
      }
      // A frame that is late may stand for two.
      assert.ok(seen.has(18) && seen.size >= 9, [...seen].join(' '));
    }
  });

  test('where nothing stands out yet, a picture is the plain map and says so; values stay as they are defined', async () => {
    const photo = pathOf('web/photos/rocket.jpg');
    const last = async (pictures) => {
      const short = model.explain(photo, { samples: 10, antithetic: true, pictures, ...denoised });
      return { short, frame: await finish(short) };
    };
    const { short, frame } = await last(true);
    assert.match(frame.note, /nothing stands out of the noise of 10 samples yet: this is the plain map/);
    assert.equal(frame.denoised, undefined);
    assert.deepEqual(frame.map, (await short.map({ magnitude: 'plain' })).map);
    assert.ok((await short.map(denoised)).map.every((value) => value === 0));
    const { frame: values } = await last(false);
    assert.ok(values.map.every((value) => value === 0));
    assert.match(values.note, /the map is zero everywhere: nothing stands out of the noise of 10 samples yet/);
  });

  test('of what is no mean: refused by the method', async () => {
    const squares = model.explain(chelsea, { target: 282, samples: 8, method: 'smoothgrad-squared' });
    await finish(squares);
    const until = { denoisedError: 0.5 };
    await assert.rejects(finish(model.explain(chelsea, { target: 282, samples: 9, method: 'smoothgrad-squared', until })), {
      code: 'bad-option',
      message: /smoothgrad-squared is none/,
    });
    await assert.rejects(squares.denoised(), { code: 'bad-option', message: /smoothgrad-squared is none/ });
    const cam = model.explain(chelsea, { target: 282, method: 'grad-cam' });
    await finish(cam);
    await assert.rejects(cam.denoised(), { code: 'bad-option', message: /is of samples/ });
  });
});

test('a run stops where it expects to be near enough', async () => {
  const until = { denoisedError: last.denoised.expectedError + 0.02 };
  const near = model.explain(chelsea, { target: 282, samples: 200, seed: 3, until });
  const frame = await finish(near);
  assert.ok(frame.samples >= 8 && frame.samples <= 20, `${frame.samples}`);
  assert.ok((await near.denoised()).expectedError <= until.denoisedError);
  assert.throws(() => model.explain(chelsea, { until: { denoisedError: 0 } }), { code: 'bad-option' });
});

test('two classes whose difference is scaled have both', async () => {
  const two = model.explain(chelsea, { target: 282, versus: 281, difference: 'scaled', samples: 8, ...denoised });
  const frame = await finish(two);
  assert.ok(frame.signed);
  const { mean } = await two.denoised();
  assert.deepEqual(mean.shape, [2, 3, 224, 224]);
});

test('the command line writes it and what it is of', async () => {
  const { folder, run: smoothgrad } = await inNewFolder();
  const flags = ['--target', '282', '--samples', '16', '--seed', '3', '--magnitude', 'denoised'];
  const { code, stderr } = await smoothgrad(
    'explain',
    chelsea,
    ...flags,
    ...['--raw', 'm.npy', '--denoised', 'd.npy'],
    ...['--denoised-variance', 'v.npy'],
  );
  assert.equal(code, 0, stderr);
  const { mean, variance } = await run.denoised();
  const read = async (name) => (await readNpy(join(folder, name))).data;
  assert.ok(relativeError(await read('d.npy'), mean.data) < 1e-4);
  assert.ok(relativeError(await read('v.npy'), variance.data) < 1e-4);
  assert.ok(relativeError(await read('m.npy'), last.map) < 1e-4);
  assert.ok((await readFile(join(folder, 'm.npy'))).length > 200_000);
});
