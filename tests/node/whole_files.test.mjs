// What the command line writes is there whole or not at all: on a full disk, in a folder that takes nothing, stopped in the middle.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import sharp from 'sharp';
import { assertComplaint, inNewFolder } from './support/command_line.mjs';
import { commandLine, reference } from './support/package.mjs';
import { onFullDisk, readOnlyFolder } from './support/places.mjs';

const { folder, run } = await inNewFolder();
const plain = reference('plain/model.onnx');
const input = reference('plain/input.npy');
const asPlainLikes = ['--model', plain, '--preset', 'zero-one'];
const grey = { create: { width: 32, height: 32, channels: 3, background: '#888' } };
for (const name of ['a', 'b', 'c'])
  await sharp(grey)
    .png()
    .toFile(join(folder, `${name}.png`));

const explain = ['explain', 'a.png', ...asPlainLikes, '--samples', '2', '-o', 'ok.png'];
/** Every option under which a file is written, with what else it takes. */
const writers = {
  'explain -o': ['explain', 'a.png', ...asPlainLikes, '--method', 'gradient', '--view', 'all', '-o'],
  'explain --raw': ['explain', 'a.png', ...asPlainLikes, '--method', 'gradient', '-o', 'ok.png', '--raw'],
  'explain --attribution': ['explain', 'a.png', ...asPlainLikes, '--method', 'gradient', '-o', 'ok.png', '--attribution'],
  'explain --denoised': ['explain', 'a.png', ...asPlainLikes, '--samples', '8', '-o', 'ok.png', '--denoised'],
  'explain --denoised-variance': ['explain', 'a.png', ...asPlainLikes, '--samples', '8', '-o', 'ok.png', '--denoised-variance'],
  'explain --save': ['explain', 'a.png', ...asPlainLikes, '--samples', '2', '-o', 'ok.png', '--save'],
  'tensor --gradient': ['tensor', plain, '--input', input, '--target', '1', '--gradient'],
  'tensor --output': ['tensor', plain, '--input', input, '--output'],
  noise: ['noise', '--shape', '1,3,224,224', '-o'],
  study: ['study', 'a.png', '--quick', '--only', 'rq1', '-o'],
};
const leftOf = async (place) => (place ? await readdir(place) : []);

describe('a full disk is named, and leaves no part of a file', async () => {
  const full = await onFullDisk(folder);
  // Some files are small: the disk is full before them, but for a page that their names may need.
  if (full.folder) await writeFile(full.at('filling'), new Uint8Array(8192)).catch(() => {});
  const before = await leftOf(full.folder);
  for (const [name, args] of Object.entries(writers)) {
    test(name, async () => {
      const result = await run(...args, full.at('file.png'));
      assert.equal(result.code, 1, result.stderr);
      assertComplaint(result, /could not be written: the disk is full$/m);
      assert.deepEqual(await leftOf(full.folder), before);
    });
  }

  test('batch: photos that are done stay done, and it ends', async () => {
    if (!full.folder) return;
    const { code, stderr } = await run('batch', 'a.png', 'b.png', '-o', full.at('results'), '--maps', ...asPlainLikes);
    assert.equal(code, 1);
    assert.match(stderr, /could not be written: the disk is full/);
    const files = await readdir(full.folder, { recursive: true });
    assert.deepEqual(
      files.filter((file) => /partial$|lock$/.test(file)),
      [],
    );
  });

  test('standard output', async () => {
    const child = spawnSync(process.execPath, [commandLine, ...explain, '--json'], {
      cwd: folder,
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      encoding: 'utf8',
    });
    assert.equal(child.status, 1);
    assertComplaint(child, /^smoothgrad: standard output could not be written: the disk is full$/m);
  });

  test('standard error, where nobody can be told: the exit code is that of the work', async () => {
    for (const [args, code] of [
      [explain, 0],
      [['explain', 'nowhere.png'], 1],
      [['explain', '--no-such-option'], 2],
    ]) {
      const stdio = ['ignore', 'ignore', openSync('/dev/full', 'w')];
      assert.equal(spawnSync(process.execPath, [commandLine, ...args], { cwd: folder, stdio }).status, code);
    }
  });
});

test('a folder that takes nothing is named, and what is in it stays', async () => {
  const place = await readOnlyFolder(folder, 'old.png', 'an older file');
  for (const [name, args] of Object.entries(writers)) {
    const result = await run(...args, join(place, 'old.png'));
    assert.equal(result.code, 1, result.stderr);
    assertComplaint(result, /old\.png could not be written: (the disk is read-only|there is no permission to)$/m);
    assert.deepEqual(await readdir(place), ['old.png'], name);
    assert.equal(await readFile(join(place, 'old.png'), 'utf8'), 'an older file', name);
  }
  for (const option of ['--pictures', '--saved-runs']) {
    const result = await run('study', 'a.png', '--quick', '--only', 'rq1', '-o', 'study.json', option, join(place, 'more'));
    assert.equal(result.code, 1);
    assertComplaint(result, /more could not be written/);
  }
});

test('a file that is there keeps its permissions, and a link stays one', async () => {
  await mkdir(join(folder, 'kept'));
  const [file, link] = ['kept/map.png', 'kept/link.png'].map((name) => join(folder, name));
  await writeFile(file, 'older');
  await chmod(file, 0o640);
  await symlink(file, link);
  const { code, stderr } = await run('explain', 'a.png', ...asPlainLikes, '--samples', '2', '-o', link);
  assert.equal(code, 0, stderr);
  assert.ok((await lstat(link)).isSymbolicLink());
  assert.equal((await stat(file)).mode & 0o777, 0o640);
  assert.equal((await sharp(file).metadata()).format, 'png');
  assert.deepEqual(await readdir(join(folder, 'kept')), ['link.png', 'map.png']);
});

test('names as long as the disk takes', async () => {
  const name = `${'n'.repeat(251)}.png`;
  const { code, stderr } = await run('explain', 'a.png', ...asPlainLikes, '--samples', '2', '-o', name);
  assert.equal(code, 0, stderr);
  const longer = await run('explain', 'a.png', ...asPlainLikes, '--samples', '2', '-o', `n${name}`);
  assert.equal(longer.code, 1);
  assertComplaint(longer, /its name is too long$/m);
});

/** Runs until it has printed something that matches, then gets the signal. */
async function stopped(signal, args, pattern, stream = 'stdout') {
  const child = spawn(process.execPath, [commandLine, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const told = { stdout: '', stderr: '' };
  const ended = new Promise((resolve) => child.once('close', (code, by) => resolve({ code, by })));
  for (const name of ['stdout', 'stderr']) {
    child[name].on('data', (data) => {
      const before = pattern.test(told[stream]);
      told[name] += data;
      if (!before && pattern.test(told[stream])) child.kill(signal);
    });
  }
  return { ...(await ended), ...told };
}

describe('stopped in the middle, it says what is done and what is not', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    test(`explain by ${signal}`, async () => {
      await mkdir(join(folder, signal));
      const photos = ['a.png', ...Array(40).fill('b.png'), 'c.png'];
      const args = ['explain', ...photos, ...asPlainLikes, '--samples', '200', '-o', `${signal}/`];
      const { by, stdout, stderr } = await stopped(signal, args, /\n.*\n/);
      assert.equal(by, signal);
      const [, done] =
        stderr.match(/^smoothgrad: stopped: (\d+) of 42 photos are through, not b\.png, .* and \d+ more\n$/) ?? [];
      const lines = stdout.trim().split('\n').length;
      assert.ok(Number(done) >= lines && Number(done) <= lines + 1, stderr);
      const files = await readdir(join(folder, signal));
      assert.ok(files.length >= lines && files.length <= lines + 1, files.join());
      for (const file of files)
        await sharp(join(folder, signal, file))
          .raw()
          .toBuffer();
    });
  }

  test('batch, which goes on with what is missing', async () => {
    await mkdir(join(folder, 'many'));
    for (let i = 0; i < 30; i++)
      await sharp(grey)
        .png()
        .toFile(join(folder, `many/${i}.png`));
    const args = ['batch', 'many', '-o', 'results', '--maps', '--json', ...asPlainLikes, '--samples', '400'];
    const { by, stderr } = await stopped('SIGTERM', args, /\n.*\n/);
    assert.equal(by, 'SIGTERM');
    const [, count] =
      stderr.match(/^smoothgrad: stopped: (\d+) photos done, the others not: the same command again does them$/m) ?? [];
    assert.ok(Number(count) >= 2 && Number(count) < 30, stderr);
    assert.deepEqual((await readdir(join(folder, 'results'))).sort(), ['maps', 'results.partial.jsonl']);
    const again = await run(...args);
    assert.equal(again.code, 0, again.stderr);
    const [, were] = again.stderr.match(/(\d+) were there/) ?? [];
    assert.ok(Number(were) >= Number(count), again.stderr);
    assert.equal(again.lines.length + Number(were), 30);
  });

  test('study, whose parts are there one by one', async () => {
    const args = ['study', 'a.png', '--quick', '--only', 'rq1,rq2', '-o', 'stopped.json'];
    const { by, stderr } = await stopped('SIGTERM', args, /rq1: /);
    assert.equal(by, 'SIGTERM');
    assert.match(stderr, /^smoothgrad: stopped: rq1 is in stopped\.json, not rq2$/m);
    assert.deepEqual(Object.keys(JSON.parse(await readFile(join(folder, 'stopped.json'), 'utf8')).parts), ['rq1']);
  });
});
