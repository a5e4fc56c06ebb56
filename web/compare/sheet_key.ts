// The one key of all cells: each map ends its colours at values of its own, which stand below it; what those are of is said here. Pure.
import type { Engine } from 'smoothgrad';
import type { Keyed } from '../common/colour_key.js';
import { text } from '../common/texts.js';
import { type Asked, reductionOf, unitWords } from '../common/units.js';
import type { Cell } from './plan.js';

type Tables = Pick<Engine, 'methods' | 'reductions' | 'magnitudes'>;

const askedOf = ({ options: { method }, map: { reduction, magnitude } }: Cell): Asked => ({
  method,
  reduction,
  magnitude,
  target: '',
});

const titleIn = (entries: readonly { name: string; title: string }[], name = '') =>
  entries.find((entry) => entry.name === name)?.title ?? name;

/** What tells cells of different units apart, from the first that does. */
const told: readonly ((asked: Asked, tables: Tables) => string)[] = [
  ({ method }, { methods }) => titleIn(methods, method),
  (asked, tables) => titleIn(tables.reductions, reductionOf(asked, tables)),
  ({ magnitude }, { magnitudes }) => titleIn(magnitudes, magnitude),
];

export function sheetKey(
  cells: readonly Cell[],
  tables: Tables,
): Pick<Keyed, 'scale' | 'ends' | 'percentile' | 'title' | 'unit'> {
  const all = cells.map(askedOf);
  const units = new Map<string, Asked[]>();
  for (const asked of all) {
    const unit = unitWords(asked, tables);
    units.set(unit, [...(units.get(unit) ?? []), asked]);
  }
  const name = told.find((title) => new Set(all.map((asked) => title(asked, tables))).size > 1);
  const of = (asked: Asked[]) => (name ? ` (${[...new Set(asked.map((one) => name(one, tables)))].join(', ')})` : '');
  const unit = units.size === 1 ? [...units.keys()].join() : [...units].map(([words, asked]) => words + of(asked)).join('; ');
  return {
    scale: { low: 0, high: 1 },
    ends: { low: text('key.low'), high: text('key.high') },
    percentile: 100,
    title: text('key.values'),
    unit,
  };
}
