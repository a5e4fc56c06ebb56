// smoothgrad explain: a map for each photo.
import type { Engine, ExplainOptions, Explanation, Model, Progress } from '../api.js';
import { SmoothGradError } from '../errors.js';
import { createEngine } from '../node.js';
import { checkName, checkNumber, checkRender } from '../options.js';
import { given, sampling } from './arguments.js';
import { outputPaths } from './outputs.js';
import { besideEachOther, writePng } from './png.js';
import { forEachPhoto, print, progressBar, readBytes, write, writeTensor } from './terminal.js';

export interface ExplainCommand extends Omit<ExplainOptions, 'until' | 'paused' | 'signal'> {
  model: string;
  threads?: number;
  output?: string;
  view: string;
  colours?: string;
  percentile?: number;
  untilError?: number;
  untilMs?: number;
  raw?: string;
  attribution?: string;
  save?: string;
  merge?: string[];
  json?: true;
}

/** `all`: every view in one picture, the photo first. */
const all = { name: 'all', title: 'all' };

const ways = ['channels', 'reduction', 'magnitude', 'window'] as const;

function explainOptions(command: ExplainCommand): ExplainOptions {
  const { untilError: relativeError, untilMs: ms } = command;
  if (relativeError !== undefined) checkNumber('--until-error', relativeError, Number.MIN_VALUE);
  if (ms !== undefined) checkNumber('--until-ms', ms, Number.MIN_VALUE);
  return {
    ...given(command, 'method', 'convention', 'target', 'versus', ...sampling, ...ways),
    until: given({ relativeError, ms }, 'relativeError', 'ms'),
  };
}

const drawing = (command: ExplainCommand) => given(command, 'colours', 'percentile');

/** To its end, behind a progress bar. */
async function watch(photo: string, explanation: Explanation): Promise<Progress> {
  const bar = progressBar(photo);
  let last: Progress | undefined;
  try {
    for await (last of explanation) bar.update(last.samples, last.goal);
  } finally {
    bar.stop();
  }
  if (!last) throw new SmoothGradError('closed', `${photo}: nothing was explained`);
  return last;
}

async function pictures(engine: Engine, model: Model, photo: string, explanation: Explanation, command: ExplainCommand) {
  const { view } = command;
  if (view !== all.name) return explanation.render({ view, ...drawing(command) });
  const { pixels } = await model.prepare(photo);
  const panels = [pixels];
  for (const { name } of engine.views) panels.push(await explanation.render({ view: name, ...drawing(command) }));
  return besideEachOther(panels);
}

function report(photo: string, output: string, model: Model, command: ExplainCommand, last: Progress): string {
  const { samples, relativeError, passes, elapsedMs, target } = last;
  const name = model.classNames[target] ?? String(target);
  const error = Number.isFinite(relativeError) ? relativeError : null;
  if (command.json) {
    const settings = given(command, 'method', 'convention', 'noise', 'sigma', 'steps', 'baseline');
    const what = {
      photo,
      output,
      method: 'smoothgrad',
      target: { index: target, name },
      ...settings,
      seed: String(command.seed ?? 0),
    };
    return JSON.stringify({ ...what, samples, passes, relativeError: error, elapsedMs: Math.round(elapsedMs) });
  }
  const many = `${samples} sample${samples === 1 ? '' : 's'}`;
  const accuracy = error === null ? '' : `, relative error ${error.toFixed(2)}`;
  return `${photo}: ${name} (${target}), ${many}${accuracy}, ${(elapsedMs / 1000).toFixed(1)} s -> ${output}`;
}

export async function explain(photos: string[], command: ExplainCommand): Promise<number> {
  const output = outputPaths('--output', command.output, photos, '-smoothgrad.png');
  const raw = command.raw === undefined ? [] : outputPaths('--raw', command.raw, photos, '-map.npy');
  const attribution =
    command.attribution === undefined ? [] : outputPaths('--attribution', command.attribution, photos, '-attribution.npy');
  const save = command.save === undefined ? [] : outputPaths('--save', command.save, photos, '.run');
  const saved = await Promise.all((command.merge ?? []).map(readBytes));
  const options = explainOptions(command);
  const engine = await createEngine(command.threads === undefined ? {} : { threads: command.threads });
  try {
    checkName('view', command.view, [...engine.views, all]);
    checkRender(drawing(command), engine);
    const model = await engine.loadModel(command.model);
    return await forEachPhoto(photos, async (photo, i) => {
      const explanation = model.explain(photo, options);
      let last = await watch(photo, explanation);
      for (const bytes of saved) await explanation.merge(bytes);
      if (saved.length > 0) last = await watch(photo, explanation);
      const path = output[i] as string;
      await writePng(path, await pictures(engine, model, photo, explanation, command));
      if (raw[i]) await writeTensor(raw[i], { shape: [last.height, last.width], data: last.map });
      if (attribution[i]) await writeTensor(attribution[i], await explanation.attribution());
      if (save[i]) await write(save[i], await explanation.save());
      explanation.cancel();
      print(report(photo, path, model, command, last));
    });
  } finally {
    engine.close();
  }
}
