// smoothgrad batch: what it refuses, by name and before anything is computed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { describe, test } from 'node:test';
import { at, batch, common, folder, run } from './support/batch.mjs';
import { assertComplaint } from './support/command_line.mjs';
import { commandLine } from './support/package.mjs';

describe('what is refused', () => {
  for (const [name, args, code, pattern] of [
    ['no photos', [], 2, /give photos, folders or patterns, or a list/],
    ['a list that is not there', ['--list', 'nowhere.txt'], 1, /nowhere\.txt could not be read: there is no such file/],
    ['an output that is no folder', ['photos', '-o', 'photos/0.png'], 2, /--output photos\/0\.png is a file: give a folder/],
    ['an output below a file', ['photos', '-o', 'photos/0.png/x'], 1, /could not be written: its folder is a file/],
    ['a folder without photos', ['empty'], 1, /empty: there is no photo/],
    ['a pattern without photos', ['photos/*.jpg'], 1, /photos\/\*\.jpg: there is no photo/],
    ['files without a folder', ['photos', '--maps'], 2, /--maps needs --output/],
    ['a type', ['photos', '-o', 'x', '--attributions', 'float8'], 2, /--attributions must be one of float32, float16/],
    ['a measure', ['photos', '--measures', 'beauty'], 2, /--measures must be some of agreement,/],
    ['a share', ['photos', '--shard', '3/2'], 2, /--shard must be one of so many/],
    ['an option of all', ['photos', '--noise', '-1'], 2, /noise must be a number/],
    ['a measure that needs more samples', ['photos', '--measures', 'reliability'], 2, /8 samples/],
    ['a clock', ['photos', '--reproducible', '--until-ms', '5'], 2, /--until-ms depends on the machine/],
    ['lanes', ['photos', '--threads', '0'], 2, /--threads must be a whole number/],
    [
      'what a method is not for',
      ['photos', '--method', 'occlusion', '-o', 'x', '--attributions'],
      2,
      /--samples is not for method occlusion/,
    ],
  ]) {
    test(name, async () => {
      await mkdir(at('empty'), { recursive: true });
      const result = await batch(...args);
      assert.equal(result.code, code, result.stderr);
      assertComplaint(result, pattern);
    });
  }

  test('two that write one file, but not one after another that was killed', async () => {
    await mkdir(at('locked'));
    const lock = at('locked/results-1-of-2.jsonl.lock');
    await writeFile(lock, JSON.stringify({ pid: process.pid, host: hostname() }));
    const args = ['photos', '-o', 'locked', '--shard', '1/2'];
    const result = await batch(...args);
    assert.equal(result.code, 1);
    assertComplaint(result, new RegExp(`results-1-of-2.jsonl is being written by process ${process.pid} on `));
    const { pid } = spawn(process.execPath, ['--version']).on('exit', () => {});
    while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
    await writeFile(lock, JSON.stringify({ pid, host: hostname() }));
    assert.equal((await batch(...args)).code, 0);
    assert.ok(!existsSync(lock));
  });

  test('shares of another number in one folder', async () => {
    const result = await batch('photos', '-o', 'locked', '--shard', '1/3');
    assert.equal(result.code, 2);
    assertComplaint(result, /results-1-of-2\.jsonl was made with --shard 1\/2 to 2\/2/);
    assertComplaint(await batch('photos', '-o', 'locked'), /results-1-of-2\.jsonl was made with --shard 1\/2 to 2\/2/);
  });

  test('to merge results of different makers, some shares, or two results of one photo', async () => {
    const made = { model: 'sha256:0', build: 'simd', version: '1', options: { samples: 4 } };
    const file = async (name, id, other, digest = 'a') =>
      writeFile(at(name), `${JSON.stringify({ id, digest, run: { ...made, ...other } })}\n`);
    await file('results-1-of-3.jsonl', 'a', {});
    await file('results-2-of-3.jsonl', 'b', {});
    await file('one.jsonl', 'a', {});
    await file('again.jsonl', 'a', {}, 'b');
    await file('build.jsonl', 'b', { build: 'relaxed' });
    await file('model.jsonl', 'b', { model: 'sha256:1' });
    await file('options.jsonl', 'b', { options: { samples: 5 } });
    for (const [files, pattern] of [
      [['one', 'build'], /build\.jsonl holds results of build relaxed, not simd: one\.jsonl has others/],
      [['one', 'model'], /model\.jsonl holds results of model sha256:1, not sha256:0/],
      [['one', 'options'], /options\.jsonl holds results of samples 5, not 4/],
      [['one', 'again'], /again\.jsonl has another result for a than a file before it/],
      [['results-1-of-3', 'results-2-of-3'], /results-3-of-3\.jsonl is not there yet: all of 3 shares are merged, or none/],
      [['one', 'nowhere'], /nowhere\.jsonl could not be read/],
    ]) {
      const result = await run('merge', ...files.map((name) => `${name}.jsonl`), '-o', 'all.jsonl');
      assert.notEqual(result.code, 0);
      assertComplaint(result, pattern);
      assert.ok(!existsSync(at('all.jsonl')));
    }
  });

  test('an option of all, while lines may still come', async () => {
    const args = ['batch', ...common, '--measures', 'reliability', '--list', '-'];
    const child = spawn(process.execPath, [commandLine, ...args], { cwd: folder });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.write('photos/0.png\n');
    assert.equal(await ended, 2);
  });

  test('a file of results that is none', async () => {
    await mkdir(at('spoilt'));
    await writeFile(at('spoilt/results.jsonl'), 'no line\n{"id": "x", "run": {"options": {}}}\n');
    assertComplaint(await batch('photos', '-o', 'spoilt'), /results\.jsonl, line 1: this is no line of results/);
  });
});

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
