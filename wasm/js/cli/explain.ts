// smoothgrad explain: a map for each photo, by whatever method.

import { SmoothGradError } from '../api/errors.js';
import type { Engine, Explanation, Model, Progress } from '../api/index.js';
import { createEngine } from '../node.js';
import { checkLook } from '../options/check_options.js';
import { checkName } from '../options/check_values.js';
import { drawingOptions } from '../options/table.js';
import { given } from './arguments.js';
import { checkReproducible, explainOptions } from './explain_options.js';
import { dashed } from './flags.js';
import { loadModel } from './model_flags.js';
import { checkOutputs, checkPng, outputPaths } from './outputs.js';
import { besideEachOther, writePng } from './png.js';
import { type ExplainCommand, report } from './report.js';
import { forEachPhoto, print, readBytes, watch, writeTensor } from './terminal.js';
import { writeWhole } from './whole_file.js';

/** `all`: every view in one picture, the photo first. */
const all = { name: 'all', title: 'all' };

/** How a view is drawn, whichever it is. */
const { view: _view, ...drawn } = drawingOptions;
const looks = Object.keys(drawn) as (keyof typeof drawn)[];

/** What only samples can give. */
const ofSamples = ['attribution', 'denoised', 'denoisedVariance', 'save', 'merge'] as const;

interface Paths {
  output: string;
  raw: string | undefined;
  attribution: string | undefined;
  denoised: string | undefined;
  denoisedVariance: string | undefined;
  save: string | undefined;
}

interface Saved {
  path: string;
  bytes: Uint8Array;
}

async function pictures(engine: Engine, model: Model, photo: string, run: Explanation<Progress>, view: string) {
  if (view !== all.name) return run.render({ view });
  const prepared = await model.prepare(photo);
  const panels = [await prepared.pixels()];
  prepared.close();
  for (const { name } of engine.views) panels.push(await run.render({ view: name }));
  return besideEachOther(panels);
}

export async function explain(photos: string[], command: ExplainCommand): Promise<number> {
  checkReproducible(command);
  const paths = (option: keyof Paths, suffix: string) =>
    command[option] === undefined && option !== 'output' ? [] : outputPaths(`--${option}`, command[option], photos, suffix);
  const output = paths('output', '-smoothgrad.png');
  const raw = paths('raw', '-map.npy');
  const attribution = paths('attribution', '-attribution.npy');
  const denoised = paths('denoised', '-denoised.npy');
  const denoisedVariance = paths('denoisedVariance', '-denoised-variance.npy');
  const save = paths('save', '.run');
  checkPng('--output', output);
  const written = { output, raw, attribution, denoised, denoisedVariance, save };
  checkOutputs(Object.fromEntries(Object.entries(written).map(([name, files]) => [dashed(name), files])), [
    ...photos,
    ...(command.merge ?? []),
    command.model,
  ]);
  const saved = await Promise.all((command.merge ?? []).map(async (path) => ({ path, bytes: await readBytes(path) })));
  const engine = await createEngine({
    ...given(command, 'threads'),
    ...(command.reproducible ? { build: 'simd-threads' } : {}),
  });
  try {
    checkName('view', command.view, [...engine.views, all]);
    const { view: _, ...options } = explainOptions(command, engine, ofSamples);
    checkLook(given(command, ...looks), { tables: engine });
    const model = await loadModel(engine, command);
    const one = async (photo: string, to: Paths) => {
      const run: Explanation<Progress> = model.explain(photo, options);
      let last = await watch(photo, run);
      for (const { path, bytes } of saved) await merge(run, { path, bytes });
      if (saved.length > 0) last = await watch(photo, run);
      await writePng(to.output, await pictures(engine, model, photo, run, command.view));
      if (to.raw) await writeTensor(to.raw, { shape: [last.height, last.width], data: last.map });
      if (to.attribution) await writeTensor(to.attribution, await run.attribution());
      if (to.denoised || to.denoisedVariance) {
        const { mean, variance } = await run.denoised();
        if (to.denoised) await writeTensor(to.denoised, mean);
        if (to.denoisedVariance) await writeTensor(to.denoisedVariance, variance);
      }
      if (to.save) await writeWhole(to.save, await run.save());
      run.cancel();
      print(report(photo, to.output, engine, model, command, last));
    };
    return await forEachPhoto(photos, (photo, i) =>
      one(photo, {
        output: output[i] as string,
        raw: raw[i],
        attribution: attribution[i],
        denoised: denoised[i],
        denoisedVariance: denoisedVariance[i],
        save: save[i],
      }),
    );
  } finally {
    engine.close();
  }
}

const merge = (run: Explanation<Progress>, { path, bytes }: Saved) =>
  run.merge(bytes).catch(({ code, message }: SmoothGradError) => {
    throw new SmoothGradError(code, `${path} cannot be merged: ${message}`);
  });
