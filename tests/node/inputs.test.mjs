// What a model file says of its input is done, or refused by name: each with a file that the test makes.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { meansOfChannels } from './support/onnx.mjs';
import { createEngine, finish } from './support/package.mjs';

const identity = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const colour = [200, 100, 50];
const photo = (size = 4) => ({
  width: size,
  height: size,
  data: Uint8ClampedArray.from({ length: size * size * 4 }, (_, i) => [...colour, 255][i % 4]),
});

let engine;
before(async () => {
  engine = await createEngine({ threads: 1 });
});
after(() => engine.close());

const near = (actual, wanted) => {
  assert.equal(actual.length, wanted.length);
  for (const [i, value] of wanted.entries()) assert.ok(Math.abs(actual[i] - value) < 1e-4, `${actual} for ${wanted}`);
};

/** What the network's first pixel gets, by channel: the logits of a network that tells its mean colour. */
async function seenBy(onnx, options) {
  const model = await engine.loadModel(onnx, options);
  const { logits } = await model.evaluate(photo());
  return { model, logits: [...logits] };
}

describe('the type of the input', () => {
  const levels = meansOfChannels(identity, {
    type: 'uint8',
    before: [{ op: 'Cast', reads: ['x'], makes: 'f', to: 1 }],
    reads: 'f',
  });

  test('uint8: levels go in as they are, and the gradient is with respect to them', async () => {
    const { model, logits } = await seenBy(levels);
    near(logits, colour);
    assert.equal(model.preprocessing.source, 'levels');
    assert.deepEqual([model.preprocessing.mean, model.preprocessing.std].map(String), ['0,0,0', '1,1,1']);
    assert.match(model.notes.join(), /the input is uint8: levels 0 to 255 go in as they are/);
    const { gradient } = await model.evaluate(photo(), { target: 1 });
    near(gradient.data.slice(16, 32), Array(16).fill(1 / 16));
  });

  test('a mean of its own is refused there', async () => {
    await assert.rejects(engine.loadModel(levels, { mean: [1, 2, 3] }), {
      code: 'bad-option',
      message: /its input is uint8, so it takes levels 0 to 255/,
    });
    await assert.rejects(engine.loadModel(levels, { preset: 'imagenet' }), { code: 'bad-option', message: /uint8/ });
    await engine.loadModel(levels, { preset: 'levels' });
  });

  test('float16 and float64 are as float32; int8 is refused', async () => {
    for (const type of ['float16', 'float64'])
      near((await seenBy(meansOfChannels(identity, { type }))).logits, [0.7843, 0.3922, 0.1961]);
    await assert.rejects(engine.loadModel(meansOfChannels(identity, { type: 'int8' })), {
      code: 'unsupported-operator',
      message: /input 'x' is of int8, which cannot hold the levels/,
    });
  });
});

describe('channels last', () => {
  const transpose = { op: 'Transpose', reads: ['x'], makes: 't', perm: [0, 3, 1, 2] };

  test('with a Transpose it is read channels first', async () => {
    const { model, logits } = await seenBy(
      meansOfChannels(identity, { input: [-1, 6, 5, 3], before: [transpose], reads: 't', metadata: { 'smoothgrad.std': '1' } }),
    );
    near(logits, colour);
    assert.deepEqual([...model.inputShape], [1, 3, 6, 5]);
    assert.match(model.notes.join(), /\[\?, 6, 5, 3\] has its channels last/);
    const { gradient } = await model.evaluate(photo(), { target: 2 });
    assert.deepEqual(gradient.shape, [1, 3, 6, 5]);
    near(gradient.data.slice(60), Array(30).fill(1 / 30));
  });

  test('without one the graph is taken at its word, and what does not fit is refused', async () => {
    await assert.rejects(engine.loadModel(meansOfChannels(identity, { input: [1, 32, 32, 3] })), {
      code: 'bad-model',
      message: /\(Gemm\): weights for 3 inputs, but 32 arrive/,
    });
  });
});

describe('an open size', () => {
  const open = (metadata) => meansOfChannels(identity, { input: [-1, 3, -1, -1], metadata });

  test('is as the option says, else the metadata', async () => {
    const shape = async (...given) => [...(await engine.loadModel(...given)).inputShape];
    assert.deepEqual(await shape(open(), { size: 8 }), [1, 3, 8, 8]);
    assert.deepEqual(await shape(open(), { size: [8, 9] }), [1, 3, 8, 9]);
    assert.deepEqual(await shape(open({ 'smoothgrad.size': '7' })), [1, 3, 7, 7]);
    assert.deepEqual(await shape(open({ 'smoothgrad.size': '7' }), { size: 8 }), [1, 3, 8, 8]);
  });

  test('is asked for by the name of the option', async () => {
    await assert.rejects(engine.loadModel(open()), {
      code: 'bad-model',
      message: /open: give the option size, such as size: 224/,
    });
    await assert.rejects(engine.loadModel(open(), { size: [1, 2, 3] }), { code: 'bad-option', message: /^size must be/ });
    await assert.rejects(engine.loadModel(open(), { size: 0 }), { code: 'bad-option', message: /^size must be/ });
    await assert.rejects(engine.loadModel(meansOfChannels(identity), { size: 5 }), {
      code: 'bad-option',
      message: /^size is 5 x 5, but the model's input is fixed at \[1, 3, 4, 4\]/,
    });
  });
});

describe('preprocessing', () => {
  const image = { 'Image.BitmapPixelFormat': 'Bgr8', 'Image.NominalPixelRange': 'NominalRange_0_255' };

  test("is as ONNX's own metadata says, and the model's notes say so", async () => {
    const { model, logits } = await seenBy(meansOfChannels(identity, { metadata: image }));
    near(logits, [50, 100, 200]);
    assert.equal(model.preprocessing.channelOrder, 'bgr');
    assert.equal(model.preprocessing.source, 'image');
    assert.match(
      model.notes.join(),
      /Image\.\* metadata says: shorter side to 4, centre of 4 x 4, BGR, levels 0 to 255 as they are/,
    );
    near((await seenBy(meansOfChannels(identity, { metadata: { ...image, 'smoothgrad.std': '2' } }))).logits, [25, 50, 100]);
    near((await seenBy(meansOfChannels(identity, { metadata: image }), { channelOrder: 'rgb' })).logits, colour);
    await assert.rejects(engine.loadModel(meansOfChannels(identity, { metadata: { 'Image.ColorSpaceGamma': 'Linear' } })), {
      code: 'bad-model',
      message: /Image\.ColorSpaceGamma is 'Linear', it must be SRGB/,
    });
  });

  test('nothing said is said', async () => {
    const { model } = await seenBy(meansOfChannels(identity));
    assert.equal(model.preprocessing.source, 'default');
    assert.match(model.notes.join(), /does not say how its photos are prepared.* level \/ 255; mean and std, or preset/);
    assert.deepEqual((await engine.loadModel('efficientnet-lite0')).notes, []);
  });

  test('a photo is cropped, or stretched by option or metadata', async () => {
    const wide = {
      width: 8,
      height: 2,
      data: Uint8ClampedArray.from({ length: 64 }, (_, i) => ((i >> 2) % 8 < 2 ? 255 : i % 4 === 3 ? 255 : 0)),
    };
    const seen = async (options, metadata = {}) => {
      const model = await engine.loadModel(meansOfChannels(identity, { metadata }), options);
      return { level: (await model.evaluate(wide)).logits[0], model };
    };
    assert.equal((await seen({})).level, 0);
    const { level, model } = await seen({ fit: 'stretch' });
    assert.ok(level > 0.2 && level < 0.3, level);
    assert.equal(model.preprocessing.fit, 'stretch');
    assert.match(model.notes.join(), /stretched to 4 x 4, RGB, level \/ 255/);
    assert.equal((await seen({}, { 'smoothgrad.fit': 'stretch' })).level, level);
    assert.equal((await seen({ fit: 'crop' }, { 'smoothgrad.fit': 'stretch' })).level, 0);
    for (const [options, message] of [
      [{ fit: 'squash' }, /^fit must be one of crop, stretch, not "squash"/],
      [{ fit: 'stretch', resize: 8 }, /^resize is of a photo that is cropped/],
    ]) {
      await assert.rejects(engine.loadModel(meansOfChannels(identity), options), { code: 'bad-option', message });
    }
  });

  test('presets and the order of channels', async () => {
    const seen = async (options) => (await seenBy(meansOfChannels(identity), options)).logits;
    near(await seen({ preset: 'levels' }), colour);
    near(
      await seen({ preset: 'zero-one' }),
      colour.map((level) => level / 255),
    );
    near(
      await seen({ preset: 'minus-one-one' }),
      colour.map((level) => level / 127.5 - 1),
    );
    const imagenet = [(200 - 123.675) / 58.395, (100 - 116.28) / 57.12, (50 - 103.53) / 57.375];
    near(await seen({ preset: 'imagenet' }), imagenet);
    near(await seen({ preset: 'imagenet', channelOrder: 'bgr' }), imagenet.toReversed());
    near(await seen({ mean: [1, 2, 3], std: [1, 1, 1], channelOrder: 'bgr' }), [49, 98, 197]);
    for (const [options, message] of [
      [{ preset: 'caffe' }, /^preset must be one of imagenet, zero-one, minus-one-one, levels, not "caffe"/],
      [{ preset: 'imagenet', mean: [1, 2, 3] }, /^preset stands for mean and std/],
      [{ channelOrder: 'gbr' }, /^channelOrder must be one of rgb, bgr, not "gbr"/],
      [{ mean: 127 }, /^mean must be a list of numbers, one a channel, not 127/],
    ]) {
      await assert.rejects(engine.loadModel(meansOfChannels(identity), options), { code: 'bad-option', message });
    }
    await assert.rejects(engine.loadModel(meansOfChannels([[1]]), { channelOrder: 'bgr' }), {
      code: 'bad-option',
      message: /networks of 3 channels, this one has 1/,
    });
  });
});

describe('what makes probabilities of scores', () => {
  const shares = async (onnx, options) => {
    const model = await engine.loadModel(onnx, options);
    return { model, shares: (await model.classify(photo())).map(({ probability }) => probability) };
  };

  test('is softmax where nobody says it, or as the option has it', async () => {
    const bare = await shares(meansOfChannels(identity));
    assert.deepEqual([bare.model.ending, bare.model.endingSource], ['softmax', 'default']);
    near([bare.shares.reduce((a, b) => a + b)], [1]);
    const said = await shares(meansOfChannels(identity), { ending: 'sigmoid' });
    assert.deepEqual([said.model.ending, said.model.endingSource], ['sigmoid', 'options']);
    near(
      said.shares,
      colour.map((level) => 1 / (1 + Math.exp(-level / 255))),
    );
  });

  test('one score alone is then two classes', async () => {
    const { model, shares: both } = await shares(meansOfChannels([[3, 0, 0]]), { ending: 'sigmoid' });
    assert.equal(model.classes, 2);
    near([both[0] + both[1]], [1]);
  });

  test('is not otherwise than in the file', async () => {
    const after = [{ op: 'Softmax', reads: ['scores'], makes: 'y', axis: 1 }];
    const own = await engine.loadModel(meansOfChannels(identity, { after }));
    assert.deepEqual([own.ending, own.endingSource], ['softmax', 'file']);
    for (const [onnx, options, message] of [
      [meansOfChannels(identity, { after }), { ending: 'sigmoid' }, /^ending 'sigmoid' is not .* its file ends in a softmax/],
      [meansOfChannels(identity), { ending: 'sigmoid', keepSoftmax: true }, /^ending is of logits/],
      [meansOfChannels(identity), { ending: 'tanh' }, /^ending must be one of softmax, sigmoid/],
    ]) {
      await assert.rejects(engine.loadModel(onnx, options), { code: 'bad-option', message });
    }
  });
});

test('what a file says it is', async () => {
  const { file } = await engine.loadModel(meansOfChannels(identity, { metadata: { author: 'nobody' } }));
  assert.deepEqual(file, {
    producer: '',
    opset: 17,
    operators: { GlobalAveragePool: 1, Flatten: 1, Gemm: 1 },
    parameters: 9,
    metadata: { author: 'nobody' },
  });
  const shipped = (await engine.loadModel('efficientnet-lite0')).file;
  assert.equal(shipped.parameters, 4_631_002);
});

describe('numbers that are not finite', () => {
  test('are refused where they come in', async () => {
    const model = await engine.loadModel(meansOfChannels(identity));
    for (const value of [Number.NaN, Number.NEGATIVE_INFINITY]) {
      const data = new Float32Array(48);
      data[23] = value;
      const input = { shape: [1, 3, 4, 4], data };
      const refused = { code: 'bad-tensor', message: `the input must be finite numbers: element 23 is ${value}` };
      await assert.rejects(model.evaluate(input), refused);
      await assert.rejects(model.explain(input)[Symbol.asyncIterator]().next(), refused);
      await assert.rejects(model.edges(input), refused);
    }
  });

  test('and in the weights', async () => {
    await assert.rejects(engine.loadModel(meansOfChannels([[1, Number.NaN, 0]])), {
      code: 'bad-model',
      message: /initialiser 'w', which node 'the Gemm' .* holds NaN/,
    });
  });

  test('and where the network makes them', async () => {
    const huge = meansOfChannels([
      [3e38, 3e38, 3e38],
      [0, 0, 0],
    ]);
    const model = await engine.loadModel(huge, { preset: 'levels' });
    const refused = { code: 'bad-model', message: /its logits must be finite numbers: element 0 is Infinity/ };
    await assert.rejects(model.classify(photo()), refused);
    await assert.rejects(model.evaluate(photo()), refused);
    await assert.rejects(model.explain(photo())[Symbol.asyncIterator]().next(), refused);
  });

  test('also where only the gradient is not', async () => {
    const steep = meansOfChannels([[3e38, 0, 0]], {
      after: [{ op: 'Gemm', reads: ['scores', 'again'], makes: 'y', transB: 1 }],
      constants: { again: { dims: [2, 1], data: [3e38, 1] } },
    });
    const model = await engine.loadModel(steep, { preset: 'levels' });
    const black = { shape: [1, 3, 4, 4], data: new Float32Array(48) };
    await assert.rejects(model.evaluate(black, { target: 0 }), { code: 'bad-model', message: /gradient must be finite/ });
    const run = model.explain(black, { method: 'gradient', target: 0 });
    await assert.rejects(finish(run), { code: 'bad-model', message: /gradient is not finite at this photo/ });
    await finish(model.explain(black, { method: 'gradient', target: 1 }));
  });
});
