// Few classes, names that are numbers, lists of names that do not fit, and maps with nothing on them.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import sharp from 'sharp';
import { assertComplaint, inNewFolder } from './support/command_line.mjs';
import { meansOfChannels } from './support/onnx.mjs';
import { createEngine, finish } from './support/package.mjs';

const { folder, run } = await inNewFolder();
const two = [
  [1, 0, 0],
  [0, 1, 0],
];
const photo = { width: 4, height: 4, data: Uint8ClampedArray.from({ length: 64 }, (_, i) => [200, 100, 50, 255][i % 4]) };
const names = (...list) => ({ metadata: { 'smoothgrad.classes': list.join('\n'), 'smoothgrad.std': '255' } });

let engine;
before(async () => {
  engine = await createEngine({ threads: 1 });
  await sharp(Buffer.from(photo.data), { raw: { width: 4, height: 4, channels: 4 } })
    .png()
    .toFile(join(folder, 'photo.png'));
  await writeFile(join(folder, 'two.onnx'), meansOfChannels(two, names('11', 'cat')));
  await writeFile(join(folder, 'one.onnx'), meansOfChannels([[1, 1, 1]]));
  await writeFile(join(folder, 'blind.onnx'), meansOfChannels([...two, [0, 0, 0]], names('a', 'b', 'blind')));
  await writeFile(join(folder, 'open.onnx'), meansOfChannels(two, { input: [-1, 3, -1, -1] }));
});
after(() => engine.close());

describe('few classes', () => {
  test('classify tells of as many as there are', async () => {
    const model = await engine.loadModel(meansOfChannels(two));
    const scores = await model.classify(photo);
    assert.deepEqual(
      scores.map(({ index, name }) => [index, name]),
      [
        [0, '0'],
        [1, '1'],
      ],
    );
    const [logit] = [scores[0].logit - scores[1].logit];
    assert.ok(Math.abs(scores[0].probability - 1 / (1 + Math.exp(-logit))) < 1e-6);
    assert.equal((await finish(model.explain(photo, { samples: 2 }))).target, 0);
  });

  test('one score alone is that of a sigmoid', async () => {
    const model = await engine.loadModel(meansOfChannels([[1, 1, 1]]));
    const [only, ...others] = await model.classify(photo);
    assert.equal(others.length, 0);
    assert.ok(Math.abs(only.probability - 1 / (1 + Math.exp(-only.logit))) < 1e-6 && only.probability < 1);
    assert.equal((await finish(model.explain(photo, { samples: 2 }))).target, 0);
  });

  test('on the command line --top is at most so many', async () => {
    for (const [file, count] of [
      ['two.onnx', 2],
      ['one.onnx', 1],
    ]) {
      const { code, stdout } = await run('classify', 'photo.png', '--model', file, '--json');
      assert.equal(code, 0);
      assert.equal(JSON.parse(stdout).top.length, count);
      const explained = await run('explain', 'photo.png', '--model', file, '--json', '--samples', '2');
      assert.equal(explained.code, 0, explained.stderr);
    }
  });
});

describe('names', () => {
  test('that are numbers are told from indices', async () => {
    const digits = await engine.loadModel(meansOfChannels([...two, [0, 0, 1]], names('2', '11', 'fox')));
    assert.equal(digits.classIndex('name:11'), 1);
    assert.equal(digits.classIndex('name:2'), 0);
    assert.equal(digits.classIndex(2), 2);
    assert.equal(digits.classIndex('index:2'), 2);
    assert.equal(digits.classIndex('1'), 1);
    const refused = (target, message) => assert.throws(() => digits.classIndex(target), { code: 'bad-option', message });
    refused('2', /^class "2" could be index 2 \(fox\) or the name of class 0: say index:2 or name:2$/);
    refused('11', /from 0 to 2 or a name, not 11; class 1 is called so: say name:11$/);
    refused('name:1', /^no class is called "1"/);
    refused('index:fox', /^class must be a whole number/);
    refused(7, /^class must be a whole number from 0 to 2/);
    const same = await engine.loadModel(meansOfChannels(two, names('0', '1')));
    assert.equal(same.classIndex('1'), 1);
  });

  test('the command line takes name:11, and says who is meant', async () => {
    const { code, stdout } = await run('explain', 'photo.png', '--model', 'two.onnx', '--target', 'name:11', '--samples', '2');
    assert.equal(code, 0);
    assert.match(stdout, /^photo\.png: 11 \(0\), 2 samples/);
    const wrong = await run('explain', 'photo.png', '--model', 'two.onnx', '--target', '11');
    assert.equal(wrong.code, 2);
    assertComplaint(wrong, /class 0 is called so: say name:11/);
  });

  test('a list of another length is left out with a note; one of the caller is refused', async () => {
    const model = await engine.loadModel(meansOfChannels(two, names('a', 'b', 'c')));
    assert.deepEqual([...model.classNames], []);
    assert.match(model.notes.join(), /the file names 3 classes, the network has 2: the names are left out/);
    assert.deepEqual((await engine.loadModel(meansOfChannels(two, names('a', 'b')))).notes, []);
    await assert.rejects(engine.loadModel(meansOfChannels(two), { classNames: ['a'] }), {
      code: 'bad-option',
      message: /classNames must be 2 names/,
    });
  });
});

describe('a map that is zero everywhere', () => {
  const blind = () => engine.loadModel(meansOfChannels([...two, [0, 0, 0]], names('a', 'b', 'blind')));
  const noteOf = async (model, options) => (await finish(model.explain(photo, { method: 'gradient', ...options }))).note;

  test('says so, and why', async () => {
    const model = await blind();
    assert.match(
      await noteOf(model, { target: 'blind' }),
      /^the gradient is zero everywhere: the class has no weights of its own/,
    );
    assert.match(await noteOf(model, { target: 'blind', method: 'occlusion', size: 2, stride: 2 }), /whatever is covered/);
    assert.equal(await noteOf(model, { target: 'a' }), undefined);
    assert.equal(await noteOf(model, { target: 'a', versus: 'blind' }), undefined);
    const same = await engine.loadModel(meansOfChannels([two[0], two[0]]));
    assert.match(await noteOf(same, { target: 0, versus: 1 }), /the two classes depend on the photo alike/);
    const dead = await engine.loadModel(
      meansOfChannels(two, {
        ...names('a', 'b'),
        before: [{ op: 'Clip', reads: ['x', 'low', 'high'], makes: 'c' }],
        reads: 'c',
        constants: { low: { dims: [], data: [5] }, high: { dims: [], data: [6] } },
      }),
    );
    assert.match(await noteOf(dead, { target: 0 }), /dead at this photo/);
    const black = { ...photo, data: photo.data.map((_, i) => (i % 4 === 3 ? 255 : 0)) };
    const times = await finish(model.explain(black, { method: 'gradient', timesInput: true, target: 'a' }));
    assert.match(times.note, /although the gradient is not/);
  });

  test('on the command line, in words and in JSON', async () => {
    const args = ['explain', 'photo.png', '--model', 'blind.onnx', '--target', 'blind', '--samples', '2'];
    assert.match((await run(...args)).stdout, /-> photo-smoothgrad\.png; the gradient is zero everywhere: the class/);
    assert.match(JSON.parse((await run(...args, '--json')).stdout).note, /^the gradient is zero everywhere/);
  });
});

describe("the command line's options of a model", () => {
  test('are the same for classify and explain, and notes go to stderr', async () => {
    const options = [
      '--model',
      'open.onnx',
      '--input-size',
      '4x6',
      '--preset',
      'levels',
      '--channel-order',
      'bgr',
      '--resize',
      '8',
    ];
    for (const command of [['classify'], ['explain', '--samples', '2']]) {
      const { code, stdout, stderr } = await run(...command, 'photo.png', ...options, '--json');
      assert.equal(code, 0, stderr);
      JSON.parse(stdout);
      assert.equal(stderr, 'smoothgrad: note: the file leaves the size of its input open: 4 x 6 is used\n');
    }
    const mean = await run('classify', 'photo.png', '--model', 'two.onnx', '--mean', '1,2,3', '--std', '2 2 2', '--json');
    assert.equal(mean.code, 0, mean.stderr);
    const scores = JSON.parse(mean.stdout).top;
    assert.ok(scores[0].probability > 0.999);
  });

  test('are named where they are wrong', async () => {
    for (const [options, pattern] of [
      [['--model', 'open.onnx'], /open\.onnx: input 'x' .* --input-size 224/],
      [['--model', 'two.onnx', '--mean', '1,x'], /mean must be a number .* not "x"/],
      [['--model', 'two.onnx', '--preset', 'imagenet', '--std', '1'], /preset stands for mean and std/],
      [['--model', 'two.onnx', '--channel-order', 'grb'], /channelOrder must be one of rgb, bgr/],
      [['--model', 'two.onnx', '--input-size', '1x2x3'], /--input-size must be pixels/],
    ]) {
      const result = await run('classify', 'photo.png', ...options);
      assert.ok(result.code > 0);
      assertComplaint(result, pattern);
    }
  });
});
