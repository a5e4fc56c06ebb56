// The shipped network at a larger size than it was trained at: what it says, and how fine its maps are.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { finish, shippedModel, withEngine } from './support/package.mjs';

const photo = (file) => fileURLToPath(new URL(`../../web/photos/${file}`, import.meta.url));

test('at 320 pixels the class is still one of the first two, and the map has finer detail', () =>
  withEngine({}, async (engine) => {
    const seen = {};
    for (const size of [224, 320]) {
      const model = await engine.loadModel(shippedModel, { size });
      assert.deepEqual(model.inputShape, [1, 3, size, size]);
      for (const file of ['coffee.webp', 'camera.webp']) {
        const top = await model.classify(photo(file), { top: 2 });
        const target = seen[file]?.target ?? top[0].index;
        assert.ok(
          top.some(({ index }) => index === target),
          file,
        );
        const run = model.explain(photo(file), { target, samples: 8, seed: 1 });
        await finish(run);
        const { totalVariation } = await engine.measure(await run.map({ magnitude: 'denoised' }));
        // Differences between neighbours, in widths of the photo: merely enlarged, a map has the same at every size.
        const detail = totalVariation * size;
        if (size === 320) assert.ok(detail > 1.15 * seen[file].detail, `${file}: ${detail}, ${seen[file].detail}`);
        seen[file] = { target, detail };
      }
      model.close();
    }
  }));
