// The command line as a user meets it: files in, files and lines out, exit codes, one line for each error.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import sharp from 'sharp';
import { assertComplaint, inNewFolder } from './support/command_line.mjs';
import {
  chelsea,
  finish,
  readNpy,
  readReference,
  reference,
  relativeError,
  shippedModel,
  withEngine,
} from './support/package.mjs';

const { folder, run } = await inNewFolder();

const plain = reference('plain/model.onnx');
const plainInput = reference('plain/input.npy');

describe('wrong usage exits 2', () => {
  const cases = [
    [['explain', chelsea, '--noise', '-1'], /noise must be a number of at least 0, not -1/],
    [['explain', chelsea, '--noise', 'NaN'], /noise must be .* not "NaN"/],
    [['explain', chelsea, '--noise', 'loud'], /noise must be .* not "loud"/],
    [['explain', chelsea, '--samples', '0'], /samples must be a whole number from 1/],
    [['explain', chelsea, '--target', '1000'], /class must be a whole number from 0 to 999/],
    [['explain', chelsea, '--target', 'tigercat'], /did you mean 282 tiger cat/],
    [['explain', chelsea, '--target', ''], /class must be a whole number from 0 to 999 or a name, not ""/],
    [['explain', chelsea, '--target', '-1'], /class must be a whole number from 0 to 999 or a name, not -1/],
    [['explain', chelsea, '--target', '282.5'], /class must be a whole number from 0 to 999 or a name, not 282.5/],
    [['explain', chelsea, '--target', 'terrier'], /one of several, give the index: \d+ .*terrier, .* and \d+ more/],
    [['explain', chelsea, '--method', 'magic'], /method must be one of gradient, smoothgrad/],
    [['explain', chelsea, '--threads', '0'], /threads must be a whole number from 1/],
    [['explain', chelsea, '--view', 'hologram'], /view must be one of map, .*all/],
    [['explain', chelsea, '--percentile', '50'], /percentile must be/],
    [['explain', chelsea, '--until-error', '0'], /until-error must be a number above 0, not 0/],
    [['explain', chelsea, '--until-error', 'soon'], /until-error must be a number above 0, not "soon"/],
    [['explain', chelsea, '--seed', '-3'], /seed must be/],
    [['explain', chelsea, '--difference', 'scaled'], /give versus/],
    [['explain', chelsea, '--versus', '281', '--difference', 'half'], /difference must be one of gradient, scaled/],
    [['explain', chelsea, '--randomised-layers', '1000'], /randomised layers must be a whole number from 0 to \d+/],
    [['explain', chelsea, '--randomised-layers', 'all'], /randomisedLayers must be .* not "all"/],
    [['explain', chelsea, '--layer', 'conv'], /--layer is for method grad-cam/],
    [['explain', chelsea, '--method', 'grad-cam', '--layer', 'conv'], /layer must be one of .* not "conv"/],
    [['explain', chelsea, '--rule', 'leaky'], /rule must be one of gradient, guided, deconvnet, not "leaky"/],
    [['explain', chelsea, '--method', 'grad-cam', '--rule', 'guided'], /--rule is not for method grad-cam/],
    [['explain', chelsea, '--method', 'grad-cam', '--samples', '5'], /--samples is not for method grad-cam/],
    [['explain', chelsea, '--method', 'grad-cam', '--first-sample', '5'], /--first-sample is not for method grad-cam/],
    [['explain', chelsea, '--method', 'occlusion', '--size', '300'], /size must be a whole number from 1 to 224/],
    [['explain', chelsea, '--method', 'occlusion', '--stride', '40'], /stride must be a whole number from 1 to 32/],
    [['explain', chelsea, plain, '-o', 'one.png'], /--output one.png names one file for 2 photos/],
    [['classify', chelsea, '--top', '0'], /top must be a whole number from 1 to 1000/],
    [['tensor', plain, '--input', plainInput], /nothing to write/],
    [['tensor', plain, '--input', plainInput, '--gradient', 'g.npy'], /--gradient needs --target/],
    [
      ['tensor', plain, '--input', plainInput, '--gradient', 'g.npy', '--target', '1', '--rule', 'leaky'],
      /rule must be one of/,
    ],
    [['noise', '--shape', '3,x', '-o', 'e.npy'], /--shape must be whole numbers/],
    [['noise', '--shape', '99999,99999', '-o', 'e.npy'], /--shape 99999,99999 has 9999800001 elements: at most 134217728/],
    [['bench', '--build', 'fast'], /build must be one of/],
    [['explain'], /missing required argument/],
    [['explain', chelsea, '--bogus'], /unknown option '--bogus'/],
    [['expalin', chelsea], /unknown command 'expalin'/],
  ];
  for (const [args, pattern] of cases) {
    test(args.map((arg) => (arg.includes('/') ? '...' : arg)).join(' '), async () => {
      const result = await run(...args);
      assert.equal(result.code, 2, result.stderr);
      assertComplaint(result, pattern);
      assert.equal(result.stdout, '');
    });
  }
});

describe('files that cannot be read exit 1, the others are done', () => {
  test('missing, truncated and foreign photos', async () => {
    const bytes = await readFile(reference(`${shippedModel}/chelsea_224.png`));
    await writeFile(join(folder, 'truncated.png'), bytes.subarray(0, 30_000));
    await writeFile(join(folder, 'text.jpg'), 'no picture');
    const result = await run('classify', 'missing.jpg', 'truncated.png', chelsea, 'text.jpg', '--json', '--top', '2');
    assert.equal(result.code, 1);
    const errors = result.stderr.trim().split('\n');
    assert.equal(errors.length, 3, result.stderr);
    for (const [i, pattern] of [/missing\.jpg.*no such file/, /truncated\.png/, /text\.jpg/].entries())
      assert.match(errors[i], pattern);
    assert.equal(result.lines.length, 1);
    assert.equal(JSON.parse(result.lines[0]).photo, chelsea);
    const explained = await run('explain', 'missing.jpg', chelsea, '--samples', '2', '--json');
    assert.equal(explained.code, 1);
    assertComplaint(explained, /missing\.jpg/);
    assert.equal(JSON.parse(explained.lines[0]).output, 'chelsea-smoothgrad.png');
  });

  test('missing, truncated and foreign models and tensors', async () => {
    await writeFile(join(folder, 'cut.onnx'), (await readFile(plain)).subarray(0, 2000));
    await writeFile(join(folder, 'cut.npy'), (await readFile(plainInput)).subarray(0, 2000));
    for (const [args, pattern] of [
      [['classify', chelsea, '--model', 'cut.onnx'], /cut\.onnx/],
      [['classify', chelsea, '--model', './missing.onnx'], /missing\.onnx.*no such file/],
      [['classify', chelsea, '--model', 'resnet'], /shipped are efficientnet-lite0/],
      [['classify', chelsea, '--model', chelsea], /chelsea/],
      [['tensor', plain, '--input', 'cut.npy', '--output', 'y.npy'], /cut\.npy.*bytes of data/],
      [
        ['tensor', plain, '--input', reference('mobile/input.npy'), '--output', 'y.npy'],
        /must be \[1, 1, 28, 28\], not \[1, 3, 41, 35\]/,
      ],
      [['noise', '--shape', '2', '-o', 'no/such/folder/e.npy'], /could not be written/],
    ]) {
      const result = await run(...args);
      assert.equal(result.code, 1, result.stderr);
      assertComplaint(result, pattern);
    }
  });
});

test('classify prints a line of JSON a photo', async () => {
  const { code, lines, stderr } = await run('classify', chelsea, '--json');
  assert.equal(code, 0, stderr);
  const { photo, top } = JSON.parse(lines[0]);
  assert.equal(photo, chelsea);
  assert.equal(top.length, 5);
  assert.deepEqual(Object.keys(top[0]), ['index', 'name', 'probability']);
  assert.deepEqual([top[0].index, top[0].name], [282, 'tiger cat']);
  assert.match((await run('classify', chelsea)).stdout, /% {2}tiger cat \(282\)/);
});

test('explain writes pictures and tensors, the same for any number of threads', async () => {
  const options = ['--samples', '4', '--seed', '9', '--target', 'tiger cat', '--json'];
  const one = await run(
    'explain',
    chelsea,
    ...options,
    '-o',
    'map.png',
    '--raw',
    'map.npy',
    '--attribution',
    'a.npy',
    '--threads',
    '1',
  );
  assert.equal(one.code, 0, one.stderr);
  assert.equal(one.stderr, '');
  const line = JSON.parse(one.lines[0]);
  assert.deepEqual([line.samples, line.target.index, line.output, line.seed], [4, 282, 'map.png', '9']);
  const three = await run('explain', chelsea, ...options, '-o', 'map3.png', '--attribution', 'a3.npy', '--threads', '3');
  assert.equal(three.code, 0, three.stderr);
  const read = (name) => readFile(join(folder, name));
  assert.deepEqual(await read('a3.npy'), await read('a.npy'));
  assert.deepEqual(await read('map3.png'), await read('map.png'));
  const [map, attribution] = [await readNpy(join(folder, 'map.npy')), await readNpy(join(folder, 'a.npy'))];
  assert.deepEqual(
    [map.shape, attribution.shape],
    [
      [224, 224],
      [1, 3, 224, 224],
    ],
  );
  const summed = map.data.map((_, i) => [0, 1, 2].reduce((sum, c) => sum + Math.abs(attribution.data[c * 224 * 224 + i]), 0));
  assert.ok(relativeError(map.data, summed) < 1e-6);
  const { width, height, channels } = await sharp(join(folder, 'map.png')).metadata();
  assert.deepEqual([width, height, channels], [224, 224, 4]);
});

test('explain: all views in one picture; many photos into a folder', async () => {
  const all = await run('explain', chelsea, '--samples', '2', '--view', 'all', '-o', 'all.png');
  assert.equal(all.code, 0, all.stderr);
  assert.match(all.stdout, /tiger cat \(282\), 2 samples.* -> all\.png/);
  const { width, height } = await sharp(join(folder, 'all.png')).metadata();
  assert.deepEqual([width, height], [5 * 224 + 4 * 8, 224]);
  const two = await run('explain', chelsea, chelsea, '--samples', '2', '--json', '-o', '{name}-here.png');
  assert.deepEqual(
    two.lines.map((line) => JSON.parse(line).output),
    ['chelsea-here.png', 'chelsea-2-here.png'],
  );
});

test('explain: references, two classes, lines and randomised weights', async () => {
  const lineOf = async (...args) => {
    const { code, lines, stderr } = await run('explain', chelsea, '--json', '-o', 'x.png', '--raw', 'x.npy', ...args);
    assert.equal(code, 0, stderr);
    const { width, height } = await sharp(join(folder, 'x.png')).metadata();
    assert.deepEqual([width, height], [224, 224]);
    const { shape, data } = await readNpy(join(folder, 'x.npy'));
    assert.deepEqual(shape, [224, 224]);
    return { ...JSON.parse(lines[0]), map: data };
  };
  const cam = await lineOf('--method', 'grad-cam', '--view', 'overlay', '--colours', 'viridis');
  assert.deepEqual([cam.method, cam.target.index], ['grad-cam', 282]);
  assert.ok(cam.layer.length > 0 && cam.map.every((value) => value >= 0));
  const hidden = await lineOf('--method', 'occlusion', '--size', '112', '--stride', '112', '--target', '285');
  const { data, info } = await sharp(join(folder, 'x.png')).raw().toBuffer({ resolveWithObject: true });
  const isColoured = (at) => data[at] !== data[at + 2];
  assert.ok(
    Array.from({ length: info.width * info.height }, (_, i) => i * info.channels).some(isColoured),
    'signs have colours',
  );
  assert.deepEqual([hidden.squares, hidden.target.index, hidden.size], [4, 285, 112]);
  assert.equal(new Set(hidden.map).size, 4);

  const common = ['--samples', '2', '--target', '282', '--versus', '285'];
  const scaled = await lineOf(...common, '--difference', 'scaled', '--colours', 'diverging');
  assert.deepEqual([scaled.versus.index, scaled.difference, scaled.passes], [285, 'scaled', 4]);
  assert.ok(scaled.map.some((value) => value < 0) && scaled.map.every((value) => Math.abs(value) <= 1));
  const gradient = await lineOf(...common);
  assert.deepEqual([gradient.difference, gradient.passes], ['gradient', 2]);
  assert.ok(gradient.correctedError === null || gradient.correctedError >= gradient.relativeError);

  const line = await lineOf('--method', 'integrated-gradients', '--steps', '8', '--target', '282');
  const { sum, difference, gap } = line.completeness;
  assert.equal(gap, sum - difference);
  assert.equal(gradient.completeness, undefined);
  const guided = await lineOf('--samples', '1', '--target', '282', '--rule', 'guided', '--times-input');
  assert.deepEqual([guided.method, guided.rule, guided.timesInput], ['smoothgrad', 'guided', true]);
  const random = await lineOf('--samples', '2', '--target', '282', '--randomised-layers', '1');
  assert.equal(random.randomisedLayers, 1);

  const people = await run('explain', chelsea, ...common, '--difference', 'scaled', '-o', 'x.png');
  assert.match(
    people.stdout,
    /tiger cat \(282\) against Egyptian cat \(285\), difference of scaled maps, .*2 samples, .* s -> x\.png/,
  );
});

test('tensor answers the reference cases', async () => {
  for (const name of ['plain', shippedModel]) {
    const model = name === 'plain' ? plain : name;
    const { target } = JSON.parse(await readFile(reference(`${name}/case.json`), 'utf8'));
    const common = [
      'tensor',
      model,
      '--input',
      reference(`${name}/input.npy`),
      '--target',
      String(target),
      '--gradient',
      'g.npy',
    ];
    for (const [what, args] of [
      ['gradient', ['--output', 'y.npy']],
      ['guided', ['--rule', 'guided']],
      ['deconvnet', ['--rule', 'deconvnet']],
      ['guided', ['--rule', 'guided', '--method', 'gradient']],
      ['integrated', ['--method', 'integrated-gradients', '--steps', '32']],
    ]) {
      const { code, stderr } = await run(...common, ...args);
      assert.equal(code, 0, stderr);
      const error = relativeError(
        (await readNpy(join(folder, 'g.npy'))).data,
        (await readReference(`${name}/${what}.npy`)).data,
      );
      assert.ok(error < (what === 'integrated' ? 1e-2 : 1e-3), `${name} ${what}: ${error}`);
    }
    const logits = await readNpy(join(folder, 'y.npy'));
    assert.ok(relativeError(logits.data, (await readReference(`${name}/output.npy`)).data) < 1e-3);
    assert.equal(logits.shape.length, 2);
  }
});

test("tensor and noise agree with the API's", async () => {
  const { code, stderr } = await run(
    'noise',
    '--shape',
    '1,1,28,28',
    '--seed',
    '18446744073709551615',
    '--sample',
    '3',
    '-o',
    'e.npy',
  );
  assert.equal(code, 0, stderr);
  const sampling = ['--method', 'smoothgrad', '--noise', '0.2', '--samples', '6', '--seed', '5', '--target', '1'];
  const sampled = await run('tensor', plain, '--input', plainInput, ...sampling, '--gradient', 's.npy');
  assert.equal(sampled.code, 0, sampled.stderr);
  await withEngine({}, async (engine) => {
    const noise = await readNpy(join(folder, 'e.npy'));
    assert.deepEqual(noise.shape, [1, 1, 28, 28]);
    assert.deepEqual(noise.data, await engine.noise({ size: 784, seed: 2n ** 64n - 1n, sample: 3 }));
    const model = await engine.loadModel(plain);
    const explanation = model.explain(await readNpy(plainInput), { target: 1, noise: 0.2, samples: 6, seed: 5 });
    await finish(explanation);
    assert.deepEqual((await readNpy(join(folder, 's.npy'))).data, (await explanation.attribution()).data);
  });
});

test('bench reports speed, build and memory', async () => {
  const { code, lines, stderr } = await run('bench', '--samples', '2', '--threads', '2', '--json');
  assert.equal(code, 0, stderr);
  const { build, speeds, share, memory, load } = JSON.parse(lines[0]);
  assert.match(build, /^(simd|relaxed)-threads$/);
  assert.deepEqual(
    speeds.map(({ threads }) => threads),
    [1, 2],
  );
  assert.ok(speeds.every(({ samplesPerSecond }) => samplesPerSecond > 0.1));
  assert.ok(share > 0.01 && share < 2);
  assert.ok(memory.heap > memory.weights && memory.weights > 1e7 && memory.arena > 1e5 && load.modelMs > 0);
});

test('help exits 0', async () => {
  const { code, stdout } = await run('explain', '--help');
  assert.equal(code, 0);
  for (const option of [
    '--method',
    '--target',
    '--versus',
    '--noise',
    '--samples',
    '--until-error',
    '--seed',
    '--threads',
    '--raw',
  ]) {
    assert.ok(stdout.includes(option), option);
  }
});

test('explain: conventions, and runs saved and merged', async () => {
  const run5 = await run('explain', chelsea, '--convention', 'captum', '--json', '-o', 'captum.png');
  assert.equal(run5.code, 0, run5.stderr);
  assert.deepEqual((({ samples, convention }) => [samples, convention])(JSON.parse(run5.lines[0])), [5, 'captum']);
  const common = ['explain', chelsea, '--seed', '2', '--target', '282', '--json'];
  const whole = await run(...common, '--samples', '5', '--attribution', 'whole.npy');
  const second = await run(...common, '--samples', '2', '--first-sample', '3', '--save', 'second.run');
  assert.deepEqual([whole.code, second.code], [0, 0], whole.stderr + second.stderr);
  const merged = await run(...common, '--samples', '3', '--merge', 'second.run', '--attribution', 'merged.npy');
  assert.equal(merged.code, 0, merged.stderr);
  assert.equal(JSON.parse(merged.lines[0]).samples, 5);
  const [a, b] = await Promise.all(['merged.npy', 'whole.npy'].map((name) => readNpy(join(folder, name))));
  assert.ok(relativeError(a.data, b.data) < 1e-6);
  const overlap = await run(...common, '--samples', '4', '--merge', 'second.run');
  assert.equal(overlap.code, 2);
  assertComplaint(overlap, /second\.run cannot be merged: .*sample/);
});
