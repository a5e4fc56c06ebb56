// The suites of `npm test`, in the order in which they begin: name, whether `npm run check` has it, whether it has to be alone (what it tests
// takes all cores itself), programs it needs beyond those of the build, what it runs. A suite resolves to { passed, again?, failed, output }.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, root } from '../../wasm/setup/paths.mjs';
import { run } from '../../wasm/setup/run.mjs';
import { compile, wasmBuilds } from '../../wasm/tasks/compile.mjs';
import { buildLibrary } from '../../wasm/tasks/library.mjs';
import { buildSite } from '../../wasm/tasks/site.mjs';
import { installPeers } from '../bench/install.mjs';
import { playwright } from '../packages/playwright.mjs';
import { lint, publishable } from './checks.mjs';
import { catchCounts, nodeCounts, playwrightCounts } from './counts.mjs';
import { unitTests } from './unit.mjs';

async function counted(counts, command, args, env = process.env) {
  const result = await run(command, args, { env, mayFail: true });
  return { ...counts(result), output: result.output };
}

const plain = ['--colour-mode', 'none'];

async function coreNatively(preset, filter = []) {
  await compile(preset, 'core_tests');
  const sanitizers = {
    ASAN_OPTIONS: 'detect_stack_use_after_return=1',
    UBSAN_OPTIONS: 'print_stacktrace=1',
    TSAN_OPTIONS: 'halt_on_error=1',
  };
  return counted(catchCounts, join(build, preset, 'core_tests'), [...plain, ...filter], { ...process.env, ...sanitizers });
}

async function coreInNode(preset) {
  await compile(preset, 'core_tests');
  const flags = preset.startsWith('relaxed') ? ['--experimental-wasm-relaxed-simd'] : [];
  return counted(catchCounts, process.execPath, [...flags, join(build, preset, 'core_tests.cjs'), ...plain]);
}

const byNode = (files, ...flags) =>
  counted(nodeCounts, process.execPath, [...flags, '--test', '--test-reporter=tap', ...files]);

const unit = async () => byNode(await unitTests(), '--enable-source-maps');

async function node() {
  await buildLibrary();
  const files = readdirSync(join(root, 'tests/node')).filter((name) => name.endsWith('.test.mjs'));
  return byNode(files.map((name) => join('tests/node', name)));
}

async function train() {
  await compile('native', 'smoothgrad_train');
  return byNode(['tests/train/train.test.mjs']);
}

async function bench() {
  await buildLibrary();
  await installPeers();
  return byNode(['tests/bench/bench.test.mjs']);
}

function together(results) {
  const sum = (key) => results.reduce((total, result) => total + (result[key] ?? 0), 0);
  return {
    passed: sum('passed'),
    again: sum('again'),
    failed: sum('failed'),
    output: results.map(({ output }) => output).join('\n'),
  };
}

async function web() {
  await buildSite();
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const some = (...flags) =>
    counted(playwrightCounts, process.execPath, [cli, 'test', '--config', 'tests/web', '--reporter=list', ...flags]);
  return together([await some('--grep-invert', '@alone'), await some('--grep', '@alone', '--workers', '1')]);
}

/** What would be published, and what the most used bundlers make of it. */
async function packaged() {
  await buildLibrary();
  return together([await publishable(), await counted(playwrightCounts, process.execPath, playwright('@fast'))]);
}

/** The short part of the fuzzing. */
async function fuzz() {
  for (const target of ['fuzz_replay', 'fuzz_starved']) await compile('native-asan', target);
  for (const preset of ['native', 'simd', 'relaxed']) await compile(preset, 'fuzz_evaluate');
  return byNode(['tests/fuzz/fuzz.test.mjs']);
}

export const suites = [
  { name: 'lint', quick: true, needs: [], run: lint },
  { name: 'unit', quick: true, needs: [], run: unit },
  { name: 'core-native', quick: true, needs: ['native'], run: () => coreNatively('native') },
  ...wasmBuilds.map((preset) => ({ name: `core-${preset}`, quick: false, needs: [], run: () => coreInNode(preset) })),
  { name: 'train', quick: false, needs: ['native'], run: train },
  { name: 'node', quick: false, alone: true, needs: [], run: node },
  { name: 'bench', quick: false, alone: true, needs: [], run: bench },
  { name: 'web', quick: false, alone: true, needs: ['browser'], run: web },
  { name: 'package', quick: false, alone: true, needs: ['browser'], run: packaged },
  { name: 'core-native-asan', quick: false, needs: ['native'], run: () => coreNatively('native-asan') },
  { name: 'core-native-tsan', quick: false, needs: ['native'], run: () => coreNatively('native-tsan', ['[threads]']) },
  { name: 'fuzz', quick: false, needs: ['native'], run: fuzz },
];
