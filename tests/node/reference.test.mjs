// Logits, gradients by every rule and integrated gradients against PyTorch and captum, through the API, in every build.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { finish, readReference, reference, relativeError, shippedModel, withEngine } from './support/package.mjs';

const builds = ['simd', 'simd-threads', 'relaxed', 'relaxed-threads'];
const cases = ['plain', 'mobile', 'branches', shippedModel];
const tolerance = 1e-3;
/** Of float32 PyTorch from itself in double, some of the 32 points being beside kinks. */
const tolerances = { [`${shippedModel} integrated`]: 1e-2 };

async function loadCase(engine, name) {
  const settings = JSON.parse(await readFile(reference(`${name}/case.json`), 'utf8'));
  const model = await engine.loadModel(name === shippedModel ? name : reference(`${name}/model.onnx`));
  return { settings, model, input: await readReference(`${name}/input.npy`) };
}

async function compare(name, what, actual) {
  const expected = await readReference(`${name}/${what}.npy`);
  const error = relativeError(actual, expected.data);
  assert.ok(error < (tolerances[`${name} ${what}`] ?? tolerance), `${name} ${what}: relative error ${error}`);
}

for (const build of builds) {
  describe(`reference tensors, build ${build}`, () => {
    for (const name of cases) {
      test(name, () =>
        withEngine({ build }, async (engine) => {
          assert.equal(engine.build, build);
          const { settings, model, input } = await loadCase(engine, name);
          const { target, other } = settings;
          const { logits } = await model.evaluate(input);
          await compare(name, 'output', logits);
          for (const rule of ['gradient', 'guided', 'deconvnet']) {
            const { gradient } = await model.evaluate(input, { target, rule });
            assert.deepEqual(gradient.shape, input.shape);
            await compare(name, rule, gradient.data);
          }
          if (other !== undefined) {
            const { gradient } = await model.evaluate(input, { target: other });
            await compare(name, 'gradient_other', gradient.data);
          }
          const integrated = model.explain(input, { method: 'integrated-gradients', target, steps: settings.integrated_steps });
          const { state, passes } = await finish(integrated);
          assert.equal(state, 'done');
          assert.equal(passes, settings.integrated_steps);
          await compare(name, 'integrated', (await integrated.attribution()).data);
        }),
      );
    }
  });
}

test('versus: the gradient of a difference is the difference of the gradients', () =>
  withEngine({}, async (engine) => {
    const { settings, model, input } = await loadCase(engine, shippedModel);
    const { target, other } = settings;
    const { gradient } = await model.evaluate(input, { target, versus: other });
    const [a, b] = await Promise.all(
      ['gradient', 'gradient_other'].map((what) => readReference(`${shippedModel}/${what}.npy`)),
    );
    assert.ok(
      relativeError(
        gradient.data,
        a.data.map((value, i) => value - b.data[i]),
      ) <
        2 * tolerance,
    );
    const explanation = model.explain(input, { method: 'gradient', target, versus: other });
    await finish(explanation);
    assert.deepEqual((await explanation.attribution()).data, gradient.data);
  }));
