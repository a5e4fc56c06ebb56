// What `smoothgrad explain` says of one photo: a line for people, or one of JSON.
import type { Engine, Model, Progress, SampledProgress } from '../api/index.js';
import { isSampled } from '../api/progress.js';
import { methodOptions, referenceOptions, samplingOptions } from '../options/table.js';
import { given } from './arguments.js';
import type { RunCommand } from './explain_options.js';
import type { ModelFlags } from './model_flags.js';

/** The options of `smoothgrad explain` as they are typed. */
export interface ExplainCommand extends RunCommand, ModelFlags {
  threads?: number;
  output?: string;
  view: string;
  raw?: string;
  attribution?: string;
  denoised?: string;
  denoisedVariance?: string;
  save?: string;
  merge?: string[];
  json?: true;
}

const { method: _, ...ways } = methodOptions;
const { samples: _samples, seed: _seed, ...sampling } = samplingOptions;
const { layer: _layer, ...squares } = referenceOptions;

/** Options that are told as they were given; the others in a way of their own. */
const asGiven = Object.keys({ ...ways, ...squares, ...sampling }) as (
  | keyof typeof ways
  | keyof typeof squares
  | keyof typeof sampling
)[];

/** What JSON can say. */
export const finite = (value: number) => (Number.isFinite(value) ? value : null);

export const sampledFigures = ({ samples, passes, relativeError, correctedError, completeness }: SampledProgress) => ({
  ...{ samples, passes, relativeError: finite(relativeError), correctedError: finite(correctedError) },
  ...(completeness ? { completeness } : {}),
});

function figures(model: Model, command: ExplainCommand, last: Progress) {
  const layer = command.layer ?? model.gradCamLayers.at(-1)?.name;
  const own = isSampled(last)
    ? { seed: String(command.seed ?? 0), ...sampledFigures(last) }
    : last.unit === 'maps'
      ? { layer }
      : { [last.unit]: last.done };
  const difference = isSampled(last) ? given(last, 'difference') : {};
  return { ...difference, ...given(command, ...asGiven), ...own, elapsedMs: Math.round(last.elapsedMs) };
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

function sampledWords(engine: Engine, last: SampledProgress): string[] {
  const { samples, relativeError, correctedError, completeness, difference } = last;
  const how = engine.differences.find(({ name }) => name === difference)?.title.toLowerCase();
  const error = `relative error ${relativeError.toFixed(2)} (corrected ${correctedError.toFixed(2)})`;
  const gap = completeness && `adds up to ${completeness.sum.toFixed(2)} of ${completeness.difference.toFixed(2)}`;
  const count = `${samples} sample${samples === 1 ? '' : 's'}`;
  return [how, count, Number.isFinite(relativeError) ? error : undefined, gap].filter((word) => word !== undefined);
}

function words(engine: Engine, model: Model, command: ExplainCommand, last: Progress): string[] {
  if (isSampled(last)) return sampledWords(engine, last);
  const title = engine.references.find(({ name }) => name === command.method)?.title ?? '';
  if (last.unit === 'maps') return [`${title} at ${command.layer ?? model.gradCamLayers.at(-1)?.name}`];
  return [`${title.toLowerCase()} by ${last.done} ${last.unit}`];
}

export function report(
  photo: string,
  output: string,
  engine: Engine,
  model: Model,
  command: ExplainCommand,
  last: Progress,
): string {
  const { target, versus } = last;
  const label = (index: number) => ({ index, name: model.classNames[index] ?? String(index) });
  if (command.json) {
    const classes = { target: label(target), ...(versus === undefined ? {} : { versus: label(versus) }) };
    const weights = given(command, 'randomisedLayers');
    const method = command.method ?? 'smoothgrad';
    return JSON.stringify({
      photo,
      output,
      method,
      ...classes,
      ...weights,
      ...figures(model, command, last),
      ...given(last, 'note'),
    });
  }
  const against = versus === undefined ? '' : ` against ${label(versus).name} (${versus})`;
  const said = [...words(engine, model, command, last), seconds(last.elapsedMs)].join(', ');
  const but = last.note === undefined ? '' : `; ${last.note}`;
  return `${photo}: ${label(target).name} (${target})${against}, ${said} -> ${output}${but}`;
}
