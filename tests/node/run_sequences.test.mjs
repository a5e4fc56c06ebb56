// Random sequences of what can be done to a run; `npm run soak -- sequences` plays thousands.
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { chance } from '../faults/random.mjs';
import { sequencesOf } from '../faults/run_sequences.mjs';
import { finish, readReference, reference, withEngine } from './support/package.mjs';

const count = Number(process.env.SEQUENCES ?? 40);
const seed = Number(process.env.SEED ?? 1);
const atOnce = 4;
const input = await readReference('mobile/input.npy');
const inputs = [1, 0.5, -1].map((factor) => ({ ...input, data: input.data.map((value) => factor * value) }));

for (const build of ['relaxed-threads', 'simd']) {
  test(`${count} sequences, seed ${seed}, build ${build}`, () =>
    withEngine({ build }, async (engine) => {
      const model = await engine.loadModel(reference('mobile/model.onnx'));
      const play = sequencesOf({ model, inputs, classes: model.classes });
      let at = 0;
      const player = async () => {
        for (let n = at++; n < count; n = at++) {
          await play(chance(seed * 1_000_003 + n), 12).catch((error) => {
            throw new Error(`sequence ${n}: ${error.message}`, { cause: error });
          });
        }
      };
      await Promise.all(Array.from({ length: atOnce }, player));
    }));
}

test('a signal for many runs is left as it was', () =>
  withEngine({ threads: 1 }, async (engine) => {
    const model = await engine.loadModel(reference('mobile/model.onnx'));
    const { signal } = new AbortController();
    for (let i = 0; i < 30; i++) await finish(model.explain(input, { samples: 1, signal }));
    const run = model.explain(input, { samples: 100_000, signal });
    for await (const _ of run) break;
    assert.equal(getEventListeners(signal, 'abort').length, 1);
    run.cancel();
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  }));

test('a run that is extended after its end obeys its signal again', () =>
  withEngine({ threads: 1 }, async (engine) => {
    const model = await engine.loadModel(reference('mobile/model.onnx'));
    const controller = new AbortController();
    const run = model.explain(input, { samples: 2, signal: controller.signal });
    await finish(run);
    run.extend(1_000_000);
    controller.abort(new Error('enough'));
    await assert.rejects(finish(run), /enough/);
  }));

test('what is said to a run before it is ready is heard', () =>
  withEngine({ build: 'simd' }, async (engine) => {
    const model = await engine.loadModel(reference('mobile/model.onnx'));
    const run = model.explain(input, { samples: 1, paused: true });
    run.extend(8);
    run.resume();
    assert.equal((await finish(run)).samples, 8);
  }));
