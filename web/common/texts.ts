// What scripts say, in the page's language: by keys of web/texts/en.ts, so that a misspelt key or a forgotten value is a type error.
import { words as english } from '../texts/en.js';
import { language, translation } from './language.js';
import { showNumber } from './numbers.js';

type Words = typeof english;
export type Key = keyof Words;

type ValuesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | ValuesIn<Rest> : never;
type ValuesOf<Text> = ValuesIn<Text extends string ? Text : Text[keyof Text]>;
/** None, or one for each {name} in the text. */
type Values<K extends Key> = [ValuesOf<Words[K]>] extends [never] ? [] : [Record<ValuesOf<Words[K]>, string | number>];

type Text = string | Readonly<Record<string, string>>;

let rules: Intl.PluralRules | undefined;
function pluralOf(count: unknown): Intl.LDMLPluralRule {
  rules ??= new Intl.PluralRules(language);
  return rules.select(Number(count));
}

const words: Readonly<Record<string, Text>> = translation?.words ?? english;

/** Numbers are written as the language does; of a text with a plural, `count` decides. */
export function text<K extends Key>(key: K, ...[values]: Values<K>): string {
  const given: Record<string, string | number> = values ?? {};
  const found = words[key] ?? '';
  const form =
    typeof found === 'string' ? found : (found[`=${given.count}`] ?? found[pluralOf(given.count)] ?? found.other ?? '');
  return form.replaceAll(/{(\w+)}/g, (_, name: string) => {
    const value = given[name] ?? '';
    return typeof value === 'number' ? showNumber(value) : value;
  });
}

const names: Readonly<Record<string, string>> = translation?.names ?? {};

/** What is called something in a table of data (methods, colours, photos) by its name there; English is what the table says. */
export const nameOf = (table: string, name: string, title: string) => names[`${table}.${name}`] ?? title;

/** Rows of such a table. */
export const named = <Row extends { name: string; title: string }>(table: string, rows: readonly Row[]): Row[] =>
  rows.map((row) => ({ ...row, title: nameOf(table, row.name, row.title) }));

/** What the engine's tables are called in `names`. */
export const tableNames: Readonly<Record<string, string>> = {
  methods: 'method',
  rules: 'rule',
  conventions: 'convention',
  differences: 'difference',
  baselines: 'baseline',
  channels: 'channels',
  reductions: 'reduction',
  magnitudes: 'magnitude',
  views: 'view',
  colours: 'colours',
};
