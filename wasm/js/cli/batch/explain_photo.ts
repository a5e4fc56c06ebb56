// One photo to its result and to the bytes of its files.

import type { Engine, ExplainOptions, Explanation, Model, PreparedPhoto, Progress } from '../../api/index.js';
import { isSampled } from '../../api/progress.js';
import { rankClasses } from '../../api/scores.js';
import { follow } from '../../client/follow.js';
import { given } from '../arguments.js';
import { sampledFigures } from '../report.js';
import type { Fields } from './entries.js';
import { measure } from './measures.js';
import { type Encode, type Output, type Outputs, outputsOf } from './outputs.js';

export interface Subject {
  engine: Engine;
  model: Model;
  photo: PreparedPhoto;
  beside: string | undefined;
  options: ExplainOptions;
  outputs: Outputs;
}

const listed = 5;

/** Without times: what is the same has the same bytes. */
function figures(model: Model, options: ExplainOptions, last: Progress): Fields {
  if (isSampled(last)) return { ...given(last, 'difference'), ...sampledFigures(last) };
  return last.unit === 'maps' ? { layer: options.layer ?? model.gradCamLayers.at(-1)?.name } : { [last.unit]: last.done };
}

function resultOf({ model, options }: Subject, last: Progress): Fields {
  const { target, versus } = last;
  const label = (index: number) => ({ index, name: model.classNames[index] ?? String(index) });
  const classes = rankClasses(last.logits, model.classNames, listed, model.ending);
  return {
    method: options.method ?? 'smoothgrad',
    target: label(target),
    ...(versus === undefined ? {} : { versus: label(versus) }),
    top: classes.map(({ index, name, probability }) => ({ index, name, probability })),
    ...figures(model, options, last),
    ...given(last, 'note'),
  };
}

/** `write` is what is left to do once the lane is free for the next photo. */
export async function explainPhoto(
  id: string,
  subject: Subject,
  save: (path: string, bytes: Uint8Array) => Promise<void>,
): Promise<{ result: Fields; write: () => Promise<void> }> {
  const { engine, model, photo, beside, outputs } = subject;
  const run: Explanation<Progress> = model.explain(photo, subject.options);
  try {
    const last = (await follow(run)) as Progress;
    const { measures } = outputs;
    const result = resultOf(subject, last);
    if (measures)
      result.measures = await measure(measures, {
        engine,
        model,
        photo,
        beside,
        seed: Number(subject.options.seed ?? 0),
        run,
        last,
      });
    const files: (Output & { encode: Encode })[] = [];
    for (const output of outputsOf(id, outputs)) files.push({ ...output, encode: await output.read(run, outputs) });
    if (files.length > 0) result.files = Object.fromEntries(files.map(({ name, path }) => [name, path]));
    const write = async () => {
      for (const { path, encode } of files) await save(path, await encode());
    };
    return { result, write };
  } finally {
    run.cancel();
  }
}
