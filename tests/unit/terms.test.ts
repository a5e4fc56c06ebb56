// A control is called the same on every page: as the table of terms has it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { termNames, termOf } from '../../web/common/terms.js';
import * as english from '../../web/texts/en.js';
import { fill } from '../../web/texts/fill.js';
import * as japanese from '../../web/texts/ja.js';

const pages = ['', 'main', 'pair'].flatMap((folder) =>
  readdirSync(join('web', folder))
    .filter((name) => name.endsWith('.html') && name !== 'guide.html')
    .map((name) => join('web', folder, name)),
);

type Texts = Readonly<Record<string, string>>;

/** Parts keep the marks of what includes them. */
const read = (page: string, texts: Texts = english.page) =>
  fill(readFileSync(page, 'utf8').replaceAll('{{side}}', 'left').replaceAll('{{method}}', 'gradient'), texts);

/** What asks for the same thing in other words, since it stands in another place. */
const otherwise = ['class', 'mask'];

for (const [language, { page: texts, words }] of Object.entries({ english, japanese })) {
  test(`labels of terms have their names: ${language}`, () => {
    let found = 0;
    for (const page of pages) {
      for (const [, attributes = '', content = ''] of read(page, texts).matchAll(/<label([^>]*)>([\s\S]*?)<\/label>/g)) {
        const key =
          attributes.match(/data-term="(\w+)"/)?.[1] ??
          attributes.match(/for="([\w-]+)"/)?.[1] ??
          content.match(/id="(\w+)"/)?.[1] ??
          '';
        const name: unknown = { ...words }[`term.${key}` as keyof typeof words];
        if (name === undefined || otherwise.includes(key)) continue;
        const said = content.replaceAll(/<output[\s\S]*?<\/output>|<[^>]*>/g, '').trim();
        found++;
        assert.equal(said, name, `${page}, ${key}`);
      }
    }
    assert.ok(found > 30, `${found}`);
  });
}

test('each term stands somewhere', () => {
  const all = pages.map((page) => read(page)).join();
  const missing = termNames.filter((key) => !new RegExp(`(for|id|data-term)="${key}"`).test(all));
  assert.deepEqual(missing, []);
});

test('each term is two or three sentences at most, in plain text', () => {
  for (const key of termNames) {
    const { name, text, more } = termOf(key) ?? assert.fail(key);
    assert.ok(name.length > 0 && text.length > 20 && text.length < 330, key);
    assert.match(text, /^[A-Z].*\.$/, key);
    assert.doesNotMatch(text, /[<>]/, key);
    if (more) assert.match(more.href, /^\.\/\w+\.html(#[\w-]+)?$/, key);
  }
});
