// The benchmark works: peers and engine compute the same gradient, every part of the report is there, and bad options are
// refused. No time is asserted. Needs dist/smoothgrad and this folder's packages.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { library } from '../../wasm/setup/paths.mjs';
import { mnistNetwork } from './graph/mnist.mjs';
import { readNetwork, swapped } from './graph/network.mjs';
import { smallNetwork } from './graph/small.mjs';
import { reach, windowsOver } from './graph/windows.mjs';
import { folder, modelFile } from './inputs.mjs';
import { median, relativeDistance } from './numbers.mjs';

const bench = (...args) => spawnSync(process.execPath, [join(folder, 'main.mjs'), ...args], { encoding: 'utf8' });

describe('numbers', () => {
  test('the median of an even count lies between the middle two', () => assert.equal(median([4, 1, 3, 2]), 2.5));
  test('the relative distance is that of Euclid', () => assert.equal(relativeDistance([3, 0], [0, 4]), 5 / 4));
});

describe('the network that peers are made of', () => {
  const network = readNetwork(readFileSync(modelFile));

  test('is EfficientNet-Lite0: 49 convolutions, 9 sums, 1,000 classes', () => {
    const count = (kind) => network.layers.filter((layer) => layer.kind === kind).length;
    assert.deepEqual([count('conv'), count('add'), count('average'), count('dense'), network.classes], [49, 9, 1, 1, 1000]);
  });

  test('has weights of the size that their shape says', () => {
    for (const { dims, weights } of network.layers.filter((layer) => layer.weights)) {
      assert.equal(
        weights.length,
        dims.reduce((a, b) => a * b),
      );
    }
  });

  test('has its filters transposed and turned round for the gradient', () => {
    // [2, 1, 3] -> [1, 2, 3]
    assert.deepEqual([...swapped(Float32Array.of(1, 2, 3, 4, 5, 6), 2, 1, 3, true)], [3, 2, 1, 6, 5, 4]);
  });
});

describe('windows', () => {
  for (const [kernel, stride, pad] of [
    [3, 2, 1],
    [3, 2, 0],
    [7, 2, 3],
    [2, 2, 0],
    [1, 2, 0],
    [5, 1, 2],
  ]) {
    test(`of ${kernel} at a stride of ${stride}, ${pad} outside, cover what they cover`, () => {
      const bounds = reach(kernel, stride, pad);
      for (let phase = 0; phase < stride; ++phase) {
        const covering = [];
        // Window w begins at stride * w - pad; the position is stride * 0 + phase.
        for (let w = -9; w <= 9; ++w) if (stride * w - pad <= phase && phase < stride * w - pad + kernel) covering.push(w);
        const { first, last } = windowsOver(phase, kernel, stride, pad);
        assert.deepEqual(
          covering,
          Array.from({ length: last - first + 1 }, (_, i) => first + i + 0),
        );
        assert.ok(bounds.first <= first && last <= bounds.last);
      }
    });
  }
});

describe('a quick run in Node', () => {
  let scratch;
  let run;
  let results;

  before(() => {
    scratch = mkdtempSync(join(tmpdir(), 'smoothgrad-bench-'));
    run = bench('--quick', '--package', library, '--json', join(scratch, 'all.json'), '--markdown', join(scratch, 'all.md'));
    assert.equal(run.status, 0, run.stderr);
    results = JSON.parse(readFileSync(join(scratch, 'all.json'), 'utf8'));
  });
  after(() => rmSync(scratch, { recursive: true }));

  test('has both builds and both peers, each with the gradient of PyTorch', () => {
    assert.deepEqual(
      results.samples.map(({ kind }) => kind),
      ['relaxed', 'simd', 'onnxruntime', 'tensorflow'],
    );
    for (const { name, distance } of results.samples) assert.ok(distance < 1e-2, `${name}: off by ${distance}`);
  });

  test('has times that are times', () => {
    for (const { name, minimum, median: middle, rounds } of [...results.samples, ...results.mnist]) {
      assert.ok(minimum > 0 && minimum <= middle, name);
      assert.equal(rounds.length, results.settings.rounds, name);
    }
  });

  test('has layers that add up to the work of EfficientNet-Lite0', () => {
    for (const { build, peak, steps } of results.layers) {
      assert.ok(peak > 0.1 && peak < 1000, `${build}: a peak of ${peak} GFLOP/s`);
      const multiplyAdds = steps.reduce((sum, step) => sum + step.multiplyAdds, 0);
      assert.equal(multiplyAdds, 385_187_552, build);
    }
  });

  test('has memory that holds the weights once and an arena for each of four lanes', () => {
    const { weights, arena, allocated, heap, lanes } = results.memory;
    assert.equal(lanes, 4);
    assert.ok(weights > 18e6 && arena > 1e6 && heap > weights && allocated > weights, JSON.stringify(results.memory));
  });

  test('prints the tables that it writes', () => {
    const text = readFileSync(join(scratch, 'all.md'), 'utf8');
    assert.ok(run.stdout.includes(text));
    for (const heading of ['EfficientNet-Lite0, 224x224', 'MNIST size', 'Layers, relaxed', 'Layers, simd', 'Load and memory']) {
      assert.ok(text.includes(`### ${heading}`), heading);
    }
    assert.match(text, /\| TensorFlow\.js wasm +\|/);
  });
});

describe('a quick run over a folder of networks', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'smoothgrad-bench-'));
  const [json, markdown] = [join(scratch, 'all.json'), join(scratch, 'all.md')];
  let results;
  let printed;

  before(() => {
    writeFileSync(join(scratch, 'digits.onnx'), mnistNetwork());
    writeFileSync(join(scratch, 'odd.onnx'), smallNetwork({ odd: true }));
    writeFileSync(join(scratch, 'small.onnx'), smallNetwork());
    const files = ['--json', json, '--markdown', markdown];
    const run = bench('--quick', '--package', library, '--models', scratch, '--beside', library, '--peers', ...files);
    assert.equal(run.status, 0, run.stderr);
    results = JSON.parse(readFileSync(json, 'utf8'));
    printed = run.stdout;
  });
  after(() => rmSync(scratch, { recursive: true }));

  const found = (wanted) => results.networks.find(({ name }) => name === wanted);

  test('has a row a network, with times, shares and memory, beside another build', () => {
    assert.deepEqual(
      results.networks.map(({ name }) => name),
      ['digits', 'odd', 'small'],
    );
    const { ours, beside, peak } = found('digits');
    assert.equal(ours.multiplyAdds, beside.multiplyAdds);
    for (const { ms, forwardMs, sampleMs, arena, weights, heap, loadMs, savedBytes } of [ours, beside]) {
      assert.ok(ms > forwardMs && forwardMs > 0 && sampleMs > 0 && peak > 0 && loadMs > 0);
      assert.ok(savedBytes > 0 && savedBytes < arena && weights > 0 && heap > weights + arena);
    }
  });

  test('has peers with our gradient: strides, pooling, sums, clamps, dense layers', () => {
    for (const name of ['digits', 'small']) {
      const { peers, distances, refused } = found(name);
      assert.deepEqual(refused, {});
      for (const kind of ['onnxruntime', 'tensorflow']) {
        assert.ok(distances[kind] < 1e-5, `${name}, ${kind}: off by ${distances[kind]}`);
        assert.ok(peers[kind] > 0);
      }
    }
  });

  test('says why a network has no peers', () => {
    const { peers, refused } = found('odd');
    assert.deepEqual(peers, {});
    assert.match(refused.onnxruntime, /do not know operator Sigmoid/);
    assert.match(refused.tensorflow, /do not know operator Sigmoid/);
  });

  test('prints the table that it writes for the documentation, with the machine and the versions', () => {
    const text = readFileSync(markdown, 'utf8');
    assert.ok(printed.includes(text));
    assert.match(text, /^# Networks, .*\n\n.+ cores, \d{4}-\d\d-\d\d; Node v.*TensorFlow\.js \d.*ONNX Runtime Web \d/);
    assert.match(text, /\| digits +\|.* \d+\.\d\d x \|\n/);
    assert.match(text, /\| odd +\|.* – \|\n/);
  });

  test('takes those that are named', () => {
    const { status, stderr } = bench('--package', library, '--models', scratch, '--only', 'even');
    assert.equal(status, 1);
    assert.match(stderr, /has no \*\.onnx called even/);
  });

  test('needs a network', () => {
    const empty = mkdtempSync(join(tmpdir(), 'smoothgrad-bench-'));
    const { status, stderr } = bench('--package', library, '--models', empty);
    rmSync(empty, { recursive: true });
    assert.equal(status, 1);
    assert.match(stderr, /has no \*\.onnx/);
  });
});

describe('options', () => {
  for (const [args, said] of [
    [['--rounds', '0'], /--rounds must be a whole number from 1, not 0/],
    [['--only', 'sample'], /--only knows samples, layers, memory, mnist, page, not sample/],
    [['--beside', '.'], /--beside goes with --models/],
    [['--peers'], /--peers goes with --models/],
    [['--models', '.', '--browser'], /--models measures in Node/],
    [['--fast'], /Unknown option '--fast'/],
  ]) {
    test(`${args.join(' ')} is refused in one line`, () => {
      const { status, stderr } = bench(...args);
      assert.equal(status, 1);
      assert.match(stderr, said);
      assert.doesNotMatch(stderr, /at .*\.mjs/);
    });
  }
});
