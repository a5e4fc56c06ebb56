// The command line's flags from the table of options.
import type { Command } from 'commander';
import { toKebab } from '../options/kebab.js';
import type { Option, Options } from '../options/option.js';
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

/** What is taken where it is not given. */
export function defaultOf({ default: value, otherwise }: Option): string | undefined {
  return otherwise ?? (value === undefined || typeof value === 'function' || value === false ? undefined : String(value));
}

const helpOf = (row: Option) => {
  const otherwise = defaultOf(row);
  const unit = row.unit === undefined ? '' : `, in ${row.unit}`;
  return `${row.help}${unit}${otherwise === undefined ? '' : `; default: ${otherwise}`}`;
};

/** A flag for each row. */
export function withOptions(command: Command, rows: Options, flagOf = dashed): Command {
  for (const [name, row] of Object.entries(rows)) {
    const parse = parsers[row.kind];
    const flag = `${flagOf(name)}${placeholders[row.kind] ?? ''}`;
    if (parse) command.option(flag, helpOf(row), parse);
    else command.option(flag, helpOf(row));
  }
  return command;
}
