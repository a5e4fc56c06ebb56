// smoothgrad batch: what it refuses, by name and before anything is computed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { describe, test } from 'node:test';
import { at, batch } from './support/batch.mjs';
import { assertComplaint } from './support/command_line.mjs';

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
