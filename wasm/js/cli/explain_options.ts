// The options of a run as they are typed, as the API wants them.

import { badOption } from '../api/errors.js';
import type { ExplainOptions, RunOptions, Tables } from '../api/index.js';
import { checkName, checkNumber } from '../options/check_values.js';
import { optionNames, refuseOthers } from '../options/kinds.js';
import { runOptions, untilOptions } from '../options/table.js';
import { given } from './arguments.js';
import { dashed } from './flags.js';

export interface RunCommand extends RunOptions {
  untilError?: number;
  untilDenoisedError?: number;
  untilMs?: number;
  reproducible?: true;
}

/** `until.relativeError` is `--until-error`, `until.denoisedError` `--until-denoised-error`. */
export const untilFlag = (name: string) => (name === 'relativeError' ? '--until-error' : `--until-${dashed(name).slice(2)}`);

/** Where every machine is to do the same, its speed must not decide. */
export function checkReproducible({ reproducible, untilMs }: RunCommand): void {
  if (reproducible && untilMs !== undefined) throw badOption('--until-ms depends on the machine: not with --reproducible');
}

const stops = ['untilError', 'untilDenoisedError', 'untilMs'] as const;

/** `ofSamples`: what else of the command only samples can give. */
export function explainOptions<Command extends RunCommand>(
  command: Command,
  tables: Tables,
  ofSamples: readonly (keyof Command & string)[],
): ExplainOptions {
  const options = given<RunCommand, (typeof optionNames)[number]>(command, ...optionNames);
  const { method = runOptions.method.default } = options;
  checkName('method', method, [...tables.methods, ...tables.references]);
  refuseOthers(Object.keys(options), method, tables, dashed);
  if (tables.references.some(({ name }) => name === method)) {
    const other = [...stops, ...ofSamples].find((name) => command[name] !== undefined);
    if (other !== undefined) throw badOption(`${dashed(other)} is not for method ${method}`);
  }
  const { untilError: relativeError, untilDenoisedError: denoisedError, untilMs: ms } = command;
  for (const [name, value] of Object.entries({ relativeError, denoisedError, ms })) {
    if (value !== undefined) checkNumber(untilFlag(name), value, untilOptions[name as keyof typeof untilOptions].low);
  }
  return { ...options, until: given({ relativeError, denoisedError, ms }, 'relativeError', 'denoisedError', 'ms') };
}
