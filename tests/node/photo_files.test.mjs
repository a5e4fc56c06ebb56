// Photos of every kind that a camera, a scanner or the web makes.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { pngOf } from '../faults/whole_images.mjs';
import { assertComplaint, inNewFolder } from './support/command_line.mjs';
import { chelsea, seen, shippedModel, withEngine } from './support/package.mjs';

const { folder, run } = await inNewFolder();

const kinds = {
  'jpeg, CMYK': (photo) => photo.toColourspace('cmyk').jpeg({ quality: 95 }),
  'jpeg, progressive': (photo) => photo.jpeg({ quality: 95, progressive: true }),
  'png, 16 bits': (photo) => photo.toColourspace('rgb16').png(),
  'png, palette': (photo) => photo.png({ palette: true, colours: 256 }),
  'png, interlaced': (photo) => photo.png({ progressive: true }),
  'png, opaque alpha': (photo) => photo.ensureAlpha().png(),
  'webp, lossless': (photo) => photo.webp({ lossless: true }),
  'jpeg, of a wide gamut': (photo) => photo.withIccProfile('p3').jpeg({ quality: 95 }),
};

test('each shows the network the same cat', () =>
  withEngine({ threads: 1 }, async (engine) => {
    const model = await engine.loadModel(shippedModel);
    const { pixels } = await seen(model, chelsea);
    for (const [kind, make] of Object.entries(kinds)) {
      const bytes = await make(sharp(chelsea)).toBuffer();
      const other = (await seen(model, bytes)).pixels;
      const away = other.data.reduce((sum, value, i) => sum + Math.abs(value - pixels.data[i]), 0) / other.data.length;
      assert.ok(away < 8, `${kind}: ${away} levels on the average`);
      assert.match((await model.classify(bytes, { top: 1 }))[0].name, /cat|tabby/, kind);
    }
  }));

test('grey is grey, and 16 bits of it are 8', () =>
  withEngine({ threads: 1 }, async (engine) => {
    const model = await engine.loadModel(shippedModel);
    const grey = sharp(chelsea).greyscale();
    const { pixels } = await seen(model, await grey.clone().png().toBuffer());
    for (let i = 0; i < pixels.data.length; i += 4) {
      assert.equal(pixels.data[i], pixels.data[i + 1]);
      assert.equal(pixels.data[i], pixels.data[i + 2]);
    }
    const deep = await seen(model, await grey.clone().toColourspace('grey16').png().toBuffer());
    const away = deep.pixels.data.reduce((most, value, i) => Math.max(most, Math.abs(value - pixels.data[i])), 0);
    assert.ok(away <= 1, `${away} levels`);
  }));

test('of an animation the first picture is taken', () =>
  withEngine({ threads: 1 }, async (engine) => {
    const model = await engine.loadModel(shippedModel);
    const frames = ['#c00', '#00c'].map((background) => ({ create: { width: 64, height: 64, channels: 3, background } }));
    const bytes = await sharp(await Promise.all(frames.map((frame) => sharp(frame).png().toBuffer())), {
      join: { animated: true },
    })
      .webp({ lossless: true })
      .toBuffer();
    assert.equal((await sharp(bytes).metadata()).pages, 2);
    const { data } = (await seen(model, bytes)).pixels;
    assert.deepEqual([...data.subarray(0, 3)], [0xcc, 0, 0]);
  }));

test('files that hold no photo are named, each in a line; the others are done', async () => {
  const jpeg = await sharp(chelsea).jpeg().toBuffer();
  const webp = await sharp(chelsea).webp().toBuffer();
  await writeFile(join(folder, 'empty.jpg'), '');
  await writeFile(join(folder, 'half.jpg'), jpeg.subarray(0, jpeg.length / 2));
  await writeFile(join(folder, 'half.webp'), webp.subarray(0, webp.length / 2));
  await writeFile(join(folder, 'photo'), jpeg);
  const result = await run('classify', 'empty.jpg', 'half.jpg', 'half.webp', folder, 'photo', '--json', '--top', '1');
  assert.equal(result.code, 1);
  const errors = result.stderr.trim().split('\n');
  assert.equal(errors.length, 4, result.stderr);
  for (const [i, pattern] of [
    /empty\.jpg is not a photo/,
    /half\.jpg .*damaged/,
    /half\.webp .*damaged/,
    /it is a folder/,
  ].entries())
    assertComplaint({ stderr: errors[i] }, pattern);
  assert.match(JSON.parse(result.lines[0]).top[0].name, /cat|tabby/);
});

test('a photo of very many pixels, and one that is very long', async () => {
  const huge = { create: { width: 12000, height: 9000, channels: 3, background: '#456' } };
  await sharp(huge).jpeg().toFile(join(folder, 'huge.jpg'));
  await sharp({ create: { width: 1, height: 5000, channels: 3, background: '#456' } })
    .png()
    .toFile(join(folder, 'long.png'));
  await writeFile(join(folder, 'beyond.png'), pngOf(30_000, 30_000));
  const result = await run('classify', 'huge.jpg', 'long.png', 'beyond.png', '--json', '--top', '1');
  assert.equal(result.lines.length, 2, result.stderr);
  assert.equal(result.code, 1);
  assertComplaint(result, /beyond\.png is not a photo that can be read.*pixel/);
});
