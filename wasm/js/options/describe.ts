// A row of the table of options in words, the same in every piece of documentation.
import type { Option } from './option.js';

/** What is taken where it is not given; nothing where a flag is simply off. */
export function defaultOf({ default: value, otherwise }: Option): string | undefined {
  return otherwise ?? (value === undefined || typeof value === 'function' || value === false ? undefined : String(value));
}

/** "0 to 64", "at least 0", "above 0". */
export function rangeOf({ kind, low = 0, high }: Option): string {
  if (kind !== 'number' && kind !== 'whole') return '';
  const from = low === Number.MIN_VALUE ? 'above 0' : undefined;
  if (typeof high !== 'number') return from ?? `at least ${low}`;
  return from ? `${from}, at most ${high}` : `${low} to ${high}`;
}

/** Which methods take it, where not all do. */
export function methodsOf({ methods }: Option): string {
  if (methods === undefined) return '';
  return [methods]
    .flat()
    .map((name) => (name === 'sampled' ? 'methods of samples' : name))
    .join(', ');
}

/** One line: help, unit, default. */
export function helpOf(row: Option): string {
  const otherwise = defaultOf(row);
  const unit = row.unit === undefined ? '' : `, in ${row.unit}`;
  return `${row.help}${unit}${otherwise === undefined ? '' : `; default: ${otherwise}`}`;
}
