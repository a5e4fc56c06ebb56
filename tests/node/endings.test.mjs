// What a network ends in, and which of its outputs is explained.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { meansOfChannels, onnx } from './support/onnx.mjs';
import { createEngine } from './support/package.mjs';

let engine;
before(async () => {
  engine = await createEngine({ threads: 1 });
});
after(() => engine.close());

const weights = [
  [1, 2, 0],
  [-1, 0.5, 3],
];
const input = { shape: [1, 3, 4, 4], data: Float32Array.from({ length: 48 }, (_, i) => [0.2, -0.4, 0.6][Math.floor(i / 16)]) };
const logits = weights.map((row) => row[0] * 0.2 - row[1] * 0.4 + row[2] * 0.6);
const closeTo = (actual, expected) =>
  assert.ok(
    expected.every((value, i) => Math.abs(value - actual[i]) < 1e-5),
    `${actual} is not ${expected}`,
  );

async function look(model) {
  const evaluated = await model.evaluate(input, { target: 1 });
  const photo = { pixels: { width: 4, height: 4, data: new Uint8ClampedArray(64).fill(255) }, input };
  const scores = await model.classify(photo);
  const probabilities = scores.sort((a, b) => a.index - b.index).map(({ probability }) => probability);
  return { ...evaluated, probabilities };
}

const softmax = (values) => {
  const powers = values.map(Math.exp);
  return powers.map((power) => power / powers.reduce((a, b) => a + b));
};
const sigmoid = (values) => values.map((value) => 1 / (1 + Math.exp(-value)));

describe('what is explained is the value before', () => {
  for (const [name, after, ending, probabilities] of [
    ['nothing', [], 'softmax', softmax],
    ['Softmax', [{ op: 'Softmax', reads: ['scores'], makes: 'y', axis: 1 }], 'softmax', softmax],
    ['LogSoftmax', [{ op: 'LogSoftmax', reads: ['scores'], makes: 'y', axis: 1 }], 'softmax', softmax],
    ['Sigmoid', [{ op: 'Sigmoid', reads: ['scores'], makes: 'y' }], 'sigmoid', sigmoid],
    [
      'Softmax written out',
      [
        { op: 'Exp', reads: ['scores'], makes: 'powers' },
        { op: 'ReduceSum', reads: ['powers', 'axes'], makes: 'sum', keepdims: 1 },
        { op: 'Div', reads: ['powers', 'sum'], makes: 'y' },
      ],
      'softmax',
      softmax,
    ],
  ]) {
    test(name, async () => {
      const constants = name === 'Softmax written out' ? { axes: { dims: [1], data: [1], type: 'int64' } } : {};
      const model = await engine.loadModel(meansOfChannels(weights, { after, constants }));
      assert.equal(model.ending, ending);
      const { logits: found, gradient, probabilities: shown } = await look(model);
      closeTo(found, logits);
      closeTo(shown, probabilities(logits));
      // dS/dx is the same everywhere in a channel, however saturated the ending is.
      closeTo(
        gradient.data,
        Array.from({ length: 48 }, (_, i) => weights[1][Math.floor(i / 16)] / 16),
      );
      model.close();
    });
  }

  test('keepSoftmax keeps it', async () => {
    const after = [{ op: 'Softmax', reads: ['scores'], makes: 'y', axis: 1 }];
    const model = await engine.loadModel(meansOfChannels(weights, { after }), { keepSoftmax: true });
    assert.equal(model.ending, 'none');
    closeTo((await look(model)).logits, softmax(logits));
  });
});

describe('of several outputs', () => {
  const file = onnx({
    input: [1, 3, 4, 4],
    nodes: [
      { op: 'Relu', reads: ['x'], makes: 'features' },
      { op: 'GlobalAveragePool', reads: ['x'], makes: 'pooled' },
      { op: 'Flatten', reads: ['pooled'], makes: 'flat' },
      { op: 'Gemm', reads: ['flat', 'w'], makes: 'logits', transB: 1 },
      { op: 'ArgMax', reads: ['logits'], makes: 'label', axis: 1 },
      { op: 'NonMaxSuppression', reads: ['features'], makes: 'boxes' },
    ],
    constants: { w: { dims: [2, 3], data: weights.flat() } },
    outputs: ['features', 'label', 'logits', 'boxes'],
  });

  test('the one that is class scores is taken, and what it does not need refuses nothing', async () => {
    const model = await engine.loadModel(file);
    assert.equal(model.output, 'logits');
    assert.deepEqual(model.outputs, ['features', 'label', 'logits', 'boxes']);
    assert.ok(
      model.notes.some((note) => note.includes("'logits'")),
      model.notes.join('; '),
    );
    closeTo((await look(model)).logits, logits);
  });

  test('another is taken by its name or number, and refused by name where it is none', async () => {
    for (const output of ['logits', 2]) closeTo((await look(await engine.loadModel(file, { output }))).logits, logits);
    await assert.rejects(engine.loadModel(file, { output: 'score' }), {
      code: 'bad-option',
      message: /'features', 'label', 'logits', 'boxes'/,
    });
    await assert.rejects(engine.loadModel(file, { output: 'boxes' }), {
      code: 'unsupported-operator',
      message: /NonMaxSuppression/,
    });
    await assert.rejects(engine.loadModel(file, { output: -1 }), { code: 'bad-option', message: /^output must be/ });
  });
});
