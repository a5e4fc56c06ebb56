// Names are text: a class or a file whose name holds commands for a terminal is written out, in everything that is printed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { inNewFolder } from './support/command_line.mjs';
import { meansOfChannels } from './support/onnx.mjs';
import { chelsea, commandLine } from './support/package.mjs';

const { folder, run } = await inNewFolder();
const evil = (name) => `\u001b]0;${name}\u0007\u001b[2J\u009b31m${name}\u202e<img src=x onerror=alert(1)>`;
const [cat, dog] = ['cat', 'dog'].map(evil);
const photo = `${evil('photo').replaceAll('/', '')}.webp`;
const weights = [
  [1, 2, 0],
  [-1, 0.5, 3],
];
const model = `${evil('model').replaceAll('/', '')}.onnx`;
await copyFile(chelsea, join(folder, photo));
await writeFile(join(folder, 'two\nlines.jpg'), 'no photo');
await writeFile(join(folder, model), meansOfChannels(weights, { metadata: { 'smoothgrad.classes': `${cat}\n${dog}` } }));

/** All that a terminal must not get. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
const commands = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;
const common = ['--model', model];

describe('no command for a terminal is in what is printed', () => {
  for (const [name, args, code] of [
    ['classify', ['classify', photo, ...common], 0],
    ['classify --json', ['classify', photo, ...common, '--json'], 0],
    ['explain', ['explain', photo, ...common, '--target', cat, '--versus', dog, '--samples', '2'], 0],
    ['explain --json', ['explain', photo, ...common, '--samples', '2', '--json'], 0],
    ['a photo that is none', ['classify', 'two\nlines.jpg', ...common], 1],
    ['a file that is not there', ['classify', evil('nowhere'), ...common], 1],
    ['a model that is not there', ['classify', photo, '--model', evil('nowhere')], 1],
    ['a class that is not there', ['explain', photo, ...common, '--target', evil('mouse')], 2],
    ['an option that is none', ['explain', photo, `--${evil('option')}`], 2],
    ['a command that is none', [evil('command')], 2],
    ['an output that cannot be', ['explain', photo, ...common, '-o', `${evil('nowhere').replaceAll('/', '')}/x.png`], 1],
    ['batch', ['batch', photo, ...common, '--samples', '2', '-o', 'results', '--json'], 0],
    ['batch of what is no photo', ['batch', 'two\nlines.jpg', ...common, '--samples', '2'], 1],
    ['study', ['study', photo, ...common, '--quick', '--only', 'rq2', '-o', 'study.json'], undefined],
    ['bench', ['bench', ...common, '--samples', '2', '--threads', '1'], 0],
  ]) {
    test(name, async () => {
      const { code: ended, stdout, stderr } = await run(...args);
      if (code !== undefined) assert.equal(ended, code, stderr);
      assert.doesNotMatch(stdout, commands);
      assert.doesNotMatch(stderr, commands);
      assert.ok(stdout !== '' || stderr !== '');
    });
  }
});

test('JSON says the names as they are, and so do results', async () => {
  const { lines } = await run('classify', photo, ...common, '--json');
  const said = JSON.parse(lines[0]);
  assert.equal(said.photo, photo);
  assert.deepEqual(said.top.map(({ name }) => name).sort(), [cat, dog]);
  const [line] = (await readFile(join(folder, 'results/results.jsonl'), 'utf8')).split('\n');
  assert.equal(JSON.parse(line).photo, photo);
});

test('an error is one line, whatever the file is called', async () => {
  const { stderr } = await run('classify', 'two\nlines.jpg', ...common);
  assert.match(stderr, /^smoothgrad: two\\nlines\.jpg is not a photo that can be read, or is damaged: [^\n]+$/m);
});

const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;

test('the bar of a terminal', { skip: !hasScript }, async () => {
  const bare = photo.replaceAll("'", '');
  await copyFile(chelsea, join(folder, `{bar}${bare}`));
  const command = `"${process.execPath}" "${commandLine}" explain '{bar}${bare}' --model '${model}' --samples 3`;
  const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], { cwd: folder, encoding: 'utf8' });
  assert.match(stdout, /\{bar\}\\u001b\]0;photo\\u0007/);
  for (const letter of '\u0007\u009b\u202e') assert.ok(!stdout.includes(letter));
});
