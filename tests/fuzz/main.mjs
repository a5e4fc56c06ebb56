// `npm run fuzz -- TARGET [--seconds N]`: a target of tests/fuzz/targets under libFuzzer and sanitizers, with WebAssembly's size of
// addresses (`--bits 64`: the machine's); `networks [--seed S] [--count N]`: random networks against other engines.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { sha256 } from '../../models/mnist/install.mjs';
import { build, root } from '../../wasm/setup/paths.mjs';
import { run } from '../../wasm/setup/run.mjs';
import { main, Problem, say, sayPassing } from '../../wasm/setup/say.mjs';
import { setUp } from '../../wasm/setup/setup.mjs';
import { compile } from '../../wasm/tasks/compile.mjs';
import { builds } from './networks/engine.mjs';
import { main as fuzzNetworks } from './networks/main.mjs';

const targets = ['onnx', 'run', 'idx', 'metadata'];
const work = join(build, 'fuzz');
const corpus = join(root, 'tests/fuzz/corpus');
const largestFile = 8192;

const usage = `npm run fuzz -- ${targets.join('|')} [--seconds 60] [--bits 32|64]
npm run fuzz -- networks [--seed 1] [--count 1000] [--seconds N] [--builds ${builds.join(',')}]`;

/** Small models of tests/reference, by their digests: libFuzzer takes folders of files. */
async function seedsOf(target) {
  if (target !== 'onnx') return [];
  const folder = join(work, 'seeds');
  await mkdir(folder, { recursive: true });
  const reference = join(root, 'tests/reference');
  for (const name of await readdir(reference, { recursive: true })) {
    if (!name.endsWith('.onnx')) continue;
    const bytes = await readFile(join(reference, name));
    if (bytes.length <= largestFile) await writeFile(join(folder, sha256(bytes).slice(0, 16)), bytes);
  }
  return [folder];
}

async function fuzzBytes(target, { seconds = '60', bits = '32' }) {
  const preset = bits === '32' ? 'fuzz-32' : 'fuzz';
  await setUp(['fuzz']);
  await compile(preset, `fuzz_${target}`);
  const finds = join(work, 'finds');
  const grown = join(work, target);
  for (const folder of [finds, grown]) await mkdir(folder, { recursive: true });
  const limits = [
    `-max_total_time=${seconds}`,
    '-timeout=60',
    '-print_funcs=0',
    '-rss_limit_mb=1500',
    `-max_len=${largestFile}`,
  ];
  const folders = [grown, join(corpus, target), ...(await seedsOf(target))];
  const env = {
    ...process.env,
    // What is held is counted after each file; where it was allocated, which costs half of the time, fuzz_replay says.
    ASAN_OPTIONS: 'quarantine_size_mb=16:detect_leaks=0:malloc_context_size=0',
    UBSAN_OPTIONS: 'print_stacktrace=1',
    ASAN_SYMBOLIZER_PATH: '/usr/bin/llvm-symbolizer-19',
  };
  let last = '';
  const onLine = (line) => {
    const passed = line.match(/^#(\d+)\t.*cov: (\d+)/);
    if (passed) sayPassing(`${passed[1]} files, ${passed[2]} places of the code`);
    if (passed) last = line;
    return passed !== null;
  };
  const words = [...limits, `-artifact_prefix=${finds}/${target}-`, '-print_final_stats=1', ...folders];
  const { output, code } = await run(join(build, preset, `fuzz_${target}`), words, { env, onLine, mayFail: true });
  const count = output.match(/number_of_executed_units: (\d+)/)?.[1] ?? last.match(/^#(\d+)/)?.[1];
  say(`${target}, ${bits} bits: ${count} files in ${seconds} s on ${cpus()[0].model}, ${last.match(/cov: \d+ ft: \d+/)?.[0]}`);
  if (code !== 0) throw new Problem(`${output.slice(-6000)}\n\nThe file is in ${relative(root, finds)}`);
}

await main(async () => {
  const options = {
    seconds: { type: 'string' },
    seed: { type: 'string' },
    count: { type: 'string' },
    bits: { type: 'string' },
  };
  const { values, positionals } = parseArgs({
    options: { ...options, builds: { type: 'string' } },
    allowPositionals: true,
  });
  const [target] = positionals;
  if (targets.includes(target)) return fuzzBytes(target, values);
  if (target !== 'networks') throw new Problem(usage);
  await setUp(['native']);
  // One seed is to be looked at again.
  const seed = Number(values.seed ?? 1);
  const count = Number(values.count ?? (values.seed === undefined ? 1000 : 1));
  const right = await fuzzNetworks({
    seed,
    count,
    seconds: values.seconds && Number(values.seconds),
    builds: values.builds?.split(','),
    verbose: count === 1,
  });
  if (!right) process.exitCode = 1;
});
