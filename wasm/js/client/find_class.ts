// Which class is meant by an index or a name.
import { distance } from 'fastest-levenshtein';
import { badOption } from '../api/errors.js';

const label = (names: readonly string[], index: number) => `${index} ${names[index]}`;

function similar(names: readonly string[], wanted: string): number[] {
  const ranked = names.map((name, index) => ({ index, away: distance(name.toLowerCase(), wanted) }));
  return ranked
    .sort((a, b) => a.away - b.away)
    .slice(0, 3)
    .map(({ index }) => index);
}

/** An index as it is, a name by exact match (case aside), else the only name that contains it. Throws `bad-option`. */
export function findClass(names: readonly string[], classes: number, target: number | string): number {
  const wanted = String(target).trim().toLowerCase();
  const index = typeof target === 'number' ? target : /^[-+]?\d[\d.]*$/.test(wanted) ? Number(wanted) : undefined;
  if (index !== undefined) {
    if (Number.isInteger(index) && index >= 0 && index < classes) return index;
    throw badOption(`class must be a whole number from 0 to ${classes - 1} or a name, not ${target}`);
  }
  const where = (test: (name: string) => boolean) => [...names.keys()].filter((i) => test((names[i] ?? '').toLowerCase()));
  if (wanted === '') throw badOption(`class must be a whole number from 0 to ${classes - 1} or a name, not ""`);
  const exact = where((name) => name === wanted);
  const found = exact.length > 0 ? exact : where((name) => name.includes(wanted));
  if (found.length === 1) return found[0] as number;
  const list = (indices: number[]) => indices.map((i) => label(names, i)).join(', ');
  if (found.length === 0) {
    const hint =
      names.length > 0 ? `; did you mean ${list(similar(names, wanted))}?` : '; this model has no names, give an index';
    throw badOption(`no class is called "${target}"${hint}`);
  }
  const more = found.length > 5 ? ` and ${found.length - 5} more` : '';
  throw badOption(`class "${target}" is one of several, give the index: ${list(found.slice(0, 5))}${more}`);
}
