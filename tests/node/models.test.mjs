// The committed models are what manifest.json and README.md say, and the manifest lists them all.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { root, shippedModel, withEngine } from './support/package.mjs';

const models = new URL('models/', root);
const { models: entries } = JSON.parse(await readFile(new URL('manifest.json', models), 'utf8'));
const readme = await readFile(new URL('README.md', models), 'utf8');

test('the manifest lists the committed models', async () => {
  const files = (await readdir(models)).filter((file) => file.endsWith('.onnx'));
  assert.deepEqual(entries.map(({ file }) => file).sort(), files.sort());
});

test('the engine lists them too, with what each is to be shown', () =>
  withEngine({ threads: 1 }, async (engine) => {
    const shipped = await engine.shippedModels();
    assert.deepEqual(
      shipped.map(({ name, kind }) => [name, kind]),
      entries.map(({ name, kind }) => [name, kind]),
    );
    for (const { name, title, kind, bytes } of shipped) {
      assert.ok(title.length > 0 && ['photos', 'digits'].includes(kind) && bytes > 0, name);
    }
  }));

for (const { name, file, bytes, sha256 } of entries) {
  test(`${file} has the size and sha256 of manifest.json and README.md`, async () => {
    const data = await readFile(new URL(file, models));
    assert.equal(data.length, bytes);
    assert.equal(createHash('sha256').update(data).digest('hex'), sha256);
    const rows = readme.split('\n').map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
    const row = rows.find(([first]) => first === name);
    assert.deepEqual(row, [name, file, bytes.toLocaleString('en-GB'), `\`${sha256}\``]);
  });
}

test("the shipped model's class names are those of imagenet_classes.txt", () =>
  withEngine({ threads: 1 }, async (engine) => {
    const model = await engine.loadModel(shippedModel);
    const names = (await readFile(new URL('imagenet_classes.txt', models), 'utf8')).trimEnd().split('\n');
    assert.equal(names.length, 1000);
    assert.deepEqual([...model.classNames], names);
  }));

test('a model has the title that its file gives itself, else its name', () =>
  withEngine({ threads: 1 }, async (engine) => {
    const titleOf = async (source) => (await engine.loadModel(source)).title;
    assert.equal(await titleOf(shippedModel), 'EfficientNet-Lite0');
    assert.equal(await titleOf(await readFile(new URL('mnist-noise-0.onnx', models))), 'MNIST, trained without noise');
    assert.equal(await titleOf(new URL('tests/reference/operators/conv_3x3/model.onnx', root)), 'model');
  }));
