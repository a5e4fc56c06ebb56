// smoothgrad batch: what it reads and writes, and that it goes on where it was stopped.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { parquetReadObjects } from 'hyparquet';
import sharp from 'sharp';
import {
  asPlainLikes,
  at,
  batch,
  common,
  fed,
  folder,
  ids,
  linesOf,
  photo,
  plain,
  results,
  run,
  runNode,
  treeIn,
} from './support/batch.mjs';
import { assertComplaint } from './support/command_line.mjs';
import { commandLine, finish, formatNpy, parseNpy, withEngine } from './support/package.mjs';

describe('a folder of photos', () => {
  test('becomes lines in the order of ids, maps and attributions, as the API has them', async () => {
    const { code, stdout, stderr } = await batch('photos', '-o', 'whole', '--maps', '--attributions', '--reproducible');
    assert.equal(code, 0, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, /^smoothgrad: 6 photos done \(.* a second, .*\)\n$/);
    const lines = await results('whole/results.jsonl');
    assert.deepEqual(
      lines.map(({ id }) => id),
      ids,
    );
    await withEngine({ build: 'simd-threads', threads: 2 }, async (engine) => {
      const model = await engine.loadModel(plain, { preset: 'zero-one' });
      for (const { photo: path, target, top, samples, relativeError, files } of lines) {
        const explanation = model.explain(at(path), { samples: 4, seed: 7 });
        const last = await finish(explanation);
        assert.deepEqual(
          [target.index, top[0].index, samples, relativeError],
          [last.target, last.target, 4, last.relativeError],
        );
        const attribution = await readFile(at('whole', files.attribution));
        assert.deepEqual(new Uint8Array(attribution), formatNpy(await explanation.attribution()));
        const { data } = await sharp(at('whole', files.map)).raw().toBuffer({ resolveWithObject: true });
        assert.deepEqual([...data], [...(await explanation.render()).data]);
      }
    });
  });

  test('has the same bytes with one lane and with three', async () => {
    for (const lanes of ['1', '3']) {
      const { code, stderr } = await batch('photos', '-o', `lanes-${lanes}`, '--maps', '--reproducible', '--threads', lanes);
      assert.equal(code, 0, stderr);
    }
    assert.deepEqual(await treeIn('lanes-1'), await treeIn('lanes-3'));
  });

  if (process.arch === 'x64')
    test('has the same bytes on a processor that lacks FMA and AVX', async () => {
      const older = ['--no-enable-fma3', '--no-enable-avx', '--no-enable-avx2'];
      async function attributions(name, flags, ...options) {
        const args = ['batch', 'photos', ...common, '--attributions', '-o', name, ...options];
        const { code, stderr } = await runNode(...flags, commandLine, ...args);
        assert.equal(code, 0, stderr);
        const files = [...(await treeIn(name))].filter(([path]) => path.endsWith('.npy'));
        assert.equal(files.length, 6);
        return files;
      }
      assert.deepEqual(
        await attributions('simd-newer', [], '--reproducible'),
        await attributions('simd-older', older, '--reproducible'),
      );
      // The fast build fuses multiply-adds where it can: the processor matters to it, so it was another one.
      if (/\bfma\b/.test(await readFile('/proc/cpuinfo', 'utf8')))
        assert.notDeepEqual(await attributions('relaxed-newer', []), await attributions('relaxed-older', older));
    });

  test('says what made each result', async () => {
    for (const { run: made, content, digest } of await results('whole/results.jsonl')) {
      assert.match(made.model, /^sha256:[0-9a-f]{64}$/);
      assert.match(made.version, /^\d/);
      assert.match(made.decoder, /^sharp .*, vips /);
      assert.deepEqual(
        [made.build, made.options.seed, made.options.samples],
        ['simd', 7, 4].map((value, i) => (i === 1 ? '7' : value)),
      );
      for (const name of [content, digest]) assert.match(name, /^sha256:/);
    }
  });

  test('in shares that are merged is the file of one run, whatever their order and lanes', async () => {
    const files = [1, 2, 3].map((i) => `shares/results-${i}-of-3.jsonl`);
    for (const i of [2, 3, 1]) {
      const args = ['--maps', '--attributions', '--reproducible', '--shard', `${i}/3`, '--threads', String(i)];
      assert.equal((await batch('photos', '-o', 'shares', ...args)).code, 0);
    }
    const { code, stdout, stderr } = await run('merge', ...files, '-o', 'shares/results.jsonl');
    assert.equal(code, 0, stderr);
    assert.equal(stdout, '6 results -> shares/results.jsonl\n');
    for (const file of files) await rm(at(file));
    assert.deepEqual(await treeIn('shares'), await treeIn('whole'));
  });

  test('is a table as well', async () => {
    await writeFile(at('photos/broken.png'), 'no photo');
    const { code } = await batch('photos', '-o', 'table', '--parquet', '--maps', '--measures', 'agreement');
    await rm(at('photos/broken.png'));
    assert.equal(code, 1);
    assert.equal((await run('merge', 'table/results.jsonl', '-o', 'table/merged.parquet')).code, 0);
    const lines = await results('table/results.jsonl');
    for (const file of ['results.parquet', 'merged.parquet']) {
      const bytes = await readFile(at('table', file));
      const rows = await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
      assert.deepEqual(
        rows,
        lines.map((line) => ({
          id: line.id,
          photo: line.photo,
          failed: line.failed?.message ?? null,
          target: line.target?.index ?? null,
          target_name: line.target?.name ?? null,
          samples: line.samples ?? null,
          relative_error: line.relativeError ?? null,
          corrected_error: line.correctedError ?? null,
          agreement: line.measures?.agreement ?? null,
          map: line.files?.map ?? null,
          result: line,
        })),
      );
    }
  });

  test('is taken by a pattern, too', async () => {
    const { stdout } = await batch('photos/**/[1-4].png');
    assert.deepEqual(
      linesOf(stdout)
        .map(({ id }) => id)
        .sort(),
      ['photos/1.png', 'photos/2.png', 'photos/3.png', 'photos/more/4.png'],
    );
  });
});

test('float16 is what is asked for, and measures are', async () => {
  const names = 'agreement,signal-to-noise,visual-noise,perturbation';
  const { code, stderr } = await batch('photos/0.png', '-o', 'half', '--attributions', 'float16', '--measures', names);
  assert.equal(code, 0, stderr);
  const [{ measures, files }] = await results('half/results.jsonl');
  assert.deepEqual(Object.keys(measures), [
    'agreement',
    'signalToNoise',
    'totalVariation',
    'highFrequencyShare',
    'deletion',
    'insertion',
  ]);
  assert.ok(Object.values(measures).every(Number.isFinite));
  const half = parseNpy(await readFile(at('half', files.attribution)));
  await withEngine({ threads: 1 }, async (engine) => {
    const explanation = (await engine.loadModel(plain, { preset: 'zero-one' })).explain(at('photos/0.png'), {
      samples: 4,
      seed: 7,
    });
    await finish(explanation);
    const { shape, data } = await explanation.attribution();
    assert.deepEqual(half.shape, shape);
    // Half of the spacing of float16, which ends at 2^-24.
    const isNear = (value, i) => Math.abs(value - half.data[i]) <= Math.max(Math.abs(value) * 2 ** -11, 2 ** -25);
    assert.ok(data.every(isNear));
  });
});

describe('what was done is left as it is', () => {
  const args = ['photos', '-o', 'again', '--maps'];
  const times = async () =>
    Object.fromEntries(
      await Promise.all(
        Array.from({ length: 4 }, async (_, i) => [i, (await stat(at(`again/maps/photos/${i}.png.png`))).mtimeMs]),
      ),
    );

  test('all of it', async () => {
    assert.equal((await batch(...args)).code, 0);
    const [before, tree] = [await times(), await treeIn('again')];
    const { code, stderr } = await batch(...args);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /0 photos done, 6 were there/);
    assert.deepEqual([await times(), await treeIn('again')], [before, tree]);
  });

  test('but not a photo that has changed, nor one whose map is gone', async () => {
    const before = await times();
    await photo(9).toFile(at('photos/1.png'));
    await rm(at('again/maps/photos/2.png.png'));
    const { stderr } = await batch(...args);
    assert.match(stderr, /2 photos done, 4 were there/);
    const after = await times();
    assert.deepEqual([after[0], after[3]], [before[0], before[3]]);
    assert.equal((await results('again/results.jsonl')).length, ids.length);
  });

  test('not with other options, which are named', async () => {
    const result = await batch(...args, '--noise', '0.2');
    assert.equal(result.code, 2);
    assertComplaint(result, /again\/results\.jsonl holds results of noise none, not 0\.2: give another --output/);
    const other = await batch(...args, '--reproducible');
    assert.equal(other.code, 2);
    assertComplaint(other, /results of build relaxed, not simd/);
  });
});

test('killed at once and started again, it ends with the same files and repeats nothing', async () => {
  await mkdir(at('many'));
  for (let i = 0; i < 40; i++) await photo(i).toFile(at(`many/${i}.png`));
  const args = ['batch', ...asPlainLikes, '--samples', '400', '--maps', '--threads', '2', 'many'];
  assert.equal((await run(...args, '-o', 'through')).code, 0);

  const child = spawn(process.execPath, [commandLine, ...args, '-o', 'killed'], { cwd: folder });
  const partial = at('killed/results.partial.jsonl');
  const text = async () => (existsSync(partial) ? readFile(partial, 'utf8') : '');
  while ((await text()).split('\n').length < 5) await new Promise((resolve) => setTimeout(resolve, 5));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  assert.ok(!existsSync(at('killed/results.jsonl')), 'killed too late for the test');
  const done = linesOf((await text()).replace(/[^\n]*$/, '')).map(({ id }) => id);
  assert.ok(done.length >= 4 && done.length < 40);
  const times = () => Promise.all(done.map(async (id) => (await stat(at(`killed/maps/${id}.png`))).mtimeMs));
  const before = await times();
  // As if it had been killed while it wrote a line.
  await appendFile(partial, '{"id":"many/tor');

  const { code, stderr } = await run(...args, '-o', 'killed');
  assert.equal(code, 0, stderr);
  assert.match(stderr, new RegExp(`${40 - done.length} photos done, ${done.length} were there`));
  assert.deepEqual(await times(), before);
  assert.deepEqual(await treeIn('killed'), await treeIn('through'));
});

describe('lines on standard input', () => {
  test('bring targets, ids and what is handed through; one that is none is named, the others are done', async () => {
    const { code, stdout, stderr } = await fed(
      [
        '{"photo": "photos/0.png", "id": "one", "target": 2, "label": "stripes", "weights": [1, 2]}',
        '{"photo": "photos/1.png",',
        'photos/2.png',
        '',
        '{"photo": 3}',
        '{"photo": "photos/3.png", "id": "one"}',
        '{"photo": "photos/3.png", "target": "no such class"}',
        '{"photo": "nowhere.png"}',
        '{"photo": "photos/3.png", "id": "far", "samples": 3}',
        '{"photo": "photos/3.png", "id": "last"}',
      ].join('\n'),
      '--list',
      '-',
    );
    assert.equal(code, 1);
    const lines = linesOf(stdout);
    const byId = Object.fromEntries(lines.filter(({ id }) => id).map((line) => [line.id, line]));
    assert.deepEqual(Object.keys(byId).sort(), ['last', 'nowhere.png', 'one', 'photos/2.png', 'photos/3.png']);
    const { target, label, weights } = byId.one;
    assert.deepEqual([target.index, label, weights], [2, 'stripes', [1, 2]]);
    assert.equal(byId['photos/3.png'].failed.code, 'bad-option');
    assert.equal(byId['nowhere.png'].failed.code, 'not-found');
    assert.deepEqual(
      lines.filter(({ line }) => line).map(({ line }) => line),
      [2, 5, 9],
    );
    for (const pattern of [
      /standard input, line 2: /,
      /line 5: "photo" must be a path or an address/,
      /line 9: "samples" is a name of the results/,
      /one is there twice: the first one is done/,
      /there is no such file/,
      /3 photos done, 6 failed/,
    ])
      assert.match(stderr, pattern);
  });

  test('are answered one by one, while more may come', async () => {
    const child = spawn(process.execPath, [commandLine, 'batch', ...common, '--list', '-'], { cwd: folder });
    for (const id of ['first', 'second']) {
      const answer = new Promise((resolve) => child.stdout.once('data', resolve));
      child.stdin.write(`${JSON.stringify({ photo: 'photos/0.png', id })}\n`);
      assert.equal(JSON.parse(await answer).id, id);
    }
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    assert.equal(await ended, 0);
  });

  test('may be the photo', async () => {
    const data = `data:image/png;base64,${(await readFile(at('photos/0.png'))).toString('base64')}`;
    const { stdout } = await fed(
      `${JSON.stringify({ photo: data, id: 'in itself' })}\n${JSON.stringify({ photo: 'photos/0.png' })}`,
      '--list',
      '-',
    );
    const [one, other] = linesOf(stdout).sort((a, b) => (a.id < b.id ? -1 : 1));
    assert.equal(one.photo, undefined);
    assert.deepEqual([one.content, one.relativeError], [other.content, other.relativeError]);
  });
});
