// Where the command line writes: nothing is lost, nothing is written twice, and what cannot be written is said before the work.
import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import sharp from 'sharp';
import { assertComplaint, inNewFolder } from './support/command_line.mjs';
import { chelsea, commandLine, formatNpy, readNpy, reference } from './support/package.mjs';

const { folder, run } = await inNewFolder();
const plain = reference('plain/model.onnx');
const plainInput = reference('plain/input.npy');
const pixels = { create: { width: 32, height: 32, channels: 3, background: '#888' } };
await sharp(pixels).png().toFile(join(folder, 'cat.png'));
await mkdir(join(folder, 'maps'));

describe('what would be lost is refused, with exit code 2', () => {
  const tensor = ['tensor', plain, '--target', '1'];
  for (const [args, pattern] of [
    [['explain', 'cat.png', '-o', 'cat.png'], /--output cat\.png would overwrite what is read: give another name/],
    [['explain', 'cat.png', '-o', '{name}.png'], /--output cat\.png would overwrite what is read/],
    [['explain', 'cat.png', '--raw', './x.npy', '--attribution', 'x.npy'], /--attribution x\.npy is where --raw writes too/],
    [['explain', 'cat.png', '--merge', 'cat.run', '--save', 'cat.run'], /--save cat\.run would overwrite what is read/],
    [['explain', 'cat.png', '-o', 'map.jpg'], /--output map\.jpg: pictures are written as PNG/],
    [[...tensor, '--input', 'x.npy', '--gradient', 'x.npy'], /--gradient x\.npy would overwrite what is read/],
    [[...tensor, '--input', plainInput, '--gradient', 'y.npy', '--output', 'y.npy'], /is where --output writes too/],
  ]) {
    test(args.filter((arg) => !arg.startsWith('/')).join(' '), async () => {
      const before = await readFile(join(folder, 'cat.png'));
      const result = await run(...args);
      assert.equal(result.code, 2, result.stderr);
      assertComplaint(result, pattern);
      assert.deepEqual(await readFile(join(folder, 'cat.png')), before);
    });
  }
});

describe('what tensor would ignore is refused, with exit code 2', () => {
  const gradient = ['--gradient', 'g.npy', '--target', '1'];
  const smoothgrad = [...gradient, '--method', 'smoothgrad'];
  for (const [args, pattern] of [
    [[...gradient, '--noise', '0.2'], /--noise is for --method: give that too/],
    [[...gradient, '--clean-last'], /--clean-last is for --method/],
    [['--output', 'y.npy', '--versus', '2'], /--versus is for --gradient/],
    [['--output', 'y.npy', '--target', '2'], /--target is for --gradient/],
    [[...smoothgrad, '--difference', 'gradient'], /--difference is for --versus/],
    [
      [...smoothgrad, '--versus', '2', '--difference', 'scaled'],
      /must be gradient, not "scaled": .*explain --difference scaled/,
    ],
    [[...smoothgrad, '--rule', 'leaky'], /rule must be one of gradient, guided, deconvnet/],
    [[...gradient, '--times-input'], /--times-input is for --method/],
    [[...gradient, '--method', 'occlusion'], /method must be one of gradient, smoothgrad/],
  ]) {
    test(args.join(' '), async () => {
      const result = await run('tensor', plain, '--input', plainInput, ...args);
      assert.equal(result.code, 2, result.stderr);
      assertComplaint(result, pattern);
    });
  }
});

test("tensor's --difference gradient is what it does by itself", async () => {
  const common = ['tensor', plain, '--input', plainInput, '--target', '1', '--versus', '2', '--method', 'smoothgrad'];
  for (const [file, more] of [
    ['named.npy', ['--difference', 'gradient']],
    ['own.npy', []],
  ]) {
    const { code, stderr } = await run(...common, '--samples', '3', '--gradient', file, ...more);
    assert.equal(code, 0, stderr);
  }
  const [named, own] = await Promise.all(['named.npy', 'own.npy'].map((file) => readNpy(join(folder, file))));
  assert.deepEqual(named, own);
});

test('what cannot be written is said with exit code 1, before the work is done', async () => {
  await writeFile(join(folder, 'file'), '');
  for (const [args, pattern] of [
    [['explain', 'cat.png', '--samples', '100000', '-o', 'nowhere/map.png'], /its folder does not exist/],
    [['explain', 'cat.png', '--samples', '100000', '--raw', 'file/map.npy'], /file\/map\.npy could not be written: its folder/],
    [['tensor', plain, '--input', plainInput, '--output', 'nowhere/y.npy'], /its folder does not exist/],
    [['noise', '--shape', '2', '-o', 'maps'], /maps could not be written: it is a folder/],
  ]) {
    const result = await run(...args);
    assert.equal(result.code, 1, result.stderr);
    assertComplaint(result, pattern);
  }
});

test('numbers that are none are refused by the name of their file, with exit code 1', async () => {
  const { shape, data } = await readNpy(plainInput);
  await writeFile(join(folder, 'nan.npy'), formatNpy({ shape, data: data.map((value, i) => (i === 5 ? Number.NaN : value)) }));
  const common = ['tensor', plain, '--input', 'nan.npy', '--target', '1', '--gradient', 'g.npy'];
  for (const more of [[], ['--method', 'smoothgrad']]) {
    const result = await run(...common, ...more);
    assert.equal(result.code, 1);
    assertComplaint(result, /nan\.npy: element 5 is NaN: the input must be finite numbers/);
  }
});

test('names of photos are kept as they are', async () => {
  const names = ['two $& one', 'größe 100% #1', '猫 🐈', '-dash', 'a.b.c'];
  for (const name of names) await copyFile(join(folder, 'cat.png'), join(folder, `${name}.png`));
  const files = names.map((name) => `./${name}.png`);
  const { code, lines, stderr } = await run('explain', ...files, '--method', 'gradient', '--json', '-o', 'maps/');
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).photo),
    files,
  );
  assert.deepEqual((await readdir(join(folder, 'maps'))).sort(), names.map((name) => `${name}-smoothgrad.png`).sort());
});

test('whoever reads may stop reading', async () => {
  const photos = Array(40).fill(chelsea);
  const child = spawn(process.execPath, [commandLine, 'classify', ...photos, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
});

const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;

test('an interrupted progress bar gives the terminal its cursor back', { skip: !hasScript }, async () => {
  const command = `"${process.execPath}" "${commandLine}" explain cat.png --samples 100000`;
  const terminal = spawn('script', ['-qec', command, '/dev/null'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const [hide, show, interrupt] = ['\x1b[?25l', '\x1b[?25h', '\x03'];
  let shown = '';
  terminal.stdout.on('data', (data) => {
    const bar = /cat\.png [^ ]+ [1-9]\d*\/100000/;
    const before = bar.test(shown);
    shown += data;
    if (!before && bar.test(shown)) terminal.stdin.write(interrupt);
  });
  const code = await new Promise((resolve) => terminal.on('close', resolve));
  assert.equal(code, 130);
  assert.ok(shown.includes(hide) && shown.lastIndexOf(show) > shown.lastIndexOf(hide), JSON.stringify(shown.slice(-200)));
});

test('two outputs may go to a device', { skip: process.platform === 'win32' }, async () => {
  const args = ['explain', 'cat.png', '--method', 'gradient', '-o', '/dev/null', '--raw', '/dev/null'];
  await new Promise((resolve, reject) => {
    execFile(process.execPath, [commandLine, ...args], { cwd: folder }, (error) => (error ? reject(error) : resolve()));
  });
});
