// `npm run zoo -- --python VENV`: networks of torchvision, timm, Keras and ONNX with random weights, and ONNX's node tests, each
// exported, differentiated in float64 and compared with the engine. Rows go to build/zoo/rows.json as they come, so that a run can be
// continued family by family; RESULTS.md is made of all of them.
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, library, root } from '../../wasm/setup/paths.mjs';
import { main, Problem, say } from '../../wasm/setup/say.mjs';
import { writeWhole } from '../../wasm/setup/write.mjs';
import { limit, openEngine, openLibrary } from './engine.mjs';
import { families, missing, readNetworks } from './networks.mjs';
import { openPython } from './python.mjs';
import { markdown } from './table.mjs';

const work = join(build, 'zoo');
const samples = 4;
const list = (text) => text?.split(',').filter(Boolean) ?? [];

const options = {
  python: { type: 'string' },
  package: { type: 'string', default: library },
  family: { type: 'string' },
  only: { type: 'string' },
  exporters: { type: 'string', default: 'dynamo,torchscript' },
  batches: { type: 'string', default: 'static,open' },
  minutes: { type: 'string', default: '10' },
  json: { type: 'string', default: join(work, 'rows.json') },
  table: { type: 'string', default: fileURLToPath(new URL('./RESULTS.md', import.meta.url)) },
  keep: { type: 'boolean', default: false },
  fresh: { type: 'boolean', default: false },
};

const usage = `npm run zoo -- --python VENV [--family ${families.join('|')}|nodes] [--only NAME,...] [--exporters dynamo,torchscript]
  [--batches static,open] [--package FOLDER] [--minutes N of one network] [--json FILE] [--table FILE]
  [--fresh: forget earlier rows] [--keep: leave the exported files, so that the next run only judges]`;

/** The files of a network's variants and their references: made now, or by an earlier run with --keep. */
async function makeNetwork({ family, name, size, options }, folder, { python, exporters, batches }) {
  const kept = join(folder, `made-${[...exporters, ...batches].join('-')}.json`);
  if (existsSync(kept)) return JSON.parse(await readFile(kept, 'utf8'));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { answer, error } = await python.call({ call: 'make', family, name, size, options, exporters, batches, folder });
  if (!answer) return [{ error }];
  await writeWhole(kept, JSON.stringify(answer));
  return answer;
}

/** Rows of one network: a variant each, or one that says why there is none. */
async function runNetwork(network, tools) {
  const { family, name, size } = network;
  const folder = join(work, `${family}-${name}`);
  const rows = [];
  for (const { folder: place, path, exportError, ...known } of await makeNetwork(network, folder, tools)) {
    const row = { family, name, size, ...known };
    if (exportError) row.error = `the exporter: ${exportError}`;
    if (path) Object.assign(row, await tools.engine.judge({ ...known, path, folder: place, samples }));
    rows.push(row);
  }
  if (!tools.keep) await rm(folder, { recursive: true, force: true });
  return rows;
}

const notThere = /operator \S+ is not supported|an operator that is not supported/;

async function runNodeTests({ python, engine, folder: packageFolder, only }) {
  const folder = join(work, 'nodes');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { answer: probe } = await python.call({ call: 'probe', folder });
  const claimed = await engine.operators(probe);
  say(claimed ? `${claimed.length} operators are claimed` : 'the engine names no operators: all tests are tried');
  const { answer, error } = await python.call({ call: 'nodes', folder, claimed: claimed ?? null, only });
  if (error) throw new Problem(`node tests: ${error}`);
  const library = await openLibrary(packageFolder);
  const rows = [];
  for (const { folder: place, target, hasGradient, ...row } of answer) {
    const judged = place && (await library.judge({ path: join(place, 'model.onnx'), folder: place, target, hasGradient }));
    // Of an operator that there is no layer for, whether it is there for constants is only seen now.
    if (row.claimed || (judged && !notThere.test(judged.refusal ?? ''))) rows.push({ ...row, ...judged });
  }
  library.close();
  await rm(folder, { recursive: true, force: true });
  return rows;
}

function summary(row) {
  if (row.skipped ?? row.error) return `not run: ${row.skipped ?? row.error}`;
  if (row.refusal) return `refused: ${row.refusal.split('\n')[0].slice(0, 120)}`;
  const off = [row.logits, row.gradient].map((value) => value?.toExponential(1)).join(' ');
  return `${row.match ? 'matches' : row.asFramework ? 'as the framework' : 'DIFFERS'} ${off} (float32 ${row.float32Error?.toExponential(1)}) ${row.ms?.toFixed(1)} ms`;
}

/** What earlier runs found; a network that runs again replaces its rows. */
async function openRecord({ json, table, fresh }) {
  const path = resolve(json);
  const record = { rows: [], nodes: [] };
  if (!fresh && existsSync(path)) Object.assign(record, JSON.parse(await readFile(path, 'utf8')));
  const save = async (head) => {
    const order = new Map(readNetworks().map(({ family, name }, k) => [`${family} ${name}`, k]));
    record.rows.sort((a, b) => order.get(`${a.family} ${a.name}`) - order.get(`${b.family} ${b.name}`));
    await writeWhole(path, `${JSON.stringify({ ...record, head, limit }, null, 1)}\n`);
    await writeWhole(table, markdown({ ...record, head, limit }));
  };
  const put = ({ family, name }, rows) => {
    record.rows = [...record.rows.filter((row) => row.family !== family || row.name !== name), ...rows];
  };
  const has = ({ family, name }) => record.rows.some((row) => row.family === family && row.name === name && !row.skipped);
  return { record, save, put, has };
}

function headline(packages, folder) {
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  return `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores of ${cpus()[0].model}, Node ${process.version}, package ${
    relative(root, folder).startsWith('..') ? folder : relative(root, folder)
  }; ${versions.join(', ')}.`;
}

await main(async () => {
  const { values } = parseArgs({ options });
  if (!values.python || (values.family && ![...families, 'nodes'].includes(values.family))) throw new Problem(usage);
  if (!existsSync(join(values.package, 'cli.js'))) throw new Problem(`${values.package} has no cli.js: npm run build first`);
  mkdirSync(work, { recursive: true });
  const log = openSync(join(work, 'python.log'), 'w');
  const python = openPython(resolve(values.python), { minutes: Number(values.minutes), log });
  const engine = openEngine(resolve(values.package));
  const only = list(values.only);
  const { answer: packages, error } = await python.call({ call: 'packages' });
  if (error) throw new Problem(error);
  const { record, save, put, has } = await openRecord(values);
  record.packages = { ...record.packages, ...packages };
  const head = headline(record.packages, resolve(values.package));
  const tools = { python, engine, exporters: list(values.exporters), batches: list(values.batches), keep: values.keep };

  for (const network of readNetworks()) {
    const lacks = missing(network.family, packages);
    const asked = (!values.family || values.family === network.family) && (only.length === 0 || only.includes(network.name));
    const skipped =
      (!asked && 'not asked for') ||
      (lacks.length > 0 && `the venv has no ${lacks.join(', ')}`) ||
      (network.heavy && !only.length && `${network.heavy}: runs by --only`);
    if (skipped) {
      if (!has(network)) put(network, [{ family: network.family, name: network.name, size: network.size, skipped }]);
      continue;
    }
    const rows = await runNetwork(network, tools);
    put(network, rows);
    for (const row of rows) say(`${row.family} ${row.name} ${row.exporter ?? ''} ${row.batch ?? ''}: ${summary(row)}`);
    await save(head);
  }
  if (!values.family || values.family === 'nodes')
    record.nodes = await runNodeTests({ python, engine, folder: resolve(values.package), only });
  await save(head);
  python.close();
  closeSync(log);
  const wrong = [...record.rows, ...record.nodes].filter((row) => row.match === false && !row.asFramework).length;
  say(`${record.rows.filter((row) => row.match).length} files match, ${wrong} differ: ${values.table}`);
  if (wrong > 0) process.exitCode = 1;
});
