// The command line's flags from the table of options.
import type { Command } from 'commander';
import { helpOf } from '../options/describe.js';
import { toKebab } from '../options/kebab.js';
import { isSwitch, type Option, type Options } from '../options/option.js';
import { number, seed } from './arguments.js';

const placeholders: Partial<Record<Option['kind'], string>> = {
  number: ' <number>',
  whole: ' <n>',
  seed: ' <n>',
  name: ' <name>',
  class: ' <class>',
  layer: ' <name>',
};

const parsers: Partial<Record<Option['kind'], (text: string) => unknown>> = { number, whole: number, seed };

/** An option as it is typed. */
export const dashed = (option: string) => `--${toKebab(option)}`;

/** A flag for each row. */
export function withOptions(command: Command, rows: Options, flagOf = dashed): Command {
  for (const [name, row] of Object.entries(rows)) {
    const parse = parsers[row.kind];
    const flag = `${flagOf(name)}${placeholders[row.kind] ?? ''}`;
    if (parse) command.option(flag, helpOf(row), parse);
    else command.option(flag, helpOf(row));
    if (isSwitch(row)) command.option(flag.replace('--', '--no-'), 'without that');
  }
  return command;
}
