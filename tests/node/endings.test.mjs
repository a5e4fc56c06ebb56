// What a network ends in, and which of its outputs is explained.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { inNewFolder } from './support/command_line.mjs';
import { meansOfChannels, onnx } from './support/onnx.mjs';
import { chelsea, createEngine, finish } from './support/package.mjs';

const { folder, run } = await inNewFolder();

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

describe('one output behind a Sigmoid is two classes', () => {
  const after = [{ op: 'Sigmoid', reads: ['scores'], makes: 'y' }];
  const one = (more) => engine.loadModel(meansOfChannels([weights[0]], { after, ...more }));
  const [score] = logits;
  const slope = Array.from({ length: 48 }, (_, i) => weights[0][Math.floor(i / 16)] / 16);
  const negative = slope.map((value) => -value);

  test('of p and 1 - p', async () => {
    const model = await one();
    assert.equal(model.classes, 2);
    assert.equal(model.ending, 'sigmoid');
    assert.match(model.notes.join(), /its one output is the probability of class 1; class 0 is the opposite/);
    const { logits: found, probabilities, gradient } = await look(model);
    closeTo(found, [-score, score]);
    closeTo(probabilities, sigmoid([-score, score]));
    closeTo(gradient.data, slope);
    closeTo((await model.evaluate(input, { target: 0 })).gradient.data, negative);
    closeTo(
      (await model.evaluate(input, { target: 1, versus: 0 })).gradient.data,
      slope.map((value) => 2 * value),
    );
    await assert.rejects(model.evaluate(input, { target: 2 }), { code: 'bad-option', message: /from 0 to 1/ });
    assert.equal((await model.profile(input, { target: 1, passes: 1 })).length > 0, true);
  });

  test('whose names are two, or one and its opposite', async () => {
    assert.ok(score < 0);
    for (const [names, both] of [
      ['cold\nwarm', ['cold', 'warm']],
      ['warm', ['not warm', 'warm']],
    ]) {
      const model = await one({ metadata: { 'smoothgrad.classes': names } });
      assert.deepEqual([...model.classNames], both);
      const photo = { pixels: { width: 4, height: 4, data: new Uint8ClampedArray(64) }, input };
      const [first, second] = await model.classify(photo);
      assert.deepEqual([first.index, first.name, second.name], [0, ...both]);
      assert.ok(Math.abs(first.probability + second.probability - 1) < 1e-6);
    }
    const named = await engine.loadModel(meansOfChannels([weights[0]], { after }), { classNames: ['a', 'b'] });
    assert.equal(named.classIndex('b'), 1);
  });

  test('whose runs are each other’s opposite, and explain the more probable one', async () => {
    const model = await one();
    const explained = async (options) => {
      const explanation = model.explain(input, { samples: 3, noise: 0.1, ...options });
      const last = await finish(explanation);
      return { ...last, attribution: (await explanation.attribution()).data };
    };
    const [is, isNot, best] = [await explained({ target: 1 }), await explained({ target: 0 }), await explained({})];
    assert.equal(best.target, 0);
    assert.equal(best.keepsClass, 1);
    assert.equal(is.keepsClass, 1);
    closeTo(is.attribution, slope);
    closeTo(isNot.attribution, negative);
    closeTo((await explained({ target: 1, versus: 0, difference: 'scaled' })).attribution, [...slope, ...negative]);
    const line = await explained({ method: 'integrated-gradients', target: 0, steps: 2 });
    closeTo([line.completeness.sum, line.completeness.difference], [-score, -score]);

    const square = async (target) =>
      (await finish(model.explain(input, { method: 'occlusion', target, size: 2, stride: 2 }))).map;
    const [with1, with0] = [await square(1), await square(0)];
    assert.ok(with1.some((value) => value !== 0));
    closeTo(
      with0,
      [...with1].map((value) => -value),
    );
  });

  test('on the command line', async () => {
    const named = meansOfChannels([weights[0]], { after, metadata: { 'smoothgrad.classes': 'warm' } });
    await writeFile(join(folder, 'one.onnx'), named);
    const { lines } = await run('classify', chelsea, '--model', 'one.onnx', '--json');
    const { top } = JSON.parse(lines[0]);
    assert.deepEqual(
      top.map(({ index, name }) => [index, name]),
      [
        [1, 'warm'],
        [0, 'not warm'],
      ],
    );
    assert.ok(Math.abs(top[0].probability + top[1].probability - 1) < 1e-6);
    const explained = await run('explain', chelsea, '--model', 'one.onnx', '--target', 'not warm', '--samples', '2', '--json');
    assert.equal(JSON.parse(explained.lines[0]).target.index, 0);
  });

  test('but for its probability itself, and for a score without a Sigmoid', async () => {
    const kept = await engine.loadModel(meansOfChannels([weights[0]], { after }), { keepSoftmax: true });
    assert.equal(kept.classes, 1);
    closeTo((await kept.evaluate(input)).logits, sigmoid([score]));
    assert.equal((await engine.loadModel(meansOfChannels([weights[0]]))).classes, 1);
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
