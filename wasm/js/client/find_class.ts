// Which class is meant by an index or a name.
import { distance } from 'fastest-levenshtein';
import { fitOf, searchClasses } from '../api/class_names.js';
import { badOption } from '../api/errors.js';
import { show } from '../options/check_values.js';

const label = (names: readonly string[], index: number) => `${index} ${names[index]}`;

function similar(names: readonly string[], wanted: string): number[] {
  const ranked = names.map((name, index) => ({ index, away: distance(name.toLowerCase(), wanted) }));
  return ranked
    .sort((a, b) => a.away - b.away)
    .slice(0, 3)
    .map(({ index }) => index);
}

const looksLikeNumber = (text: string) => /^[-+]?\d[\d.]*$/.test(text);

/** Digits are an index; where they are another class's name as well, somebody could mean either. */
function checkIndex(names: readonly string[], classes: number, target: number | string): number {
  const index = Number(target);
  const called = typeof target === 'number' ? -1 : names.indexOf(target.trim());
  if (Number.isInteger(index) && index >= 0 && index < classes) {
    if (called < 0 || called === index) return index;
    throw badOption(
      `class "${target}" could be index ${index} (${names[index]}) or the name of class ${called}: ` +
        `say index:${index} or name:${target}`,
    );
  }
  const hint = called < 0 ? '' : `; class ${called} is called so: say name:${target}`;
  throw badOption(`class must be a whole number from 0 to ${classes - 1} or a name, not ${target}${hint}`);
}

/**
 * An index as it is, a name by exact match (case aside), else the only one with that synonym, else the only name that contains it;
 * `name:` and `index:` before it say which. Throws `bad-option`.
 */
export function findClass(names: readonly string[], classes: number, target: number | string): number {
  if (typeof target === 'number') return checkIndex(names, classes, target);
  if (typeof target !== 'string') throw badOption(`class must be a whole number or a name, not ${show(target)}`);
  const [, kind, rest] = target.match(/^\s*(name|index):(.*)$/is) ?? [];
  // A class may be called so itself.
  if (kind !== undefined && rest !== undefined && !names.includes(target)) {
    if (kind.toLowerCase() === 'name') return findName(names, classes, rest);
    return checkIndex(names, classes, looksLikeNumber(rest.trim()) ? Number(rest) : Number.NaN);
  }
  return looksLikeNumber(target.trim()) ? checkIndex(names, classes, target) : findName(names, classes, target);
}

function findName(names: readonly string[], classes: number, target: string): number {
  const wanted = target.trim().toLowerCase();
  if (wanted === '') throw badOption(`class must be a whole number from 0 to ${classes - 1} or a name, not ""`);
  const ranked = searchClasses(names, wanted);
  const fitting = (fit: number) => ranked.filter((index) => fitOf(names[index] as string, wanted) === fit);
  const [exact, synonyms] = [fitting(0), fitting(1)];
  // A number is no part of another.
  const found = exact.length > 0 || looksLikeNumber(wanted) ? exact : synonyms.length === 1 ? synonyms : ranked;
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
