// From a photo to what the network sees.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import sharp from 'sharp';
import { chelsea, readReference, reference, seen, shippedModel, withEngine } from './support/package.mjs';

const decode = async (source) => {
  const { data, info } = await sharp(source).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
};

const furthest = (a, b) => a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

const withModel = (use) => withEngine({ threads: 1 }, async (engine) => use(await engine.loadModel(shippedModel)));

test("resizing is Pillow's, within 2 levels, and normalising as the model says", () =>
  withModel(async (model) => {
    const { pixels, input } = await seen(model, chelsea);
    const expected = await decode(reference(`${shippedModel}/chelsea_224.png`));
    assert.deepEqual([pixels.width, pixels.height], [224, 224]);
    const away = furthest(pixels.data, expected.data);
    assert.ok(away <= 2, `${away} levels`);
    assert.deepEqual(input.shape, [1, 3, 224, 224]);
    const wanted = await readReference(`${shippedModel}/input.npy`);
    assert.ok(furthest(input.data, wanted.data) <= 2 / 128 + 1e-6);
    const [pixel, channel] = [40_000, 2];
    assert.equal(input.data[channel * 224 * 224 + pixel], Math.fround((pixels.data[pixel * 4 + channel] - 127) / 128));
  }));

test('a path, a file: address, bytes, a Blob and RGBA are the same photo', () =>
  withModel(async (model) => {
    const bytes = await readFile(chelsea);
    const sources = [new URL(`file://${chelsea}`).href, bytes, new Blob([bytes]), await decode(chelsea)];
    const { pixels } = await seen(model, chelsea);
    for (const source of sources) assert.deepEqual((await seen(model, source)).pixels, pixels);
  }));

test('EXIF orientation is honoured', () =>
  withModel(async (model) => {
    // A flat picture of four colours, one a quarter, survives JPEG; turned by 90 degrees as orientation 6 says.
    const size = 256;
    const colours = [
      [200, 30, 30],
      [30, 200, 30],
      [30, 30, 200],
      [200, 200, 30],
    ];
    const data = Buffer.alloc(size * size * 3);
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        data.set(colours[(y < size / 2 ? 0 : 2) + (x < size / 2 ? 0 : 1)], (y * size + x) * 3);
      }
    }
    const image = sharp(data, { raw: { width: size, height: size, channels: 3 } });
    const upright = await image.clone().png().toBuffer();
    const options = { quality: 100, chromaSubsampling: '4:4:4' };
    const lying = await image.clone().rotate(-90).jpeg(options).withMetadata({ orientation: 6 }).toBuffer();
    assert.equal((await sharp(lying).metadata()).orientation, 6);
    const [a, b] = [await seen(model, upright), await seen(model, lying)];
    const corner = (pixels, x, y) => [...pixels.data.subarray((y * 224 + x) * 4, (y * 224 + x) * 4 + 3)];
    for (const [x, y] of [
      [20, 20],
      [200, 20],
      [20, 200],
      [200, 200],
    ]) {
      assert.ok(furthest(corner(a.pixels, x, y), corner(b.pixels, x, y)) <= 6, `at ${x}, ${y}: ${corner(b.pixels, x, y)}`);
    }
  }));

test('transparency is drawn on white', () =>
  withModel(async (model) => {
    const { pixels } = await seen(model, { width: 2, height: 2, data: new Uint8ClampedArray(16) });
    assert.ok(pixels.data.every((value) => value === 255));
  }));

test('what is no photo is refused by name', () =>
  withModel(async (model) => {
    const missing = reference('no-such-photo.png');
    await assert.rejects(model.classify(missing), {
      code: 'not-found',
      message: `${missing} could not be read: there is no such file`,
    });
    const text = reference('README.md');
    await assert.rejects(model.classify(text), (error) => error.code === 'bad-image' && error.message.startsWith(text));
    const truncated = (await readFile(reference(`${shippedModel}/chelsea_224.png`))).subarray(0, 20_000);
    await assert.rejects(model.classify(truncated), { code: 'bad-image' });
    assert.throws(() => model.explain({ width: 3, height: 3, data: new Uint8Array(35) }), {
      code: 'bad-image',
      message: /36 bytes/,
    });
    await assert.rejects(model.classify({ width: 0, height: 3, data: new Uint8Array() }), {
      code: 'bad-option',
      message: /width/,
    });
  }));

test('the classes of Chelsea', () =>
  withModel(async (model) => {
    const top = await model.classify(chelsea, { top: 3 });
    assert.equal(top.length, 3);
    assert.deepEqual({ index: top[0].index, name: top[0].name }, { index: 282, name: 'tiger cat' });
    assert.ok(top[0].probability >= top[1].probability && top[1].probability >= top[2].probability);
    const all = await model.classify(chelsea, { top: 1000 });
    const sum = all.reduce((total, { probability }) => total + probability, 0);
    assert.ok(Math.abs(sum - 1) < 1e-6, `sum ${sum}`);
  }));
