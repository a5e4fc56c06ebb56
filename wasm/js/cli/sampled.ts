// Maps of the methods that explain() runs, behind a progress bar.

import { badOption, SmoothGradError } from '../api/errors.js';
import type { Engine, ExplainOptions, Explanation, Model, Progress } from '../api/index.js';
import { checkNumber } from '../options/check.js';
import { given, sampling } from './arguments.js';
import { drawing, type ExplainCommand, type Extras, type Outcome } from './explain_command.js';
import { referenceOnly } from './reference.js';
import { progressBar, write, writeTensor } from './terminal.js';

const ways = ['channels', 'reduction', 'magnitude', 'window'] as const;

function explainOptions(command: ExplainCommand): ExplainOptions {
  const { untilError: relativeError, untilMs: ms } = command;
  if (relativeError !== undefined) checkNumber('--until-error', relativeError, Number.MIN_VALUE);
  if (ms !== undefined) checkNumber('--until-ms', ms, Number.MIN_VALUE);
  for (const [option, method] of Object.entries(referenceOnly)) {
    if (command[option as keyof ExplainCommand] !== undefined) throw badOption(`--${option} is for method ${method}`);
  }
  return {
    ...given(command, 'method', 'convention', 'target', 'versus', 'difference', ...sampling, ...ways),
    until: given({ relativeError, ms }, 'relativeError', 'ms'),
  };
}

/** To its end. */
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

const finite = (value: number) => (Number.isFinite(value) ? value : null);

function figures(command: ExplainCommand, last: Progress) {
  const { samples, passes, relativeError, correctedError, elapsedMs } = last;
  return {
    ...given(last, 'difference'),
    ...given(command, 'rule', 'timesInput', 'convention', 'noise', 'sigma', 'steps', 'baseline'),
    seed: String(command.seed ?? 0),
    ...{ samples, passes, relativeError: finite(relativeError), correctedError: finite(correctedError) },
    ...given(last, 'completeness'),
    elapsedMs: Math.round(elapsedMs),
  };
}

function words(engine: Engine, { samples, relativeError, correctedError, completeness, difference, elapsedMs }: Progress) {
  const how = engine.differences.find(({ name }) => name === difference)?.title.toLowerCase();
  const error = `relative error ${relativeError.toFixed(2)} (corrected ${correctedError.toFixed(2)})`;
  const gap = completeness && `adds up to ${completeness.sum.toFixed(2)} of ${completeness.difference.toFixed(2)}`;
  const count = `${samples} sample${samples === 1 ? '' : 's'}`;
  const all = [how, count, Number.isFinite(relativeError) ? error : undefined, gap, `${(elapsedMs / 1000).toFixed(1)} s`];
  return all.filter((word) => word !== undefined);
}

export function sampledMap(engine: Engine, command: ExplainCommand) {
  const options = explainOptions(command);
  return async (model: Model, photo: string, { saved, attribution, save }: Extras): Promise<Outcome> => {
    const explanation = model.explain(photo, options);
    let last = await watch(photo, explanation);
    for (const { path, bytes } of saved) {
      await explanation.merge(bytes).catch(({ code, message }: SmoothGradError) => {
        throw new SmoothGradError(code, `${path} cannot be merged: ${message}`);
      });
    }
    if (saved.length > 0) last = await watch(photo, explanation);
    if (attribution !== undefined) await writeTensor(attribution, await explanation.attribution());
    if (save !== undefined) await write(save, await explanation.save());
    // What was computed stays readable until many more have been cancelled.
    explanation.cancel();
    const { target, versus } = last;
    return {
      target,
      ...(versus === undefined ? {} : { versus }),
      map: last,
      draw: (view) => explanation.render({ view, ...drawing(command) }),
      figures: figures(command, last),
      words: words(engine, last),
    };
  };
}
