// A prepared photo: held by the engine, taken by runs and measures, gone with its model.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chelsea, finish, pathOf, seen, shippedModel, withEngine } from './support/package.mjs';

test('runs, references and measures of a prepared photo are those of the photo', () =>
  withEngine({}, async (engine) => {
    const model = await engine.loadModel(shippedModel);
    const photo = await model.prepare(chelsea);
    assert.deepEqual([photo.width, photo.height], [224, 224]);
    const { pixels, input } = await seen(model, chelsea);
    assert.deepEqual(await photo.pixels(), pixels);
    assert.deepEqual(await photo.input(), input);
    assert.deepEqual(await model.classify(photo), await model.classify(chelsea));
    assert.deepEqual(await model.evaluate(photo, { target: 3 }), await model.evaluate(input, { target: 3 }));
    assert.deepEqual(await model.edges(photo), await model.edges(chelsea));
    assert.deepEqual(await model.gradCam(photo), await model.gradCam(chelsea));
    const options = { samples: 2, view: 'overlay', pictures: true };
    const [own, other] = [model.explain(photo, options), model.explain(chelsea, options)];
    const [a, b] = [await finish(own), await finish(other)];
    assert.deepEqual([a.map, a.logits, a.picture], [b.map, b.logits, b.picture]);
    // Copies: what is done to them is done to nobody else's.
    (await photo.input()).data.fill(0);
    (await photo.pixels()).data.fill(0);
    assert.deepEqual(await photo.input(), input);
    assert.deepEqual((await model.prepare(photo)).width, 224);
  }));

test('another network of the same input takes it, one of another size refuses it', () =>
  withEngine({ threads: 1 }, async (engine) => {
    const [model, random] = [
      await engine.loadModel(shippedModel),
      await engine.loadModel(shippedModel, { randomisedLayers: 1 }),
    ];
    const photo = await model.prepare(chelsea);
    assert.deepEqual(await random.classify(photo), await random.classify(chelsea));
    const small = await engine.loadModel('mnist-noise-0');
    await assert.rejects(small.classify(photo), {
      code: 'bad-option',
      message: /must be \[1, 1, 28, 28\], not \[1, 3, 224, 224\]/,
    });
  }));

test('it dies with its owner, and says so', () =>
  withEngine({ threads: 1 }, (engine) =>
    withEngine({ threads: 1 }, async (another) => {
      const [model, other] = [await engine.loadModel(shippedModel), await engine.loadModel(shippedModel)];
      const closed = await model.prepare(chelsea);
      closed.close();
      await assert.rejects(model.classify(closed), { code: 'closed', message: 'this photo has been closed' });
      const photo = await model.prepare(pathOf('web/photos/coffee.webp'));
      const foreign = await another.loadModel(shippedModel);
      await assert.rejects(foreign.classify(photo), {
        code: 'closed',
        message: /prepared by another engine: prepare it again/,
      });
      const run = model.explain(photo, { samples: 2 });
      await finish(run);
      photo.close();
      run.extend(4);
      assert.equal((await finish(run)).samples, 4, 'a run goes on without it');
      const last = await other.prepare(chelsea);
      other.close();
      await assert.rejects(model.classify(last), { code: 'closed', message: 'this photo has been closed' });
      await assert.rejects(last.pixels(), { code: 'closed' });
    }),
  ));

test('a frame carries figures, map and picture; another look is a frame of the same samples', () =>
  withEngine({}, async (engine) => {
    const model = await engine.loadModel(shippedModel);
    const run = model.explain(chelsea, { samples: 3, pictures: true, percentile: 95 });
    const last = await finish(run);
    assert.deepEqual(last.picture, await run.render());
    assert.deepEqual([last.done, last.goal, last.unit], [3, 3, 'samples']);
    const redrawn = await run.redraw({ view: 'overlay', channels: 'max-abs', window: 2 });
    assert.deepEqual(redrawn.map, (await run.map({ channels: 'max-abs', window: 2 })).map);
    // What is left out is by default, not as in explain().
    const look = { view: 'overlay', channels: 'max-abs', window: 2, percentile: 99 };
    assert.deepEqual(redrawn.picture, await run.render(look));
    run.extend(4);
    const more = await finish(run);
    assert.deepEqual([more.samples, more.picture], [4, await run.render(look)]);
    assert.equal((await finish(model.explain(chelsea, { samples: 1 }))).picture, undefined);
    await assert.rejects(run.redraw({ view: 'hologram' }), { code: 'bad-option' });
  }));

test('Grad-CAM and occlusion are runs; what only samples have is refused', () =>
  withEngine({}, async (engine) => {
    const model = await engine.loadModel(shippedModel);
    const cam = model.explain(chelsea, { method: 'grad-cam', pictures: true });
    const frame = await finish(cam);
    assert.deepEqual([frame.state, frame.done, frame.goal, frame.unit, frame.target], ['done', 1, 1, 'maps', 282]);
    assert.deepEqual(frame.map, (await model.gradCam(chelsea)).map);
    assert.deepEqual(frame.picture, await engine.renderMap(frame));
    assert.equal(frame.relativeError, undefined);
    const bad = { code: 'bad-option', message: /is of samples, and this method is not made of any/ };
    for (const call of ['attribution', 'standardError', 'agreement', 'signalToNoise', 'save'])
      await assert.rejects(cam[call](), bad);
    await assert.rejects(cam.merge(new Uint8Array(4)), bad);
    assert.throws(() => model.explain(chelsea, { method: 'grad-cam', noise: 0.1 }), {
      code: 'bad-option',
      message: 'noise is not for method grad-cam',
    });
    assert.throws(() => model.explain(chelsea, { layer: 'conv' }), { message: 'layer is for method grad-cam' });
    const squares = model.explain(chelsea, { method: 'occlusion', size: 112, stride: 112, paused: true });
    const paused = (await squares[Symbol.asyncIterator]().next()).value;
    assert.deepEqual([paused.state, paused.done, paused.goal, paused.unit], ['paused', 0, 4, 'squares']);
    squares.step();
    for await (const { done, state } of squares) {
      if (done === 0) continue;
      assert.deepEqual([state, done], ['paused', 1]);
      break;
    }
    squares.resume();
    assert.equal((await finish(squares)).done, 4);
  }));
