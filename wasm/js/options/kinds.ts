// Which options a method takes, which names there are for one, and what a change of it asks for.
import type { EngineInfo, Tables } from '../api/engine.js';
import { badOption } from '../api/errors.js';
import type { Affects, Option } from './option.js';
import { drawingOptions, mapOptions, type OptionName, runOptions } from './table.js';

const rows: Readonly<Record<string, Option>> = runOptions;

export const optionNames = Object.keys(runOptions) as OptionName[];

export const affectsOf = (name: OptionName): Affects =>
  rows[name]?.affects ?? (name in mapOptions ? 'map' : name in drawingOptions ? 'drawing' : 'samples');

/** The rows that a name may be of. */
export const entriesOf = ({ of }: Option, tables: Tables) =>
  of === 'methods' ? [...tables.methods, ...tables.references] : tables[of as keyof Tables];

/** Whether an option (by its row) means something to a method. */
export function isFor({ methods }: Option, method: string, { references }: Pick<EngineInfo, 'references'>): boolean {
  if (methods === undefined) return true;
  const kind = references.some(({ name }) => name === method) ? method : 'sampled';
  return typeof methods === 'string' ? methods === kind : methods.includes(kind);
}

/** Whether a change of the option can change what a method finds: not what is said of a line to methods that have none. */
export function concerns(name: OptionName, method: string, tables: Pick<EngineInfo, 'methods' | 'references'>): boolean {
  const row = rows[name] as Option;
  const isSampled = !tables.references.some((entry) => entry.name === method);
  const hasLine = tables.methods.some((entry) => entry.name === method && entry.path === 'line');
  return isFor(row, method, tables) && !(row.ofLine && isSampled && !hasLine);
}

/** The names of the options that a method takes, in the table's order. */
export const optionsOf = (method: string, tables: Pick<EngineInfo, 'references'>): OptionName[] =>
  optionNames.filter((name) => isFor(rows[name] as Option, method, tables));

/** What means nothing to the method must not be ignored in silence. `label`: how the caller writes an option. */
export function refuseOthers(
  given: readonly string[],
  method: string,
  tables: Pick<EngineInfo, 'references'>,
  label = (name: string) => name,
): void {
  for (const name of given) {
    const row = rows[name];
    if (!row || isFor(row, method, tables)) continue;
    const isSampled = !tables.references.some((entry) => entry.name === method);
    throw badOption(
      isSampled
        ? `${label(name)} is for method ${[row.methods].flat().join(', ')}`
        : `${label(name)} is not for method ${method}`,
    );
  }
}

/** Without what every method takes: what it is, and how its map is drawn. */
export const ownOptionsOf = (method: string, tables: Pick<EngineInfo, 'references'>): OptionName[] =>
  optionsOf(method, tables).filter((name) => name !== 'method' && !(name in drawingOptions));
