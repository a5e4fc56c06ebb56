// smoothgrad explain: a map for each photo.
import type { Model } from '../api/index.js';
import { createEngine } from '../node.js';
import { checkName, checkRender } from '../options/check.js';
import { given } from './arguments.js';
import { drawing, type ExplainCommand, type Outcome } from './explain_command.js';
import { checkOutputs, checkPng, outputPaths } from './outputs.js';
import { besideEachOther, writePng } from './png.js';
import { referenceMap } from './reference.js';
import { sampledMap } from './sampled.js';
import { forEachPhoto, print, readBytes, writeTensor } from './terminal.js';

/** `all`: every view in one picture, the photo first. */
const all = { name: 'all', title: 'all' };

async function pictures(views: readonly { name: string }[], model: Model, photo: string, { draw }: Outcome, view: string) {
  if (view !== all.name) return draw(view);
  const panels = [(await model.prepare(photo)).pixels];
  for (const { name } of views) panels.push(await draw(name));
  return besideEachOther(panels);
}

function report(photo: string, output: string, model: Model, command: ExplainCommand, outcome: Outcome): string {
  const { target, versus, figures, words } = outcome;
  const label = (index: number) => ({ index, name: model.classNames[index] ?? String(index) });
  if (command.json) {
    const classes = { target: label(target), ...(versus === undefined ? {} : { versus: label(versus) }) };
    const weights = given(command, 'randomisedLayers');
    return JSON.stringify({ photo, output, method: command.method ?? 'smoothgrad', ...classes, ...weights, ...figures });
  }
  const [subject, ...others] = [target, versus].flatMap((index) => (index === undefined ? [] : [label(index)]));
  const against = others.map(({ index, name }) => ` against ${name} (${index})`).join('');
  return `${photo}: ${subject?.name} (${subject?.index})${against}, ${words.join(', ')} -> ${output}`;
}

export async function explain(photos: string[], command: ExplainCommand): Promise<number> {
  const paths = (option: 'output' | 'raw' | 'attribution' | 'save', suffix: string) =>
    command[option] === undefined && option !== 'output' ? [] : outputPaths(`--${option}`, command[option], photos, suffix);
  const output = paths('output', '-smoothgrad.png');
  const raw = paths('raw', '-map.npy');
  const attribution = paths('attribution', '-attribution.npy');
  const save = paths('save', '.run');
  checkPng('--output', output);
  checkOutputs({ '--output': output, '--raw': raw, '--attribution': attribution, '--save': save }, [
    ...photos,
    ...(command.merge ?? []),
    command.model,
  ]);
  const saved = await Promise.all((command.merge ?? []).map(async (path) => ({ path, bytes: await readBytes(path) })));
  const engine = await createEngine(command.threads === undefined ? {} : { threads: command.threads });
  try {
    checkName('method', command.method ?? 'smoothgrad', [...engine.methods, ...engine.references]);
    checkName('view', command.view, [...engine.views, all]);
    checkRender(drawing(command), engine);
    const isReference = engine.references.some(({ name }) => name === command.method);
    const compute = (isReference ? referenceMap : sampledMap)(engine, command);
    const model = await engine.loadModel(command.model, given(command, 'randomisedLayers', 'randomisationSeed'));
    return await forEachPhoto(photos, async (photo, i) => {
      const path = output[i] as string;
      const outcome = await compute(model, photo, { saved, attribution: attribution[i], save: save[i] });
      await writePng(path, await pictures(engine.views, model, photo, outcome, command.view));
      const { width, height, map } = outcome.map;
      if (raw[i]) await writeTensor(raw[i], { shape: [height, width], data: map });
      print(report(photo, path, model, command, outcome));
    });
  } finally {
    engine.close();
  }
}
