// A bad option is named, with what would be right, before anything is computed.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { inspect } from 'node:util';
import {
  chelsea,
  createEngine,
  formatNpy,
  parseNpy,
  readReference,
  reference,
  shippedModel,
  withEngine,
} from './support/package.mjs';

describe('options of explain', () => {
  let engine;
  let model;
  let input;
  before(async () => {
    engine = await createEngine();
    model = await engine.loadModel(shippedModel);
    input = await readReference(`${shippedModel}/input.npy`);
  });
  after(() => engine.close());

  const bad = [
    [{ noise: -1 }, /^noise must be a number of at least 0, not -1$/],
    [{ noise: Number.NaN }, /^noise must be .* not NaN$/],
    [{ noise: Number.POSITIVE_INFINITY }, /^noise must be .* not Infinity$/],
    [{ noise: '0.1' }, /^noise must be .* not "0.1"$/],
    [{ samples: 0 }, /^samples must be a whole number from 1 to/],
    [{ samples: 2.5 }, /^samples must be .* not 2.5$/],
    [{ seed: -1 }, /^seed must be/],
    [{ seed: 0.5 }, /^seed must be/],
    [{ seed: 2n ** 64n }, /^seed must be/],
    [{ steps: 0 }, /^steps must be/],
    [{ target: 1000 }, /^class must be a whole number from 0 to 999 or a name, not 1000$/],
    [{ target: -1 }, /^class must be/],
    [{ target: 1.5 }, /^class must be/],
    [{ target: 'tigercat' }, /^no class is called "tigercat"; did you mean 282 tiger cat/],
    [{ target: 'cat' }, /^class "cat" is one of several, give the index: .* more$/],
    [{ versus: 'no such class' }, /^no class is called/],
    [{ method: 'smoothgard' }, /^method must be one of gradient, smoothgrad, .*, not "smoothgard"$/],
    [{ rule: 'leaky' }, /^rule must be one of gradient, guided, deconvnet, not "leaky"$/],
    [{ timesInput: 'yes' }, /^timesInput must be true or false, not "yes"$/],
    [{ channels: 'red' }, /^channels must be one of sum-abs, /],
    [{ until: { relativeError: 0 } }, /^until.relativeError must be/],
    [{ smaples: 5 }, /^there is no option smaples; there are method, /],
  ];
  for (const [options, message] of bad) {
    test(inspect(options), () => {
      assert.throws(() => model.explain(chelsea, options), { name: 'SmoothGradError', code: 'bad-option', message });
    });
  }

  test('classes by name', () => {
    assert.equal(model.classIndex('Tiger Cat'), 282);
    assert.equal(model.classIndex('282'), 282);
    assert.equal(model.classIndex('egyptian'), 285);
    assert.equal(model.classNames.length, 1000);
  });

  test('target and versus the same', async () => {
    const explanation = model.explain(input, { target: 282, versus: 282 });
    await assert.rejects(explanation[Symbol.asyncIterator]().next(), { code: 'bad-option', message: /versus/ });
  });

  test('tensors of a wrong shape, size or content', async () => {
    assert.throws(() => model.explain({ shape: [1, 3, 10, 10], data: new Float32Array(300) }), {
      message: /must be \[1, 3, 224, 224\], not \[1, 3, 10, 10\]/,
    });
    assert.throws(() => model.explain({ shape: input.shape, data: new Float32Array(5) }), {
      message: /Float32Array of 150528/,
    });
    await assert.rejects(model.evaluate({ shape: input.shape, data: [...input.data] }), {
      code: 'bad-option',
      message: /Float32Array/,
    });
    const data = input.data.slice();
    data[77] = Number.NaN;
    const explanation = model.explain({ shape: input.shape, data });
    await assert.rejects(explanation[Symbol.asyncIterator]().next(), { code: 'bad-tensor', message: /element 77 is NaN/ });
  });

  test('options of render, classify and evaluate', async () => {
    const explanation = model.explain(input, { samples: 1 });
    for (const [options, message] of [
      [{ view: 'hologram' }, /^view must be one of map, overlay, mask/],
      [{ colours: 'mauve' }, /^colours must be one of grey, viridis/],
      [{ percentile: 101 }, /^percentile must be a number from 90 to 100/],
      [{ opacity: -0.1 }, /^opacity must be a number from 0 to 1/],
      [{ overlay: true }, /^there is no option overlay/],
    ]) {
      await assert.rejects(explanation.render(options), { code: 'bad-option', message });
    }
    await assert.rejects(explanation.render({ view: 'overlay' }), { code: 'bad-option', message: /photo/ });
    await assert.rejects(model.classify(chelsea, { top: 0 }), { code: 'bad-option', message: /^top must be/ });
    await assert.rejects(model.evaluate(input, { rule: 'guide' }), { code: 'bad-option', message: /^rule must be one of/ });
    assert.throws(() => explanation.extend(0), { code: 'bad-option', message: /^samples must be/ });
  });
});

test('options of createEngine, noise and loadModel', async () => {
  await assert.rejects(createEngine({ threads: 0 }), {
    code: 'bad-option',
    message: /^threads must be a whole number from 1 to/,
  });
  await assert.rejects(createEngine({ build: 'scalar' }), { code: 'bad-option', message: /^build must be one of simd, / });
  await assert.rejects(createEngine({ build: 'simd', threads: 2 }), { code: 'bad-option', message: /simd-threads/ });
  await assert.rejects(createEngine({ assets: '/no/such/folder' }), { code: 'not-found', message: /no\/such\/folder/ });
  await assert.rejects(createEngine({ signal: AbortSignal.abort(new Error('stop')) }), { message: 'stop' });
  await withEngine({ threads: 1 }, async (engine) => {
    assert.ok(engine.singleThreadReason.length > 0);
    await assert.rejects(engine.noise({ size: 0 }), { code: 'bad-option', message: /^size must be/ });
    await assert.rejects(engine.loadModel(shippedModel, { std: [0] }), { code: 'bad-option', message: /^std must be/ });
    await assert.rejects(engine.loadModel(shippedModel, { mean: [1] }), {
      code: 'bad-option',
      message: /mean must have 3 numbers/,
    });
    await assert.rejects(engine.loadModel(shippedModel, { classNames: ['a'] }), { code: 'bad-option', message: /1000 names/ });
  });
});

test('models that are none', () =>
  withEngine({ threads: 1 }, async (engine) => {
    await assert.rejects(engine.loadModel('resnet'), { code: 'not-found', message: /shipped are efficientnet-lite0/ });
    const missing = reference('missing.onnx');
    await assert.rejects(engine.loadModel(missing), {
      code: 'not-found',
      message: `${missing} could not be read: there is no such file`,
    });
    const bytes = await readFile(reference('plain/model.onnx'));
    for (const length of [0, 10, 1000, bytes.length - 1]) {
      await assert.rejects(engine.loadModel(bytes.subarray(0, length)), { code: 'bad-model' });
    }
    const path = reference('README.md');
    await assert.rejects(engine.loadModel(path), (error) => error.code === 'bad-model' && error.message.startsWith(path));
    // The engine is none the worse for it.
    assert.equal((await engine.loadModel(bytes)).inputShape.join(), '1,1,28,28');
  }));

test('.npy: written and read again, float64 and column-major read, others refused', () => {
  const tensor = { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6.5) };
  assert.deepEqual(parseNpy(formatNpy(tensor)), tensor);
  assert.equal(formatNpy(tensor).length, 128 + 24);
  assert.deepEqual(parseNpy(formatNpy({ shape: [6], data: tensor.data })).shape, [6]);
  const build = (descr, order, data) => {
    const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (2, 3), }`.padEnd(117);
    return Buffer.concat([
      Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'),
      Buffer.from(`${header}\n`),
      Buffer.from(data.buffer),
    ]);
  };
  assert.deepEqual(parseNpy(build('<f8', 'False', Float64Array.from(tensor.data))), tensor);
  assert.deepEqual(parseNpy(build('<f4', 'True', Float32Array.of(1, 4, 2, 5, 3, 6.5))), tensor);
  const code = 'bad-tensor';
  assert.throws(() => parseNpy(build('<i4', 'False', new Int32Array(6))), {
    code,
    message: /<i4: save it as float16, float32 or float64/,
  });
  assert.throws(() => parseNpy(build('<f4', 'False', new Float32Array(5))), {
    code,
    message: /20 bytes of data instead of 24/,
  });
  assert.throws(() => parseNpy(new Uint8Array(40)), { code, message: /not an .npy file/ });
});

test('every broken or unsupported ONNX file is refused, and the engine goes on', () =>
  withEngine({ threads: 1 }, async (engine) => {
    const files = (await readdir(reference('bad'))).filter((name) => name.endsWith('.onnx'));
    assert.ok(files.length > 20);
    for (const name of files) {
      const path = reference(`bad/${name}`);
      await assert.rejects(engine.loadModel(path), (error) => {
        const codes = name === 'external_tensor.onnx' ? ['not-found'] : ['bad-model', 'unsupported-operator'];
        assert.ok(codes.includes(error.code), `${name}: ${error.code} ${error.message}`);
        assert.ok(error.message.startsWith(`${path}: `) && !error.message.includes('\n'), error.message);
        return true;
      });
    }
    assert.equal((await engine.loadModel(reference('plain/model.onnx'))).inputShape.join(), '1,1,28,28');
  }));
