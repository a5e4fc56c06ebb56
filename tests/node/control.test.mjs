// A running explanation obeys: extend, pause, resume, step, cancel, signals, several at once, memory given back.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  createEngine,
  finish,
  readReference,
  reference,
  SmoothGradError,
  shippedModel,
  withEngine,
} from './support/package.mjs';

const small = reference('mobile/model.onnx');
const smallInput = await readReference('mobile/input.npy');
const largeInput = await readReference(`${shippedModel}/input.npy`);

const attributionOf = async (explanation) => (await explanation.attribution()).data;

/** Resolves when it has its first samples. */
async function underWay(explanation) {
  for await (const { samples } of explanation) if (samples > 0) return;
}

/** Lets so many frames pass in which the engine works: another explanation reports that often. */
async function framesPass(model, input, count = 6) {
  const other = model.explain(input, { target: 0, samples: 1_000_000 });
  let left = count;
  for await (const _ of other) if (--left === 0) break;
  other.cancel();
}

async function reference12(engine) {
  const model = await engine.loadModel(small);
  const explanation = model.explain(smallInput, { target: 0, samples: 12, seed: 4 });
  await finish(explanation);
  return { model, expected: await attributionOf(explanation) };
}

test('a run goes on from what was kept of one that is lost, to the same bytes', async () => {
  const options = { target: 0, samples: 201, seed: 4, method: 'smoothgrad' };
  const explain = async (more) => {
    const engine = await createEngine({ threads: 2 });
    const model = await engine.loadModel(small);
    return { engine, run: model.explain(smallInput, { ...options, ...more }) };
  };
  const whole = await explain();
  const { relativeError } = await finish(whole.run);
  const expected = await attributionOf(whole.run);
  let kept;
  for (const most of [20, 40]) {
    const { engine, run } = await explain({ keep: true, from: kept });
    assert.equal(run.kept, kept);
    for await (const { samples } of run) if (samples >= most) break;
    engine.close();
    assert.ok(run.kept);
    kept = run.kept;
  }
  const { engine, run } = await explain({ keep: true, from: kept });
  for await (const { samples } of run) {
    assert.ok(samples > 1);
    break;
  }
  const last = await finish(run);
  assert.deepEqual(await attributionOf(run), expected);
  assert.deepEqual([last.ownSamples, last.goal, last.relativeError], [201, 201, relativeError]);
  assert.deepEqual(run.kept, await run.save(), 'at its end all is kept');
  await assert.rejects(finish((await explain({ from: run.kept, seed: 5 })).run), {
    code: 'bad-option',
    message: /another seed/,
  });
  await assert.rejects(explain({ from: 'b.run' }), { code: 'bad-option', message: /from must be the bytes/ });
  for (const end of [engine, whole.engine]) end.close();
});

for (const build of ['relaxed-threads', 'simd']) {
  describe(`control, build ${build}`, () => {
    const inEngine = (use) => () => withEngine({ build }, use);

    test(
      'extend goes on where it stopped: 5 then 12 samples are 12 samples',
      inEngine(async (engine) => {
        const { model, expected } = await reference12(engine);
        const explanation = model.explain(smallInput, { target: 0, samples: 5, seed: 4 });
        assert.equal((await finish(explanation)).samples, 5);
        explanation.extend(12);
        const last = await finish(explanation);
        assert.deepEqual([last.state, last.samples, last.goal], ['done', 12, 12]);
        assert.deepEqual(await attributionOf(explanation), expected);
      }),
    );

    test(
      'extended after a rest, it is not done before the new samples are',
      inEngine(async (engine) => {
        const model = await engine.loadModel(small);
        const explanation = model.explain(smallInput, { target: 0, samples: 5 });
        await finish(explanation);
        await framesPass(model, smallInput); // the next report need not wait
        explanation.extend(12);
        assert.equal((await finish(explanation)).samples, 12);
      }),
    );

    test(
      'paused it waits; steps add one sample each; resumed it finishes',
      inEngine(async (engine) => {
        const { model, expected } = await reference12(engine);
        const explanation = model.explain(smallInput, { target: 0, samples: 12, seed: 4, paused: true });
        const progress = explanation[Symbol.asyncIterator]();
        const first = (await progress.next()).value;
        assert.deepEqual([first.state, first.samples], ['paused', 0]);
        await framesPass(model, smallInput);
        for (const samples of [1, 2]) {
          explanation.step();
          const { value } = await progress.next();
          assert.deepEqual([value.state, value.samples], ['paused', samples]);
        }
        explanation.resume();
        assert.equal((await finish(explanation)).samples, 12);
        assert.deepEqual(await attributionOf(explanation), expected);
      }),
    );

    test(
      'a step of a line method is a whole sample',
      inEngine(async (engine) => {
        const model = await engine.loadModel(small);
        const options = { method: 'smoothgrad-integrated-gradients', target: 0, samples: 3, steps: 4, paused: true };
        const explanation = model.explain(smallInput, options);
        explanation.step();
        for await (const { state, samples, passes } of explanation) {
          if (samples === 0) continue;
          assert.deepEqual([state, samples, passes], ['paused', 1, 4]);
          break;
        }
      }),
    );

    test(
      'pause while it runs holds it, and what is there is readable',
      inEngine(async (engine) => {
        const model = await engine.loadModel(shippedModel);
        const explanation = model.explain(largeInput, { samples: 10_000 });
        let paused;
        for await (const progress of explanation) {
          if (progress.state === 'paused') {
            paused = progress;
            break;
          }
          explanation.pause();
        }
        assert.ok(paused.samples >= 1 && paused.samples < 10_000);
        const before = await attributionOf(explanation);
        await framesPass(model, largeInput);
        assert.deepEqual(await attributionOf(explanation), before);
        const picture = await explanation.render();
        assert.equal(picture.data.length, 224 * 224 * 4);
        explanation.resume();
        for await (const { samples } of explanation) if (samples > paused.samples) break;
        explanation.cancel();
      }),
    );

    test(
      'cancel ends the iteration within a sample',
      inEngine(async (engine) => {
        const model = await engine.loadModel(shippedModel);
        const explanation = model.explain(largeInput, { samples: 10_000 });
        let [cancelled, sampleMs, last, frame] = [undefined, 0, performance.now(), 0];
        for await (const { state, elapsedMs, samples } of explanation) {
          assert.equal(state, 'running');
          if (cancelled !== undefined) continue;
          const now = performance.now();
          [last, frame] = [now, Math.max(frame, now - last)];
          if (samples < 2 * engine.threads) continue;
          sampleMs = (elapsedMs * engine.threads) / samples;
          cancelled = now;
          explanation.cancel();
        }
        const took = performance.now() - cancelled;
        assert.ok(took < 10 * Math.max(sampleMs, frame), `${took} ms, a sample ${sampleMs} ms, a frame ${frame} ms`);
        const left = await attributionOf(explanation);
        await framesPass(model, largeInput);
        assert.deepEqual(await attributionOf(explanation), left);
        assert.equal(left.length, 3 * 224 * 224);
      }),
    );

    test(
      'a signal ends it with its reason, before it starts and while it runs',
      inEngine(async (engine) => {
        const model = await engine.loadModel(shippedModel);
        const reason = new Error('enough');
        await assert.rejects(finish(model.explain(largeInput, { signal: AbortSignal.abort(reason) })), reason);
        const controller = new AbortController();
        const explanation = model.explain(largeInput, { samples: 10_000, signal: controller.signal });
        await underWay(explanation);
        const running = finish(explanation);
        controller.abort(reason);
        await assert.rejects(running, reason);
      }),
    );

    test(
      'a stop rule ends it, and it can go on',
      inEngine(async (engine) => {
        const model = await engine.loadModel(small);
        const explanation = model.explain(smallInput, { target: 0, samples: 100_000, until: { relativeError: 0.5 } });
        const last = await finish(explanation);
        assert.ok(last.samples >= 2 && last.samples < 100_000 && last.relativeError <= 0.5);
        explanation.extend(last.samples + 3);
        assert.equal((await finish(explanation)).samples, last.samples + 3);
      }),
    );

    test(
      'several at once all finish, each as if it were alone',
      inEngine(async (engine) => {
        const { model, expected } = await reference12(engine);
        const long = model.explain(smallInput, { target: 1, samples: 1_000_000 });
        const many = Array.from({ length: 5 }, () => model.explain(smallInput, { target: 0, samples: 12, seed: 4 }));
        for (const explanation of many) {
          assert.equal((await finish(explanation)).samples, 12);
          assert.deepEqual(await attributionOf(explanation), expected);
        }
        for await (const { state } of long) {
          assert.equal(state, 'running');
          break;
        }
        long.cancel();
      }),
    );

    test(
      'a hundred explanations leave nothing behind',
      inEngine(async (engine) => {
        const model = await engine.loadModel(small);
        const run = async () => {
          const explanation = model.explain(smallInput, { target: 0, samples: 3 });
          await finish(explanation);
          explanation.cancel();
        };
        // Threads give back what they had after they have answered.
        const settled = async () => {
          let [same, memory] = [0, await engine.memory()];
          while (same < 20) {
            const next = await engine.memory();
            same = next.allocated === memory.allocated ? same + 1 : 0;
            memory = next;
          }
          return memory;
        };
        const empty = (await settled()).allocated;
        for (let i = 0; i < 20; i++) await run();
        const before = await settled();
        for (let i = 0; i < 100; i++) await run();
        const after = await settled();
        assert.equal(after.heap, before.heap);
        // Threads come and go with a few hundred bytes each that the C library keeps.
        assert.ok(Math.abs(after.allocated - before.allocated) < 100_000, `${after.allocated - before.allocated} bytes`);
        assert.ok(before.allocated - empty < 9 * 80 * smallInput.data.length, `${before.allocated - empty} bytes kept`);
        const another = await engine.loadModel(shippedModel);
        assert.ok((await settled()).allocated > after.allocated + 1e7);
        another.close();
        model.close();
        const closed = await settled();
        assert.equal(closed.weights, 0);
        assert.ok(closed.allocated < empty, `${closed.allocated} bytes, ${empty} with a model`);
      }),
    );
  });
}

test('closing rejects what is under way; a new engine works', async () => {
  const engine = await createEngine();
  const model = await engine.loadModel(shippedModel);
  const explanation = model.explain(largeInput, { samples: 10_000 });
  await underWay(explanation);
  const rejected = assert.rejects(finish(explanation), { code: 'closed' });
  engine.close();
  engine.close();
  await rejected;
  await assert.rejects(engine.loadModel(small), { code: 'closed' });
  await assert.rejects(model.evaluate(largeInput), { code: 'closed' });
  await withEngine({}, async (again) => assert.equal((await again.loadModel(small)).inputShape.length, 4));
});

test('a closed model says so', () =>
  withEngine({}, async (engine) => {
    const model = await engine.loadModel(small);
    const explanation = model.explain(smallInput, { samples: 1_000_000 });
    await underWay(explanation);
    const running = finish(explanation);
    model.close();
    await running;
    assert.throws(() => model.explain(smallInput), { code: 'closed' });
    await assert.rejects(model.evaluate(smallInput), SmoothGradError);
  }));

test('progress is a copy, at most one a frame', () =>
  withEngine({}, async (engine) => {
    const model = await engine.loadModel(small);
    const explanation = model.explain(smallInput, { target: 0, samples: 1000 });
    const maps = new Set();
    const times = [];
    const begin = performance.now();
    for await (const { map } of explanation) {
      maps.add(map.buffer);
      times.push(performance.now() - begin);
    }
    assert.equal(maps.size, times.length);
    // A frame is 33 ms in Node. A report may come late, so that the next one seems to follow soon; none comes early.
    assert.ok(
      times.every((time, i) => time > 30 * i),
      `times ${times.map(Math.round)}`,
    );
  }));
