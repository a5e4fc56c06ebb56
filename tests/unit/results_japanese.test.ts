// The Results page in Japanese: every saying of it has a phrase, with the same figures in it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { StudyFile } from '../../wasm/js/study/study_file.js';
import { toJapanese } from '../../web/results/japanese.js';
import { makePage } from '../../web/results/make_page.js';
import { createTranslator } from '../../web/results/translate.js';
import { claims } from '../../web/texts/ja/results_claims.js';
import { denoised } from '../../web/texts/ja/results_denoised.js';
import { figures } from '../../web/texts/ja/results_figures.js';

const study = JSON.parse(readFileSync('web/results/study.json', 'utf8')) as StudyFile;
const english = makePage(study);

/** Classes, networks, builds and machines stay as they are. */
const names = readFileSync('models/imagenet_classes.txt', 'utf8').trim().split('\n');
const isName = (text: string) => text.split(/, | \| /).every((part) => names.includes(part));
const ofMachines = /^(efficientnet-lite0|mnist-noise-\d+|(relaxed|simd)(-threads)?|\d+ x .*)$/;

test('nothing is left in English but names', () => {
  const missed = new Set<string>();
  toJapanese(english, (text) => missed.add(text));
  assert.deepEqual(
    [...missed].filter((text) => !isName(text) && !ofMachines.test(text)),
    [],
  );
});

test('it has the same figures, from the same paths, and the same targets of links', () => {
  const count = (html: string, pattern: RegExp) => (html.match(pattern) ?? []).sort();
  const japanese = toJapanese(english);
  for (const pattern of [/data-path="[^"]+"/g, /data value="[^"]+"/g, /(href|id|class|src)="[^"]+"/g]) {
    assert.deepEqual(count(japanese, pattern), count(english, pattern));
  }
});

test('no phrase has a gap that its English lacks, or is there twice', () => {
  const phrases = [...claims, ...denoised, ...figures];
  for (const [from, to] of phrases) {
    const gaps = (from.match(/{[*_]?}/g) ?? []).length;
    for (const [, at] of to.matchAll(/{(\d+)}/g)) assert.ok(Number(at) <= gaps, from);
  }
  assert.equal(new Set(phrases.map(([from]) => from)).size, phrases.length);
});

test('a saying is a node with words of its own; the longest phrase that fits is taken, and gaps are sayings', () => {
  const missed: string[] = [];
  const translate = createTranslator(
    [
      ['{*} samples', '{1} wa'],
      ['all {} samples of {_}', '{2} no {1}'],
      ['maps', 'chizu'],
    ],
    (text) => missed.push(text),
  );
  const html = '<p title="maps">all <data value="3">3</data> samples of maps</p><ul><li>few samples</li><li>12 %</li></ul>';
  assert.equal(translate(html), '<p title="chizu">chizu no <data value="3">3</data></p><ul><li>few wa</li><li>12%</li></ul>');
  assert.deepEqual(missed, ['few']);
});
