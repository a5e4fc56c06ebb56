// Names of classes as people have them: a line each, numbered lines, CSV, ImageNet's synset lists, JSON of Keras, torchvision and
// Hugging Face. What does not fit the network is refused, by number.

import { text as say } from '../../common/texts.js';

/** Names by the index that the text gives them, or in its order. */
type Found = { names: string[] } | { numbered: [index: number, name: string][] };

const isIndex = (text: unknown) => /^\d{1,6}$/.test(String(text));

/** `["tench", ...]`; `{"0": "tench"}`; `{"0": ["n01440764", "tench"]}`; `{"tench": 0}`; any of them below one key (`id2label`). */
function readJson(value: unknown): Found | undefined {
  const nameOf = (entry: unknown) => {
    const last = Array.isArray(entry) ? entry.at(-1) : entry;
    return typeof last === 'string' ? last : undefined;
  };
  if (Array.isArray(value)) {
    const names = value.map(nameOf);
    return names.every((name) => name !== undefined) ? { names } : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  if (entries.length > 0 && entries.every(([key, entry]) => isIndex(key) && nameOf(entry) !== undefined)) {
    return { numbered: entries.map(([key, entry]) => [Number(key), nameOf(entry) as string]) };
  }
  if (entries.length > 0 && entries.every(([, entry]) => Number.isInteger(entry))) {
    return { numbered: entries.map(([key, entry]) => [entry as number, key]) };
  }
  for (const key of ['id2label', 'labels', 'classes', 'names']) {
    const inside = key in value ? readJson((value as Record<string, unknown>)[key]) : undefined;
    if (inside) return inside;
  }
  return undefined;
}

/** The cells of a line, where commas or tabs part them; quotes hold a cell together, two of them are one. */
function cellsOf(line: string, between: string): string[] {
  const cells = [''];
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const sign = line[i] as string;
    const last = cells.length - 1;
    if (sign === '"' && quoted && line[i + 1] === '"') cells[last] = cells[last] + (line[++i] as string);
    else if (sign === '"' && (quoted || cells[last]?.trim() === '')) quoted = !quoted;
    else if (sign === between && !quoted) cells.push('');
    else cells[last] += sign;
  }
  return cells.map((cell) => cell.trim());
}

/** Rows of a number and a name, in either order of the columns; a first row without a number is a heading. */
function readTable(lines: readonly string[], between: string): Found | undefined {
  const table = lines.map((line) => cellsOf(line, between));
  const columns = table[0]?.length ?? 0;
  if (columns < 2 || table.some(({ length }) => length !== columns)) return undefined;
  const body = table.length > 1 && !table[0]?.some(isIndex) ? table.slice(1) : table;
  const numbers = [...Array(columns).keys()].find((column) => body.every((cells) => isIndex(cells[column])));
  if (numbers === undefined) return undefined;
  // "0, n01440764, tench": the WordNet number is no name.
  const names = [...Array(columns).keys()].filter(
    (column) => column !== numbers && !body.every((cells) => /^n\d{8}$/.test(cells[column] ?? '')),
  );
  const [name] = names;
  if (name === undefined) return undefined;
  return { numbered: body.map((cells) => [Number(cells[numbers]), cells[name] as string]) };
}

/** `n01440764 tench, Tinca tinca`: what stands behind the WordNet number. */
function readSynsets(lines: readonly string[]): Found | undefined {
  const names = lines.map((line) => line.match(/^n\d{8}[\s,]+(.+)$/)?.[1]);
  return names.every((name) => name !== undefined) ? { names } : undefined;
}

/** `0: tench`, `0 tench`, `0. tench`, `0) tench`, where the numbers are each there once from 0 or 1 on. */
function readNumbered(lines: readonly string[]): Found | undefined {
  const rows = lines.map((line) => line.match(/^(\d{1,6})\s*[:.)\s]\s*(.+)$/));
  if (!rows.every((row) => row !== null)) return undefined;
  const numbers = rows.map((row) => Number(row[1]));
  if (new Set(numbers).size !== numbers.length) return undefined;
  const first = Math.min(...numbers);
  if (first > 1 || Math.max(...numbers) - first !== numbers.length - 1) return undefined;
  return { numbered: rows.map((row) => [Number(row[1]) - first, row[2] as string]) };
}

const unquoted = (line: string) => line.match(/^"(.*)",?$/)?.[1] ?? line;
const heading = /^(name|label|class|categor(y|ie)|synset|words?)s?$/i;

function find(text: string, classes: number): Found {
  if (/^\s*[[{]/.test(text)) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw new Error(say('sheet.labels.json'), { cause: error });
    }
    const found = readJson(value);
    if (!found) throw new Error(say('sheet.labels.nameless'));
    return found;
  }
  const lines = text.split(/\r?\n|\r/).map((line) => line.trim());
  const all = lines.filter((line) => line !== '');
  const found = readSynsets(all) ?? readTable(all, '\t') ?? readTable(all, ',') ?? readTable(all, ';') ?? readNumbered(all);
  if (found) return found;
  const names = all.map(unquoted);
  return { names: names.length === classes + 1 && heading.test(names[0] ?? '') ? names.slice(1) : names };
}

/** One name a class. Throws, in words for people, where there are more or fewer. */
export function readLabels(text: string, classes: number): string[] {
  if (text.trim() === '') throw new Error(say('sheet.labels.empty'));
  const found = find(text, classes);
  const names = 'names' in found ? found.names : [];
  if ('numbered' in found) {
    for (const [index, name] of found.numbered) {
      if (index >= classes) throw new Error(say('sheet.labels.beyond', { index: String(index), count: classes }));
      if (names[index] !== undefined) throw new Error(say('sheet.labels.twice', { index: String(index) }));
      names[index] = name;
    }
    const missing = [...Array(classes).keys()].find((index) => names[index] === undefined);
    if (missing !== undefined) throw new Error(say('sheet.labels.missing', { index: String(missing) }));
  }
  if (names.length !== classes) {
    throw new Error(say('sheet.labels.count', { names: say('sheet.labels.names', { count: names.length }), count: classes }));
  }
  return names;
}
