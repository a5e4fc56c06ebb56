// smoothgrad explain: a map for each photo.
import type { Engine, ExplainOptions, Explanation, Model, Progress } from '../api.js';
import { SmoothGradError } from '../errors.js';
import { createEngine } from '../node.js';
import { checkName, checkNumber, checkRender } from '../options.js';
import { outputPaths } from './outputs.js';
import { besideEachOther, writePng } from './png.js';
import { forEachPhoto, print, progressBar, writeTensor } from './terminal.js';

export interface ExplainCommand {
  model: string;
  threads?: number;
  output?: string;
  view: string;
  colours: string;
  channels: string;
  percentile: number;
  method: string;
  target?: string;
  versus?: string;
  noise: number;
  samples: number;
  untilError?: number;
  seed: number | bigint;
  steps: number;
  raw?: string;
  attribution?: string;
  json?: true;
}

/** `all`: every view in one picture, the photo first. */
const all = { name: 'all', title: 'all' };

function explainOptions(command: ExplainCommand): ExplainOptions {
  const { method, noise, samples, seed, steps, channels, target, versus, untilError } = command;
  if (untilError !== undefined) checkNumber('--until-error', untilError, Number.MIN_VALUE);
  return {
    ...{ method, noise, samples, seed, steps, channels },
    ...(target === undefined ? {} : { target }),
    ...(versus === undefined ? {} : { versus }),
    ...(untilError === undefined ? {} : { until: { relativeError: untilError } }),
  };
}

async function pictures(engine: Engine, model: Model, photo: string, explanation: Explanation, command: ExplainCommand) {
  const { view, colours, channels, percentile } = command;
  if (view !== all.name) return explanation.render({ view, colours, channels, percentile });
  const { pixels } = await model.prepare(photo);
  const panels = [pixels];
  for (const { name } of engine.views) panels.push(await explanation.render({ view: name, colours, channels, percentile }));
  return besideEachOther(panels);
}

function report(photo: string, output: string, model: Model, command: ExplainCommand, last: Progress): string {
  const { samples, relativeError, passes, elapsedMs, target } = last;
  const name = model.classNames[target] ?? String(target);
  const error = Number.isFinite(relativeError) ? relativeError : null;
  if (command.json) {
    const { method, noise, seed } = command;
    const what = { photo, output, method, target: { index: target, name }, noise, seed: String(seed) };
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
  const options = explainOptions(command);
  const engine = await createEngine(command.threads === undefined ? {} : { threads: command.threads });
  try {
    const { colours, channels, percentile } = command;
    checkName('view', command.view, [...engine.views, all]);
    checkRender({ colours, channels, percentile }, engine);
    const model = await engine.loadModel(command.model);
    return await forEachPhoto(photos, async (photo, i) => {
      const explanation = model.explain(photo, options);
      const bar = progressBar(photo);
      let last: Progress | undefined;
      try {
        for await (last of explanation) bar.update(last.samples, last.goal);
      } finally {
        bar.stop();
      }
      if (!last) throw new SmoothGradError('closed', `${photo}: nothing was explained`);
      const path = output[i] as string;
      await writePng(path, await pictures(engine, model, photo, explanation, command));
      if (raw[i]) await writeTensor(raw[i], { shape: [last.height, last.width], data: last.map });
      if (attribution[i]) await writeTensor(attribution[i], await explanation.attribution());
      explanation.cancel();
      print(report(photo, path, model, command, last));
    });
  } finally {
    engine.close();
  }
}
