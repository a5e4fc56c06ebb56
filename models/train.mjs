// `npm run train`: the four digit networks, natively on all cores, with their scores in manifest.json and README.md and the log
// of the run beside them. `--quick`: one network, one epoch, into build/quick-training; nothing that is committed changes.
import { mkdir, readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, root } from '../wasm/setup/paths.mjs';
import { run } from '../wasm/setup/run.mjs';
import { main, Problem, say, sayPassing } from '../wasm/setup/say.mjs';
import { setUp } from '../wasm/setup/setup.mjs';
import { writeWhole } from '../wasm/setup/write.mjs';
import { compile } from '../wasm/tasks/compile.mjs';
import { installMnist, sha256 } from './mnist/install.mjs';

const models = dirname(fileURLToPath(import.meta.url));
const levels = [0, 0.1, 0.2, 0.3];
const epochs = 8;
const seed = 1;
const threads = availableParallelism();

const percent = (share) => `${(100 * share).toFixed(2)} %`;

/** What one network is to be called and learn from. */
function plan(noise, quick) {
  const level = Math.round(100 * noise);
  return {
    name: `mnist-noise-${level}`,
    title: noise === 0 ? 'Digits, no noise' : `Digits, ${level} % noise`,
    caption: noise === 0 ? 'MNIST, trained without noise' : `MNIST, trained with ${level} % noise`,
    noise,
    epochs: quick ? 1 : epochs,
  };
}

function logLine({ epoch, step, steps, loss, accuracy, testAccuracy, seconds }, { epochs }) {
  const passed = ((step / steps) * epochs).toFixed(1);
  const test = step * epochs === epoch * steps && testAccuracy ? `  test ${percent(testAccuracy)}` : '';
  return `  epoch ${passed}  step ${step}  loss ${loss.toFixed(4)}  accuracy ${percent(accuracy)}${test}  ${seconds.toFixed(1)} s`;
}

/** Trains one network into a folder; resolves to its manifest entry and its log. */
async function train(network, data, folder) {
  const file = `${network.name}.onnx`;
  const path = join(folder, file);
  const log = [`${network.name}: noise ${network.noise}, ${network.epochs} epochs, seed ${seed}, ${threads} threads`];
  let score;
  const onLine = (line) => {
    if (!line.startsWith('{')) return false;
    const report = JSON.parse(line);
    if (report.file) score = report;
    else log.push(logLine(report, network));
    sayPassing(`${network.name}${log.at(-1)}`);
    return true;
  };
  const words = [data, path, network.noise, network.epochs, seed, threads, network.caption].map(String);
  await run(join(build, 'native/smoothgrad_train'), words, { onLine });
  if (!score) throw new Problem(`${network.name}: the trainer did not say how it ended`);
  const { fileAccuracy: accuracy, seconds, bytes } = score;
  log.push(`  ${file}: ${bytes} bytes, ${percent(accuracy)} of the 10,000 test digits, ${seconds.toFixed(1)} s`);
  say(log.at(-1).trim());
  const { name, title, noise } = network;
  const entry = { name, title, kind: 'digits', file, bytes, sha256: sha256(await readFile(path)), noise, accuracy };
  return { entry, log };
}

/** Puts the entries in the place of those of their names. */
async function updateManifest(entries) {
  const path = join(models, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  const others = manifest.models.filter(({ name }) => !entries.some((entry) => entry.name === name));
  await writeWhole(path, `${JSON.stringify({ ...manifest, models: [...others, ...entries] }, null, 2)}\n`);
}

async function updateReadme(entries) {
  const path = join(models, 'README.md');
  const number = (value) => value.toLocaleString('en-GB');
  const rows = new Map(
    entries.map(({ name, file, bytes, sha256 }) => [name, `| ${name} | ${file} | ${number(bytes)} | \`${sha256}\` |`]),
  );
  const scores = new Map(entries.map(({ name, noise, accuracy }) => [name, `| ${name} | ${noise} | ${percent(accuracy)} |`]));
  const lines = (await readFile(path, 'utf8')).split('\n').map((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const row = cells.length === 6 ? rows : scores;
    return row.get(cells[1]) ?? line;
  });
  await writeWhole(path, lines.join('\n'));
}

await main(async () => {
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
  await setUp(['native']);
  await compile('native', 'smoothgrad_train');
  const data = await installMnist();
  const folder = values.quick ? join(build, 'quick-training') : models;
  await mkdir(folder, { recursive: true });
  const begin = performance.now();
  const trained = [];
  for (const noise of values.quick ? [0.1] : levels) trained.push(await train(plan(noise, values.quick), data, folder));
  const entries = trained.map(({ entry }) => entry);
  const seconds = ((performance.now() - begin) / 1000).toFixed(0);
  const head = `npm run train, ${new Date().toISOString().slice(0, 10)}, ${threads} threads of ${cpus()[0].model}`;
  const log = [`${head}: ${seconds} s in all`, ...trained.flatMap(({ log }) => log), ''].join('\n');
  await writeWhole(join(folder, 'mnist-training.txt'), log);
  if (!values.quick) {
    await updateManifest(entries);
    await updateReadme(entries);
  }
  say(`${entries.length} trained in ${seconds} s: ${relative(root, folder)}`);
  if (values.quick) console.log(JSON.stringify(entries));
});
