// All texts, in every language: none missing, none forgotten in English, the same values and tags in them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import photos from '../../web/photos/photos.json' with { type: 'json' };
import * as english from '../../web/texts/en.js';
import { fill } from '../../web/texts/fill.js';
import * as japanese from '../../web/texts/ja.js';

type Text = string | Readonly<Record<string, string>>;
type Table = Readonly<Record<string, Text>>;

const tables: [string, Table, Table][] = [
  ['page', english.page, japanese.page],
  ['words', english.words, japanese.words],
];

/** Proper names, and what is written alike in both. */
const alike = new Set([
  'paper',
  'manifest.file',
  'pair.alt.smoothgrad',
  'photo.credit',
  'guide.gate.guided',
  'guide.gate.deconvnet',
]);

const formsOf = (text: Text) => (typeof text === 'string' ? [text] : Object.values(text));
const all = (texts: string[], pattern: RegExp) => texts.flatMap((text) => text.match(pattern) ?? []).sort();
const isWords = (text: string) => /[a-z]{2}/i.test(text.replaceAll(/{\w+}/g, ''));
const isJapanese = (text: string) => /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text);

test('each language has the texts of the other', () => {
  for (const [, en, ja] of tables) assert.deepEqual(Object.keys(ja).sort(), Object.keys(en).sort());
});

test('the same values and tags are in both', () => {
  for (const [, en, ja] of tables) {
    for (const [key, text] of Object.entries(en)) {
      const [here, there] = [formsOf(text), formsOf(ja[key] as Text)];
      const values = (forms: string[]) => [...new Set(all(forms, /{\w+}/g))];
      assert.deepEqual(values(there), values(here), key);
      assert.deepEqual(all([there.at(-1) ?? ''], /<[^<>]+>/g), all([here.at(-1) ?? ''], /<[^<>]+>/g), key);
    }
  }
});

test('a text has no entities and closes its tags: what is put in place by a script is no HTML', () => {
  for (const page of [english.page, japanese.page]) {
    for (const [key, text] of Object.entries(page)) {
      assert.doesNotMatch(text, /&\w+;/, key);
      const closed = (text.match(/<\/\w+>/g) ?? []).length;
      assert.equal((text.match(/<\w[^>]*[^/]>/g) ?? []).length, closed, key);
    }
  }
});

test('a text with forms has one for all other numbers, and only those that its language has', () => {
  for (const [language, words] of [
    ['en', english.words],
    ['ja', japanese.words],
  ] as const) {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories as string[];
    for (const [key, text] of Object.entries<Text>(words)) {
      if (typeof text === 'string') continue;
      assert.ok('other' in text, key);
      for (const form of Object.keys(text)) assert.ok(/^=\d+$/.test(form) || categories.includes(form), `${key}: ${form}`);
    }
  }
});

test('no text was left in English, and none has numbers of full width', () => {
  for (const [, en, ja] of tables) {
    for (const [key, text] of Object.entries(ja)) {
      for (const form of formsOf(text)) assert.doesNotMatch(form, /[０-９Ａ-Ｚａ-ｚ]/u, key);
      if (alike.has(key) || !formsOf(en[key] as Text).some(isWords)) continue;
      assert.notDeepEqual(text, en[key], key);
      if (!/^(header\.language|manifest\.file)/.test(key))
        for (const form of formsOf(text)) assert.ok(isJapanese(form) || !isWords(form), `${key}: ${form}`);
    }
  }
});

test('every sample photo has its name and its description', () => {
  const missing = photos
    .map(({ file }) => file.replace(/\.\w+$/, ''))
    .flatMap((name) => [`photo.${name}`, `alt.${name}`])
    .filter((key) => !(key in japanese.names));
  assert.deepEqual(missing, []);
});

const below = (folder: string, ending: string) =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => name.endsWith(ending) && !/^(public|texts\/(en|ja))\//.test(name))
    .map((name) => ({ name, source: readFileSync(`${folder}/${name}`, 'utf8') }));
const sources = below('web', '.html');
const scripts = below('web', '.ts');

/** Names that are no text of a language; and what a language that is not yet translated has. */
const names = /^(SmoothGrad|Guided BackProp|RGB|BGR|[A-Z])$/;
const untranslated = /^docs\/page\.html$/;

/** What a page's source says by itself, in its text or in attributes that people read. */
function spoken(source: string): string[] {
  const html = source
    .replaceAll(/<!--.*?-->|<!doctype[^>]*>/gs, '')
    .replaceAll(/<(script|style|math)\b.*?<\/\1>/gs, '')
    .replaceAll(/{{\w+}}|&\w+;/g, '');
  const texts = [...html.matchAll(/>([^<]*)/g)].map(([, text = '']) => text.trim());
  const attributes = [...html.matchAll(/\s(?:aria-label|title|placeholder|alt)="([^"]*)"/g)].map(([, text = '']) =>
    text.trim(),
  );
  return [...texts, ...attributes].filter((text) => /\p{L}/u.test(text) && !names.test(text));
}

test('pages have keys in place of texts', () => {
  const found = sources
    .filter(({ name }) => !untranslated.test(name))
    .flatMap(({ name, source }) => spoken(source).map((text) => `${name}: ${text}`));
  assert.deepEqual(found, []);
  assert.deepEqual(spoken('<p title="What">Some <b>text</b></p>'), ['Some', 'text', 'What']);
});

test('every text is used', () => {
  const used = (where: { source: string }[], pattern: RegExp) =>
    new Set(where.flatMap(({ source }) => [...source.matchAll(pattern)].map(([, key]) => key)));
  const inPages = used(sources, /data-text(?:-[a-z-]+)?="([^"]+)"/g);
  const inScripts = used(scripts, /'([\w.-]+)'/g);
  assert.deepEqual(
    Object.keys(english.page).filter((key) => !inScripts.has(key) && ![...inPages].some((name) => fits(name ?? '', key))),
    [],
  );
  const begun = [...used(scripts, /`([\w.-]+\.)\$/g)];
  const isSaid = (key: string) => inScripts.has(key) || begun.some((start) => key.startsWith(start ?? ''));
  assert.deepEqual(
    Object.keys(english.words).filter((key) => !isSaid(key)),
    [],
  );
});

/** A key in a source may have a gap: `pair.{{side}}`. */
function fits(name: string, key: string): boolean {
  const [before = '', after] = name.split(/{{\w+}}/);
  return after === undefined ? name === key : key.startsWith(before) && key.endsWith(after);
}

test('keys become texts, and stay', () => {
  const page = { 'a.title': 'Hello', 'a.text': 'A <em>word</em>' };
  assert.equal(
    fill('<p data-text-title="a.title" data-text="a.text" id="x"></p><br>', page),
    '<p data-text-title="a.title" title="Hello" data-text="a.text" id="x">A <em>word</em></p><br>',
  );
  assert.throws(() => fill('<p data-text="b"></p>', page), /“b”/);
});

test('what is put in an attribute has neither tags nor quotes', () => {
  const keys = sources.flatMap(({ source }) =>
    [...source.matchAll(/data-text-[a-z-]+="([^"]+)"/g)].map(([, key]) => key ?? ''),
  );
  for (const key of keys) {
    for (const [name, text] of Object.entries({ ...english.page })) {
      if (fits(key, name))
        for (const said of [text, (japanese.page as Record<string, string>)[name] ?? ''])
          assert.doesNotMatch(said, /["<>&]/, name);
    }
  }
});
