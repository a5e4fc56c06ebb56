// smoothgrad/train: digits are learned, by the wasm module in Node; the file it leaves is the network that was tested.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { packageFolder, root, withEngine } from './support/package.mjs';

const { createTrainer, SmoothGradError } = await import(new URL('train_node.js', packageFolder));

async function digits(part, count) {
  const bytes = gunzipSync(await readFile(new URL(`web/digits/${part}.bin`, root)));
  const all = bytes.length / 785;
  return {
    labels: new Uint8Array(bytes.subarray(0, count)),
    images: new Uint8Array(bytes.subarray(all, all + count * 784)),
  };
}

const some = await digits('train', 2000);
const tested = await digits('test', 300);
const few = await digits('train', 200);

async function withTrainer(options, use) {
  const trainer = await createTrainer(options);
  try {
    return await use(trainer);
  } finally {
    trainer.close();
  }
}

async function progressOf(training) {
  const all = [];
  for await (const progress of training) all.push(progress);
  return all;
}

describe('a training', () => {
  test('learns digits under noise, tells how far it is, and leaves a file that the engine reads', () =>
    withTrainer({ threads: 2 }, async (trainer) => {
      assert.equal(trainer.threads, 2);
      const data = { ...some, testImages: tested.images, testLabels: tested.labels };
      const training = trainer.train(data, { noise: 0.1, epochs: 3, seed: 1 });
      const all = await progressOf(training);
      const last = all.at(-1);
      assert.deepEqual([last.done, last.epoch, last.step, last.steps], [true, 3, 96, 96]);
      assert.ok(all.length > 2 && all.every(({ step }, i) => i === 0 || step >= all[i - 1].step));
      assert.ok(last.loss < all[0].loss / 3 && last.accuracy > 0.85 && last.testAccuracy > 0.8, JSON.stringify(last));

      const onnx = await training.model();
      assert.ok(onnx.length < 400_000);
      await withEngine({ threads: 1 }, async (engine) => {
        const model = await engine.loadModel(onnx);
        assert.deepEqual(model.classNames, ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        let correct = 0;
        for (const [i, label] of tested.labels.entries()) {
          const data = Float32Array.from(tested.images.subarray(i * 784, (i + 1) * 784), (level) => level / 255);
          const { logits } = await model.evaluate({ shape: [1, 1, 28, 28], data });
          if (logits.indexOf(Math.max(...logits)) === label) correct++;
        }
        assert.ok(Math.abs(correct / tested.labels.length - last.testAccuracy) <= 2 / 300, `${correct} of 300`);
      });
    }));

  test('gives the same bytes for a seed, on one thread and on three', async () => {
    const { build } = await withTrainer({}, async (trainer) => trainer);
    const train = (threads, seed) =>
      withTrainer({ threads, build }, async (trainer) => {
        const training = trainer.train(few, { noise: 0.2, seed });
        await progressOf(training);
        return Buffer.from(await training.model());
      });
    const one = await train(1, 5);
    assert.ok(one.equals(await train(3, 5)));
    assert.ok(!one.equals(await train(3, 6)));
  });

  for (const threads of [1, 2]) {
    test(`is stopped within a batch and keeps its network, on ${threads} thread${threads > 1 ? 's' : ''}`, () =>
      withTrainer({ threads }, async (trainer) => {
        const training = trainer.train(some, { epochs: 1000 });
        let seen = 0;
        for await (const { step, done } of training) {
          assert.ok(!done);
          seen = step;
          training.stop();
        }
        assert.ok(seen > 0);
        const kept = Buffer.from(await training.model());
        assert.ok(Buffer.from(await training.model()).equals(kept));
        assert.notEqual(kept.length, 0);

        // The next one takes its place.
        const next = trainer.train(few);
        assert.equal((await progressOf(next)).at(-1).done, true);
        assert.equal((await progressOf(training)).length, 0);
        await assert.rejects(training.model(), { code: 'closed' });
      }));
  }

  for (const threads of [1, 2]) {
    test(`goes on after a stop to the network that it would have become, on ${threads} thread${threads > 1 ? 's' : ''}`, () =>
      withTrainer({ threads }, async (trainer) => {
        const options = { noise: 0.1, epochs: 4, seed: 3 };
        const whole = trainer.train(few, options);
        await progressOf(whole);
        const wanted = Buffer.from(await whole.model());

        const training = trainer.train(few, options);
        for await (const { step, steps } of training) {
          assert.ok(step < steps);
          training.stop();
        }
        assert.ok(!Buffer.from(await training.model()).equals(wanted));
        await training.goOn();
        assert.equal((await progressOf(training)).at(-1).done, true);
        assert.ok(Buffer.from(await training.model()).equals(wanted));

        trainer.train(few);
        await assert.rejects(training.goOn(), { code: 'closed' });
      }));
  }

  test('is aborted by a signal, whose reason the iteration throws', () =>
    withTrainer({ threads: 1 }, async (trainer) => {
      const controller = new AbortController();
      const reason = new Error('enough');
      const run = async () => {
        for await (const _ of trainer.train(some, { epochs: 1000, signal: controller.signal })) controller.abort(reason);
      };
      await assert.rejects(run, reason);
    }));

  test('is refused where options or digits are wrong', () =>
    withTrainer({ threads: 1 }, async (trainer) => {
      const refuses = (digits, options, code, pattern) =>
        assert.throws(
          () => trainer.train(digits, options),
          (error) => error instanceof SmoothGradError && error.code === code && pattern.test(error.message),
        );
      refuses(few, { noise: -0.1 }, 'bad-option', /noise must be a number from 0 to 10/);
      refuses(few, { epochs: 0 }, 'bad-option', /epochs must be a whole number/);
      refuses(few, { batch: 1.5 }, 'bad-option', /batch must be/);
      refuses(few, { learningRate: 0 }, 'bad-option', /learningRate must be/);
      refuses(few, { seed: -1 }, 'bad-option', /seed must be/);
      refuses(few, { sigma: 1 }, 'bad-option', /no option sigma/);
      refuses({ ...few, images: few.images.subarray(1) }, {}, 'bad-image', /200 labels need 156800 bytes.*not 156799/);
      refuses({ ...few, labels: few.labels.map((label) => label + 3) }, {}, 'bad-image', /label 7 is 10, not 0 to 9/);
      refuses({ ...few, testImages: few.images }, {}, 'bad-image', /the test digits/);
      refuses({ images: new Uint8Array(), labels: new Uint8Array() }, {}, 'bad-image', /no training digits/);
      refuses({ images: [...few.images], labels: [...few.labels] }, {}, 'bad-image', /Uint8Array/);
    }));

  test('ends with its trainer', async () => {
    const trainer = await createTrainer({ threads: 2 });
    const training = trainer.train(some, { epochs: 1000 });
    const end = (async () => {
      for await (const _ of training) trainer.close();
    })();
    await assert.rejects(end, { code: 'closed' });
    await assert.rejects(training.model(), { code: 'closed' });
  });
});
