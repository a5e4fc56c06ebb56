// The short part of the fuzzing: what was found once, memory refused everywhere, and some networks by their seeds.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build, root } from '../../wasm/setup/paths.mjs';
import { run } from '../../wasm/setup/run.mjs';
import { fuzzNetworks } from './networks/main.mjs';

const sanitized = (program) => join(build, 'native-asan', program);
const env = { ...process.env, UBSAN_OPTIONS: 'print_stacktrace=1' };

test('every file of the corpus is read or refused', async () => {
  const { output } = await run(sanitized('fuzz_replay'), [join(root, 'tests/fuzz/corpus')], { env });
  assert.match(output, /^All files passed: \d+$/m);
});

test('memory refused at any allocation is an error, loses nothing, and the next try works', async () => {
  const folder = join(root, 'tests/reference/operators');
  const names = readdirSync(folder).filter((_, i) => i % 20 === 0);
  const models = [...names.map((name) => join(folder, name)), join(root, 'tests/reference/plain')];
  const { output } = await run(
    sanitized('fuzz_starved'),
    models.map((model) => join(model, 'model.onnx')),
    { env },
  );
  assert.match(output, new RegExp(`^All models passed: ${models.length}$`, 'm'));
});

test('random networks agree with the network in double and with ONNX Runtime', async () => {
  const { counts, faults } = await fuzzNetworks({ seed: 1, count: 100 });
  assert.deepEqual(
    faults.map(({ graph, fault, peerDiffers }) => `seed ${graph.seed}: ${fault ?? peerDiffers}`),
    [],
  );
  assert.ok(counts.right > 90, JSON.stringify(counts));
});
