// Models whose weights are in a file beside them: read from there, handed in, or refused by the file's name.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { assertComplaint, inNewFolder } from './support/command_line.mjs';
import { meansWithData } from './support/onnx.mjs';
import { chelsea, createEngine } from './support/package.mjs';

const weights = [
  [1, 2, 0],
  [-1, 0.5, 3],
];
const input = { shape: [1, 3, 4, 4], data: new Float32Array(48).fill(1) };
const right = [3, 2.5];

const { folder, run } = await inNewFolder();
const { onnx, data } = meansWithData(weights, 'm.onnx.data');
const path = join(folder, 'm.onnx');

let engine;
before(async () => {
  engine = await createEngine({ threads: 1 });
  await writeFile(path, onnx);
  await writeFile(`${path}.data`, data);
});
after(() => engine.close());

async function logitsOf(source, options) {
  const model = await engine.loadModel(source, options);
  const { logits } = await model.evaluate(input);
  model.close();
  return [...logits];
}

/** Writes a model that says that its weights are there, in a folder of its own. */
async function modelIn(name, location) {
  const place = join(folder, name);
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'm.onnx'), meansWithData(weights, location).onnx);
  return join(place, 'm.onnx');
}

describe('beside the model', () => {
  test('it is found by a path and by a file: address', async () => {
    assert.deepEqual(await logitsOf(path), right);
    assert.deepEqual(await logitsOf(pathToFileURL(path)), right);
  });

  test('its name may have signs that addresses give a meaning', async () => {
    const model = await modelIn('signs', './50 % #1?.data');
    await writeFile(join(folder, 'signs/50 % #1?.data'), data);
    assert.deepEqual(await logitsOf(model), right);
    assert.deepEqual(await logitsOf(pathToFileURL(model)), right);
  });

  test('it is found by an address of the web, and its bytes count', async () => {
    const asked = [];
    const told = [];
    const server = createServer(({ url }, response) => {
      asked.push(url);
      response.end(url.endsWith('.data') ? data : onnx);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const address = `http://127.0.0.1:${server.address().port}/models/m.onnx?a=b`;
      assert.deepEqual(await logitsOf(address, { onProgress: (...words) => told.push(words) }), right);
      const read = told.filter(([, , stage]) => stage === 'reading').map(([done]) => done);
      assert.deepEqual([read[0], read.at(-1)], [onnx.length, onnx.length + data.length]);
      assert.deepEqual(asked, ['/models/m.onnx?a=b', '/models/m.onnx.data']);
    } finally {
      server.close();
    }
  });

  test('one that is not there is named, and so is one of another length', async () => {
    await assert.rejects(engine.loadModel(await modelIn('missing', 'gone.data')), {
      code: 'not-found',
      message: /m\.onnx: its weights are in another file, 'gone\.data'; .*gone\.data could not be read: there is no such file$/,
    });
    const short = await modelIn('short', 'short.data');
    await writeFile(join(folder, 'short/short.data'), data.subarray(0, 16));
    await assert.rejects(engine.loadModel(short), { code: 'bad-model', message: /of 'short\.data', which has 16/ });
  });

  for (const location of ['../m.onnx.data', '/etc/passwd', 'C:secret', 'a\\b', 'sub/m.data', '..', '']) {
    test(`'${location}' is no plain name and is not read, but may be handed in`, async () => {
      const model = await modelIn('names', location);
      await assert.rejects(engine.loadModel(model), ({ code, message }) => {
        assert.equal(code, 'bad-model');
        assert.ok(
          message.endsWith(`its weights are in '${location}', which is no plain name of a file in its folder`),
          message,
        );
        return true;
      });
      assert.deepEqual(await logitsOf(model, { files: { [location]: data } }), right);
    });
  }
});

describe('bytes', () => {
  test('come with those of the file, which stay the caller’s', async () => {
    assert.deepEqual(await logitsOf(onnx, { files: { 'm.onnx.data': data, 'another.data': new Uint8Array(3) } }), right);
    assert.equal(data.length, 32);
    assert.deepEqual(await logitsOf(onnx, { files: { 'm.onnx.data': data }, randomisedLayers: 0 }), right);
  });

  test('what is handed in goes before what is beside the model', async () => {
    const other = new Uint8Array(Float32Array.from([0, 0, 1, 1, 1, 0, 0, 0]).buffer);
    assert.deepEqual(await logitsOf(path, { files: { 'm.onnx.data': other } }), [3, 0]);
  });

  test('without it are refused by its name', async () => {
    const message = "the model: its weights are in another file, 'm.onnx.data': give that file with it";
    for (const files of [undefined, {}, { 'm.data': data }]) {
      await assert.rejects(engine.loadModel(onnx, files && { files }), { code: 'not-found', message });
    }
    const odd = meansWithData(weights, '__proto__');
    await assert.rejects(engine.loadModel(odd.onnx), { code: 'not-found', message: /'__proto__'/ });
  });

  test('files that are none are refused', async () => {
    for (const files of [3, 'm.onnx.data', data, { 'm.onnx.data': 'text' }, { 'm.onnx.data': data.buffer }]) {
      await assert.rejects(engine.loadModel(onnx, { files }), { code: 'bad-option', message: /^files/ });
    }
  });

  test('that are no model are refused as ever', async () => {
    await assert.rejects(engine.loadModel(Uint8Array.of(1, 2, 3), { files: { 'm.onnx.data': data } }), { code: 'bad-model' });
  });
});

test('the command line takes a model as it is', async () => {
  const { code, lines } = await run('classify', chelsea, '--model', 'm.onnx', '--json');
  assert.equal(code, 0);
  assert.equal(JSON.parse(lines[0]).top.length, 2);
  const missing = await run('classify', chelsea, '--model', await modelIn('missing', 'gone.data'));
  assert.equal(missing.code, 1);
  assertComplaint(missing, /its weights are in another file, 'gone\.data'; .*there is no such file$/m);
});

describe('what is said while a model loads', () => {
  const stagesOf = async (source, options) => {
    const told = [];
    const onProgress = (done, total, stage) => told.push({ done, total, stage });
    (await engine.loadModel(source, { ...options, onProgress })).close();
    return told;
  };

  test('its bytes as they are read, then its weights as they are packed, each to the end', async () => {
    const told = await stagesOf(new URL('../../models/efficientnet-lite0.onnx', import.meta.url));
    const stages = told.map(({ stage }) => stage);
    assert.deepEqual([...new Set(stages)], ['reading', 'packing']);
    assert.deepEqual(stages, [...stages].sort().reverse());
    for (const stage of ['reading', 'packing']) {
      const words = told.filter((one) => one.stage === stage);
      assert.ok(words.every(({ done, total }, i) => done <= total && (i === 0 || done > words[i - 1].done)));
      assert.equal(words.at(-1).done, words.at(-1).total);
    }
    // 18 MB of float32, which the file has in half as many bytes, and less than twice that in the orders of both directions.
    assert.ok(told.at(-1).total > 18e6 && told.at(-1).total < 37e6);
    assert.ok(stages.filter((stage) => stage === 'packing').length > 1);
  });

  test('bytes that are handed in are only packed', async () => {
    const told = await stagesOf(onnx, { files: { 'm.onnx.data': data } });
    assert.deepEqual(told, [{ done: 32, total: 32, stage: 'packing' }]);
  });
});
