// A thousand broken pictures through one process: no crash, no hang, no growth, a sentence each, and nobody outside is asked.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brokenImages } from '../faults/broken_images.mjs';
import { heic, pngOf } from '../faults/whole_images.mjs';
import { assertComplaint, inNewFolder } from './support/command_line.mjs';
import { commandLine, reference } from './support/package.mjs';

const { folder, run } = await inNewFolder();
const asPlainLikes = ['--model', reference('plain/model.onnx'), '--preset', 'zero-one'];
const count = Number(process.env.IMAGES ?? 1000);
const seed = Number(process.env.SEED ?? 1);
/** Nothing takes so long, on any machine. */
const hangMs = 60_000;

/** Of a process, in bytes; 0 where there is no /proc. */
function memoryOf({ pid }) {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;
  } catch {
    return 0;
  }
}

describe(`${count} broken pictures, seed ${seed}`, () => {
  const asked = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    response.end();
  });
  let lines;
  let files;
  let end;
  const memory = [];
  let longest = 0;

  before(async () => {
    await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
    files = await brokenImages(count, seed, `http://127.0.0.1:${server.address().port}/`);
    await mkdir(join(folder, 'broken'));
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, 'broken', name), bytes);
    const paths = Object.keys(files).map((name) => `broken/${name}`);
    await writeFile(join(folder, 'list.txt'), paths.join('\n'));
    const args = ['batch', '--list', 'list.txt', ...asPlainLikes, '--samples', '1', '--threads', '2'];
    const child = spawn(process.execPath, [commandLine, ...args], { cwd: folder });
    let [text, stderr, last] = ['', '', performance.now()];
    child.stdout.on('data', (data) => {
      text += data;
      memory.push(memoryOf(child));
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    end = await new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, stderr })));
    lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  });
  after(() => server.close());

  test('each has its line, and the process ends by itself', (t) => {
    assert.deepEqual([end.code, end.signal], [1, null]);
    assert.deepEqual(
      lines.map(({ id }) => id).sort(),
      Object.keys(files)
        .map((name) => `broken/${name}`)
        .sort(),
    );
    const failed = lines.filter((line) => line.failed).length;
    t.diagnostic(`${failed} refused, ${count - failed} explained; the longest wait for a line ${longest.toFixed(0)} ms`);
    assert.ok(longest < hangMs);
  });

  test('what is refused is said in one sentence', () => {
    const refused = lines.filter((line) => line.failed);
    for (const { id, failed } of refused) {
      assert.equal(failed.code, 'bad-image', id);
      assert.match(failed.message, /^the photo is (not a photo|a HEIC|a drawing|a document|a film)/, id);
      assert.doesNotMatch(failed.message, /\n|unknown error|:\s*$|vips|buffer/i, id);
    }
    // Long runs say now and then how far they are.
    const said = end.stderr
      .trim()
      .split('\n')
      .filter((line) => !/ min left$| s left$/.test(line));
    assert.equal(said.length, refused.length + 1);
    for (const line of said) assert.match(line, /^smoothgrad: /);
  });

  test('whole ones are explained', () => {
    const whole = lines.filter(({ id }) => id.startsWith('broken/whole, '));
    assert.ok(whole.length >= 15);
    for (const { id, failed } of whole) assert.equal(failed, undefined, id);
  });

  // What lanes keep for reuse comes in the first hundreds; `npm run soak` holds it to five percent after that.
  test('memory stays', (t) => {
    const most = Array.from({ length: 10 }, (_, n) => {
      const [from, to] = [n, n + 1].map((tenth) => Math.ceil((tenth * memory.length) / 10));
      return Math.max(...memory.slice(from, to)) / 2 ** 20;
    });
    t.diagnostic(`MB at most, in each tenth: ${most.map((megabytes) => megabytes.toFixed(0)).join(' ')}`);
    const [first, second] = [most.slice(0, 5), most.slice(5)].map((half) => Math.max(...half));
    assert.ok(second <= 1.3 * first, `${first} MB, then ${second} MB`);
  });

  test('no drawing has anything fetched', () => assert.deepEqual(asked, []));
});

test('HEIC is called what it is, with what to do, whatever its name', async () => {
  for (const name of ['IMG_1.heic', 'renamed.jpg']) {
    await writeFile(join(folder, name), heic());
    const result = await run('classify', name, ...asPlainLikes);
    assert.equal(result.code, 1);
    assertComplaint(result, new RegExp(`${name} is a HEIC picture, which is not read here: save or export it as JPEG or PNG`));
  }
});

test('a small file of very many pixels is refused before it takes their memory', async () => {
  await writeFile(join(folder, 'bomb.png'), pngOf(16_383, 16_383, { rows: 16_383, bits: 1 }));
  const result = await run('classify', 'bomb.png', ...asPlainLikes);
  assert.equal(result.code, 1);
  assertComplaint(result, /bomb\.png is not a photo.*it has more than 150 megapixels: make it smaller/);
});
