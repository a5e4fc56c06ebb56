// `npm run train -- --quick`: one network, one epoch of the whole of MNIST, natively; and what its program refuses.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { installMnist } from '../../models/mnist/install.mjs';
import { build, root } from '../../wasm/setup/paths.mjs';

const run = (command, ...args) =>
  new Promise((resolve) => {
    execFile(command, args, { cwd: root }, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stdout, stderr }),
    );
  });

describe('npm run train -- --quick', () => {
  let result;
  before(async () => {
    result = await run(process.execPath, 'models/train.mjs', '--quick');
  });

  test('trains one network in one epoch to 97 % of the test digits', async () => {
    assert.equal(result.code, 0, result.stderr);
    const [entry, ...others] = JSON.parse(result.stdout);
    assert.equal(others.length, 0);
    assert.deepEqual([entry.name, entry.kind, entry.noise], ['mnist-noise-10', 'digits', 0.1]);
    assert.ok(entry.accuracy > 0.97, `${entry.accuracy}`);
    const file = await readFile(join(build, 'quick-training', entry.file));
    assert.equal(file.length, entry.bytes);
    assert.ok(entry.bytes < 400_000);
    assert.equal(createHash('sha256').update(file).digest('hex'), entry.sha256);
  });

  test('leaves the log of the run', async () => {
    const log = await readFile(join(build, 'quick-training/mnist-training.txt'), 'utf8');
    assert.match(log, /^npm run train, \d{4}-\d\d-\d\d, /);
    assert.match(log, /epoch 0\.5 {2}step \d+ {2}loss \d\.\d{4} {2}accuracy \d\d\.\d\d % {2}\d/);
    assert.match(log, /epoch 1\.0 {2}step 938 .* test 9\d\.\d\d % /);
  });
});

describe('the training program', () => {
  const program = join(build, 'native/smoothgrad_train');
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'smoothgrad-train-'));
    await cp(await installMnist(), folder, { recursive: true });
  });
  after(() => rm(folder, { recursive: true }));

  const refuses = async (pattern, ...words) => {
    const { code, stderr } = await run(program, folder, join(folder, 'x.onnx'), ...words);
    assert.equal(code, 1);
    assert.match(stderr, pattern);
    assert.equal(stderr.trim().split('\n').length, 1);
  };

  test('refuses bad numbers', async () => {
    await refuses(/the noise must be a number, not 'much'/, 'much', '1', '1', '1');
    await refuses(/noise must be from 0 to 10/, '-1', '1', '1', '1');
    await refuses(/threads must be a whole number of 1 or more/, '0', '1', '1', '0');
    assert.equal((await run(program)).code, 2);
  });

  test('refuses bad IDX files by name', async () => {
    await writeFile(join(folder, 't10k-labels-idx1-ubyte'), '<!doctype html><title>404</title>');
    await refuses(/t10k-labels-idx1-ubyte: it is not an IDX file of bytes in 1 dimensions/, '0', '1', '1', '1');
    await truncate(join(folder, 't10k-images-idx3-ubyte'), 1000);
    await refuses(/t10k-images-idx3-ubyte: its header says 10000 x 28 x 28 bytes, but 984 follow/, '0', '1', '1', '1');
    await rm(join(folder, 't10k-images-idx3-ubyte'));
    await refuses(/t10k-images-idx3-ubyte: there is no such file/, '0', '1', '1', '1');
  });
});
