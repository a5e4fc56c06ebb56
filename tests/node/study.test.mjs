// The study from the command line to its file: every part, in small.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chelsea, commandLine, pathOf } from './support/package.mjs';

const coffee = pathOf('web/photos/coffee.webp');
const rocket = pathOf('web/photos/rocket.jpg');
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smoothgrad-study-'));
});
after(() => rm(folder, { recursive: true }));

const study = (...args) =>
  new Promise((resolve) => {
    execFile(process.execPath, [commandLine, 'study', ...args], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, stdout, stderr });
    });
  });
const readStudy = async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'));

/** All numbers in it, with where they are. */
const numbersIn = (value, path = '') =>
  typeof value === 'number'
    ? [[path, value]]
    : value && typeof value === 'object'
      ? Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${path}.${key}`))
      : [];

const ranges = {
  totalVariation: [0, 4],
  highFrequencyShare: [0, 1],
  keepsClass: [0, 1],
  accuracy: [0, 1],
  outOfRange: [0, 1],
  correlation: [-1, 1],
  rankCorrelation: [-1, 1],
  structuralSimilarity: [-1, 1],
  deletionBlurred: [0, 1],
  insertionZero: [0, 1],
  scaled: [0, 1],
  signed: [0, 1],
  predicted: [0, 1],
  withinOne: [0, 1],
  withinTwo: [0, 1],
  share: [0, 1],
  wrongSign: [0, 1],
  unconfirmed: [0, 1],
  edgesDenoised: [-1, 1],
};
/** Numbers of samples; and correlations over the root of how well two halves of a few noisy samples agree. */
const others = /\.equivalent\.|^\.denoised\..*\.correlation$/;

describe('the study of two photos, in small', () => {
  let file;
  before(async () => {
    const { code, stdout, stderr } = await study(
      ...[chelsea, coffee, '--further', rocket],
      ...['--quick', '-o', 'study.json', '--pictures', 'maps'],
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^rq1: \d+ s -> study.json\nrq2: .*\nrq3: .*\nrq4: .*\nrq5: .*\ndenoised: /);
    file = await readStudy('study.json');
  });

  test('says what it is of, and how it came about', () => {
    assert.deepEqual([file.format, file.version], ['smoothgrad-study', 1]);
    assert.deepEqual(
      file.photos.map(({ name, target }) => [name, target.index]),
      [
        ['chelsea', 282],
        ['coffee', 967],
      ],
    );
    for (const [name, { made }] of Object.entries(file.parts)) {
      assert.match(made.date, /^\d{4}-\d\d-\d\d$/);
      const model = name === 'rq5' ? 'four digit networks' : 'efficientnet-lite0';
      assert.deepEqual([made.model, made.seed, made.quick], [model, 0, true]);
      assert.ok(made.seconds > 0 && made.threads >= 1 && made.build && made.machine);
    }
  });

  test('every figure is in its range', () => {
    for (const [path, value] of numbersIn(file.parts)) {
      if (others.test(path)) continue;
      const [low, high] = ranges[path.split('.').at(-1)] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      assert.ok(value >= low && value <= high, `${path} is ${value}`);
    }
  });

  test('RQ1: each n beside the gradient, and their means', () => {
    const { photos, mean } = file.parts.rq1;
    assert.deepEqual(
      mean.smooth.map(({ samples }) => samples),
      [1, 2, 5],
    );
    for (const [i, { totalVariation }] of mean.smooth.entries()) {
      const each = photos.map(({ smooth }) => smooth[i].totalVariation);
      assert.ok(Math.abs(totalVariation - (each[0] + each[1]) / 2) < 1e-4);
    }
    assert.equal(mean.smooth[0].signalToNoise, null);
    assert.ok(mean.gradient.totalVariation > 0);
  });

  test('RQ2: more samples are nearer to the independent map, less noise keeps more values in range', () => {
    const { errors, levels, views } = file.parts.rq2;
    const relative = errors.mean.map(({ relativeError }) => relativeError);
    assert.ok(relative.every((value, i) => i === 0 || value < relative[i - 1]));
    for (const { rows } of errors.photos) {
      for (const { relativeError: r, correctedError } of rows) {
        assert.ok(Math.abs(correctedError / (r / Math.sqrt(1 - r * r)) - 1) < 1e-3);
      }
    }
    assert.ok(levels[0].mean.outOfRange < levels.at(-1).mean.outOfRange);
    assert.equal(views.length, 2 * 4 * 2 * 2);
    const of = (samples, window) =>
      views.find(
        (row) => row.samples === samples && row.window === window && row.magnitude === 'plain' && row.reference === 'plain',
      ).mean.rankCorrelation;
    assert.ok(of(8, 0) > of(4, 0));
    assert.ok(of(8, 4) > of(8, 0));
  });

  test('RQ3: two baselines that know nothing, and both arrangements of the pair', () => {
    const { maps, pairs, meanShares } = file.parts.rq3;
    for (const name of [
      'gradient',
      'smoothgrad',
      'integrated-gradients',
      'guided-backprop',
      'smoothgrad-corrected',
      'edges',
      'random',
    ]) {
      assert.ok(maps.find((row) => row.name === name)?.mean.insertionBlurred > 0, name);
    }
    const flat = (name) => maps.find((row) => row.name === name).mean;
    assert.ok(flat('random').highFrequencyShare > flat('edges').highFrequencyShare);
    assert.deepEqual(
      pairs.map(({ left, right }) => [left, right]),
      [
        ['chelsea', 'coffee'],
        ['coffee', 'chelsea'],
      ],
    );
    assert.ok(meanShares.smoothgrad.scaled > 0.55);
  });

  test('RQ4: the grid, at equal numbers of gradient evaluations', () => {
    const { cells, grid } = file.parts.rq4;
    assert.deepEqual(
      cells.map(({ name, evaluations }) => [name, evaluations]),
      grid.flatMap(({ base, smooth }) => [
        [base, base === 'integrated-gradients' ? 4 : 1],
        [smooth, 4],
      ]),
    );
    const figures = (part, key) => part.find(({ name }) => name === 'gradient').mean[key];
    assert.equal(figures(cells, 'deletionBlurred'), figures(file.parts.rq3.maps, 'deletionBlurred'));
  });

  test('RQ5: four networks under four levels of noise, and what two noises do beyond the sum of each', () => {
    const { digits, networks, cells, compared, interactions } = file.parts.rq5;
    assert.equal(digits, 12);
    assert.deepEqual(
      networks.map(({ trainingNoise }) => trainingNoise),
      [0, 0.1, 0.2, 0.3],
    );
    assert.equal(cells.length, 16);
    const at = (training, inference) =>
      cells.find((cell) => cell.trainingNoise === training && cell.inferenceNoise === inference);
    for (const measure of ['totalVariation', 'highFrequencyShare']) {
      const { off, on } = compared;
      const neither = at(off, off)[measure];
      const effects = {
        first: at(on, off)[measure] - neither,
        second: at(off, on)[measure] - neither,
        both: at(on, on)[measure] - neither,
      };
      const found = interactions[measure];
      for (const [name, effect] of Object.entries(effects)) {
        assert.ok(Math.abs(found[name] - effect) < 2e-5, `${measure}, ${name}: ${found[name]}, not ${effect}`);
      }
      assert.ok(Math.abs(found.sum - (effects.first + effects.second)) < 2e-5);
      assert.ok(Math.abs(found.interaction - (effects.both - found.sum)) < 2e-5);
      const [low, high] = found.interval;
      assert.ok(low < found.interaction && found.interaction < high);
      // Each noise alone leaves less, on any digits.
      assert.ok(effects.first < 0 && effects.second < 0 && effects.both < 0);
    }
    // What noise does to the answers shows where it was not learned.
    assert.ok(at(0, 0.3).accuracy < at(0.3, 0.3).accuracy);
    assert.ok(networks.every(({ trainingNoise }) => at(trainingNoise, 0).accuracy > 0.9));
    assert.equal(at(0.2, 0).signalToNoise, undefined);
  });

  test('the denoised map: nearer to other samples than the plain one, and silent where there is only noise', () => {
    const { photos, curve, views, errors, discoveries, pairs, flipped, opens, randomised, digits } = file.parts.denoised;
    assert.deepEqual(
      photos.map(({ photo, further }) => [photo, further]),
      [
        ['chelsea', false],
        ['coffee', false],
        ['rocket', true],
      ],
    );
    assert.deepEqual(
      curve.map(({ samples }) => samples),
      [8, 12, 16, 24],
    );
    const at = (samples, name, against = 0) =>
      views.find((row) => row.samples === samples && row.name === name && row.against === against);
    for (const samples of [12, 16]) {
      const [plain, denoised] = [at(samples, 'plain'), at(samples, 'denoised')];
      assert.ok(denoised.mean.correlation > plain.mean.correlation + 0.05);
      assert.equal(plain.equivalent.correlation, samples);
      assert.ok(denoised.equivalent.correlation > samples && denoised.equivalent.correlation <= 24);
      assert.equal(at(samples, 'corrected over 2 pixels').window, 2);
    }
    for (const { mean } of errors)
      assert.ok(mean.denoised < 1 && mean.plain > 1 && Math.abs(mean.predicted - mean.denoised) < 0.2);
    assert.ok(errors[1].mean.denoised < errors[0].mean.denoised);
    for (const { counts } of discoveries) {
      for (const { mean } of counts)
        assert.ok(mean.wrongSign <= mean.againstReference + 1e-9 && mean.unconfirmed >= mean.wrongSign);
    }
    assert.deepEqual(
      pairs.map(({ samples, photos: each }) => [samples, each.length]),
      [
        [12, 3],
        [16, 3],
      ],
    );
    for (const { independent, mean } of pairs)
      assert.ok(mean.plain > mean.denoised && Math.abs(mean.correlationDenoised - independent) < 0.2);
    assert.deepEqual(flipped, { runs: 2, samples: 8, silent: 2 });
    assert.deepEqual([opens.inputs, opens.open], [3, 3]);
    assert.equal(randomised.photos.length, 3);
    assert.equal(digits.networks.length, 4);
  });

  test('long runs are kept, and taken the next time', async () => {
    const once = async (photo) => {
      const { code, stderr } = await study(photo, '--quick', '--only', 'denoised', '-o', 'one.json', '--saved-runs', 'runs');
      assert.equal(code, 0, stderr);
      return (await readStudy('one.json')).parts.denoised.views;
    };
    const views = await once(chelsea);
    const kept = await readdir(join(folder, 'runs'));
    assert.deepEqual(kept.sort(), ['chelsea-1-0-24.run', 'chelsea-1-24-24.run']);
    const times = () => Promise.all(kept.map(async (name) => (await stat(join(folder, 'runs', name))).mtimeMs));
    const before = await times();
    assert.deepEqual(await once(chelsea), views);
    assert.deepEqual(await times(), before);
    // Of another photo of that name: not taken, but made anew.
    await copyFile(coffee, join(folder, 'chelsea.webp'));
    assert.notDeepEqual(await once('chelsea.webp'), views);
    assert.notDeepEqual(await times(), before);
  });

  test('every picture that it names is there', async () => {
    const files = await readdir(join(folder, 'maps'));
    const named = JSON.stringify(file).match(/[\w-]+\.webp/g);
    assert.deepEqual([...new Set(named)].sort(), files.sort());
  });

  test('one part is measured anew and replaced, the others stay', async () => {
    const { code, stderr } = await study(
      chelsea,
      coffee,
      '--quick',
      '--only',
      'rq4',
      '--seed',
      '7',
      '--merge-into',
      'study.json',
    );
    assert.equal(code, 0, stderr);
    const merged = await readStudy('study.json');
    assert.equal(merged.parts.rq4.made.seed, 7);
    assert.notDeepEqual(merged.parts.rq4.cells, file.parts.rq4.cells);
    for (const name of ['rq1', 'rq2', 'rq3']) assert.deepEqual(merged.parts[name], file.parts[name]);
  });

  test('what cannot be merged is refused', async () => {
    const refuses = async (pattern, ...args) => {
      const { code, stderr } = await study(...args);
      assert.equal(code, 2, stderr);
      assert.match(stderr, pattern);
      assert.equal(stderr.trim().split('\n').length, 1);
    };
    await refuses(/--only must be some of rq1,rq2,.*not "rq9"/, chelsea, '--only', 'rq1,rq9');
    await refuses(/study.json is of other photos/, chelsea, '--merge-into', 'study.json', '--only', 'rq4');
    await writeFile(join(folder, 'other.json'), '{"format": "something"}');
    await refuses(/other.json is no study of version 1/, chelsea, '--merge-into', 'other.json');
    await writeFile(join(folder, 'broken.json'), '{');
    await refuses(/broken.json is no study/, chelsea, '--merge-into', 'broken.json');
    await refuses(/two photos are called chelsea/, chelsea, chelsea, '--only', 'rq4');
    await refuses(/two photos are called chelsea/, coffee, chelsea, '--only', 'rq4', '--further', chelsea);
    await refuses(/--seed must be/, chelsea, '--seed', '-1');
  });
});
