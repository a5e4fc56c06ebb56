// Results -> Markdown, and the same lines for a terminal.
import { longestMs } from '../web/main_thread.mjs';

export const digits = (value, places = 1) => value.toFixed(places);
export const percent = (share) => `${(100 * share).toFixed(0)} %`;
export const mega = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Multiply-adds count twice, and the backward pass has as many as the forward pass. */
const operations = ({ multiplyAdds }) => 2 * multiplyAdds;
const flopOfSample = (steps) => steps.reduce((sum, step) => sum + 2 * operations(step), 0);

/** Columns padded to one width; numbers to the right. */
export function table(header, rows) {
  const all = [header, ...rows.map((row) => row.map(String))];
  const widths = header.map((_, column) => Math.max(3, ...all.map((row) => row[column].length)));
  const line = (row) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`;
  const rule = `|${widths.map((width, i) => (i === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(header), rule, ...all.slice(1).map(line)].join('\n');
}

/** Every contender against ours in relaxed SIMD on as many threads. */
function raceTable(entries) {
  const ours = (threads) => entries.find((entry) => entry.kind === 'relaxed' && entry.threads === threads);
  return table(
    ['one whole sample', 'ms, minimum', 'ms, median', 'of ours', 'gradient off by'],
    entries.map(({ name, threads, minimum, median, distance }) => [
      name,
      digits(minimum, 2),
      digits(median, 2),
      `${digits(minimum / ours(threads).minimum, 2)} x`,
      distance.toExponential(1),
    ]),
  );
}

function scaling(entries) {
  const single = entries.find(({ kind, threads }) => kind === 'relaxed' && threads === 1);
  const lanes = entries.filter(({ kind, threads }) => kind === 'relaxed' && threads > 1);
  const faster = lanes.map(({ threads, minimum }) => `${threads} threads ${digits(single.minimum / minimum, 2)} x`);
  return faster.length === 0 ? '' : `Relaxed SIMD against one thread: ${faster.join(', ')}.`;
}

function layerTable({ peak, steps }) {
  const rate = (step, ms) => operations(step) / ms / 1e6;
  const cells = (step, ms) =>
    step.multiplyAdds === 0 || ms === 0
      ? [digits(ms, 3), '', '']
      : [digits(ms, 3), digits(rate(step, ms)), percent(rate(step, ms) / peak)];
  return table(
    ['layer', 'kind', 'output', 'forward ms', 'GFLOP/s', 'of peak', 'backward ms', 'GFLOP/s', 'of peak'],
    steps.map((step) => [
      step.name,
      step.kind,
      step.shape.join('x'),
      ...cells(step, step.forwardMs),
      ...cells(step, step.backwardMs),
    ]),
  );
}

function layers(profiled, samples) {
  const { build, peak, steps } = profiled;
  const sum = (key) => steps.reduce((total, step) => total + step[key], 0);
  const flop = flopOfSample(steps);
  const whole = samples?.find((entry) => entry.kind === build && entry.threads === 1)?.minimum;
  const share =
    whole === undefined
      ? ''
      : ` A whole sample of ${digits(flop / 1e9, 2)} GFLOP: ${percent(flop / whole / 1e6 / peak)} of it.`;
  return [
    `### Layers, ${build}`,
    `Peak of multiply-adds in this build: ${digits(peak)} GFLOP/s.${share}`,
    layerTable(profiled),
    `Sums: forward ${digits(sum('forwardMs'))} ms, backward ${digits(sum('backwardMs'))} ms.`,
  ];
}

const memory = ({ lanes, weights, arena, allocated, heap }) =>
  `Memory: shared weights ${mega(weights)}, arena of a lane ${mega(arena)}; with ${lanes} lanes at work ${mega(allocated)} ` +
  `allocated, WebAssembly memory ${mega(heap)}.`;

const load = ({ engineMs, firstMs, minimum, median }) =>
  `Load: engine ${digits(engineMs, 0)} ms; parse, fold and pack ${digits(minimum, 0)} ms (median ${digits(median, 0)}, first time ${digits(firstMs, 0)}).`;

const firstMap = ({ first, map }) =>
  `From a photo dropped on the page to the first map drawn, warm: ${digits(first.minimum, 0)} ms (median ${digits(first.median, 0)}); to that of the method beside the plain gradient: ${digits(map.minimum, 0)} ms (median ${digits(map.median, 0)}).`;

const longestTask = ({ minimum, median }) =>
  `Longest task of the page's main thread, from its opening on: ${digits(minimum, 0)} ms of processor time (median ${digits(median, 0)}); at most ${longestMs} are wanted.`;

const wholeSample =
  'One whole sample: noise, forward pass, gradient of one logit with respect to the input (peers get their noise ready-made; ours ' +
  'makes it and keeps the statistics too).';

/** results: of measure() in harness.mjs; date: ISO. */
export function markdown(results, date) {
  const { machine, cores, runtime } = results.environment;
  const parts = [
    `## ${runtime}`,
    `${machine}, ${cores} cores, ${date.slice(0, 10)}. Rounds taken in turns: ${results.settings.rounds}. ${wholeSample}`,
  ];
  if (results.samples) parts.push('### EfficientNet-Lite0, 224x224', raceTable(results.samples), scaling(results.samples));
  if (results.mnist)
    parts.push('### MNIST size (5x5x32, pool, 5x5x64, pool, 1024, 10)', raceTable(results.mnist), scaling(results.mnist));
  for (const profiled of results.layers ?? []) parts.push(...layers(profiled, results.samples));
  if (results.load) parts.push('### Load and memory', `${load(results.load)} ${memory(results.memory)}`);
  if (results.firstMap) parts.push('### The page', `${firstMap(results.firstMap)} ${longestTask(results.longestTask)}`);
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
