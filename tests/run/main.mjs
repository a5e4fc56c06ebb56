// `npm test [-- NAME...]`: every suite, or those whose names contain one of the words; `--quick` (npm run check) the short
// ones. What each printed is kept in build/test-logs; the last lines are a table and the total.
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build, root } from '../../wasm/setup/paths.mjs';
import { main, Problem, say } from '../../wasm/setup/say.mjs';
import { setUp } from '../../wasm/setup/setup.mjs';
import { suites } from './suites.mjs';

const logs = join(build, 'test-logs');
const shownLines = 120;

async function runSuite({ name, run }) {
  say(`Suite ${name}`);
  const start = Date.now();
  const result = await run().catch((error) => ({
    passed: 0,
    failed: 1,
    output: error instanceof Problem ? error.message : error.stack,
  }));
  await writeFile(join(logs, `${name}.log`), result.output);
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  say(`Suite ${name}: ${result.passed} passed, ${result.failed} failed (${seconds} s)`);
  if (result.failed > 0 || result.again > 0) console.log(result.output.split('\n').slice(-shownLines).join('\n'));
  return { name, ...result, seconds };
}

function selected() {
  const words = process.argv.slice(2);
  if (words.includes('--quick')) return suites.filter(({ quick }) => quick);
  if (words.length === 0) return suites;
  const some = suites.filter(({ name }) => words.some((word) => name.includes(word)));
  if (some.length === 0)
    throw new Problem(`No suite is called ${words.join(' or ')}. There are: ${suites.map(({ name }) => name).join(', ')}`);
  return some;
}

/** Two at a time, so that one compiles while another has its tests run on one core; those marked `alone` by themselves. */
async function runAll(chosen) {
  const results = [];
  const running = new Set();
  for (const suite of chosen) {
    while (running.size > (suite.alone ? 0 : 1)) await Promise.race(running);
    const result = runSuite(suite);
    results.push(result);
    running.add(result);
    void result.then(() => running.delete(result));
    if (suite.alone) await result;
  }
  return Promise.all(results);
}

await main(async () => {
  const chosen = selected();
  await setUp(chosen.flatMap(({ needs }) => needs));
  await mkdir(logs, { recursive: true });
  const results = await runAll(chosen);

  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  console.log();
  for (const { name, passed, again, failed, seconds } of results) {
    const counts = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds.padStart(8)} s`;
    console.log(`${name.padEnd(22)} ${counts}${again ? `  (${again} at the second try)` : ''}`);
  }
  if (sum('failed') > 0) console.log(`\nWhat the suites printed is in ${relative(root, logs)}`);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
});
