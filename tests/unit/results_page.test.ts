// The Results page: its verdicts are what the study's figures say by the rules, and nothing else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { StudyFile } from '../../wasm/js/study/study_file.js';
import { verdictOf } from '../../web/results/claims.js';
import { makePage } from '../../web/results/make_page.js';
import { thresholds } from '../../web/results/thresholds.js';
import { tryLink } from '../../web/results/try_on.js';

const text = readFileSync('web/results/study.json', 'utf8');
type Parts = Required<StudyFile['parts']>;

/** The page of a study whose figures were changed so. */
function pageOf(change: (parts: Parts) => void = () => {}): string {
  const study = JSON.parse(text) as StudyFile;
  change(study.parts as Parts);
  return makePage(study);
}

/** Claim by claim, in the order of the list on the first screen. */
function verdictsOf(page: string): Record<string, string> {
  const list = [...page.matchAll(/<li><span class="verdict ([\w-]+)">.*?<a href="#([\w-]+)">/g)];
  return Object.fromEntries(list.map(([, verdict, id]) => [id, verdict?.replaceAll('-', ' ')]));
}

test('a word of how many comparisons came out so', () => {
  const cases = (so: number, all: number) => Array.from({ length: all }, (_, i) => i < so);
  assert.equal(verdictOf(cases(3, 3)), 'held');
  assert.equal(verdictOf(cases(2, 3)), 'held in part');
  assert.equal(verdictOf(cases(2, 4)), 'held in part');
  assert.equal(verdictOf(cases(1, 3)), 'not held');
  assert.equal(verdictOf(cases(0, 1)), 'not held');
  assert.equal(verdictOf([]), 'not held');
});

test('every claim has its verdict on the first screen and on its own, one figure and a way to try it', () => {
  const page = pageOf();
  const listed = verdictsOf(page);
  const articles = page.split('<article ').slice(1);
  assert.equal(articles.length, Object.keys(listed).length);
  for (const article of articles) {
    const id = article.match(/id="([\w-]+)"/)?.[1] as string;
    assert.equal(article.match(/class="verdict ([\w-]+)"/)?.[1]?.replaceAll('-', ' '), listed[id], id);
    assert.match(article, /<div class="evidence">\s*\S[\s\S]*?<(svg|img|table)/, id);
    assert.match(article, /data-try href="\.\//, id);
    assert.match(article, /Counts as held when .*\.<\/p>/, id);
    assert.doesNotMatch(article, /undefined|NaN|\[object/, id);
  }
});

/** The same figures in all of them. */
function all(rows: Iterable<object | undefined>, figures: object) {
  for (const row of rows) if (row) Object.assign(row, figures);
}

const changes: [string, (parts: Parts) => void, string][] = [
  [
    'less-noise',
    ({ rq1 }) =>
      all(
        rq1.photos.map((row) => row.gradient),
        { totalVariation: 9, highFrequencyShare: 9 },
      ),
    'held',
  ],
  [
    'noise-level',
    ({ rq2 }) =>
      all(
        rq2.levels.map(({ mean }) => mean),
        { keepsClass: thresholds.keepsClass },
      ),
    'not held',
  ],
  [
    'noise-level',
    ({ rq2 }) =>
      all(
        rq2.levels.map(({ mean }) => mean),
        { keepsClass: 0.51 },
      ),
    'held',
  ],
  [
    'diminishing-returns',
    ({ rq2 }) =>
      all(
        rq2.views.map(({ mean }) => mean),
        { rankCorrelation: 0.9 },
      ),
    'held',
  ],
  ['root-n', ({ rq2 }) => all([rq2.errors.slope], { corrected: -0.3 }), 'not held'],
  [
    'discriminative',
    ({ rq3 }) =>
      all(
        rq3.pairs.map((row) => (row.counts ? row.shares.gradient : undefined)),
        { scaled: 1 },
      ),
    'not held',
  ],
  [
    'coherent',
    ({ rq3 }) =>
      all(
        rq3.maps.map(({ mean }) => mean),
        { deletionBlurred: 0.5, insertionBlurred: 0.5 },
      ),
    'not held',
  ],
  ['additive-noise', ({ rq5 }) => all(Object.values(rq5.interactions), { interval: [-1, 1] }), 'held'],
  [
    'denoised-error',
    ({ denoised }) =>
      all(
        denoised.errors.flatMap(({ photos }) => photos),
        { predicted: 9 },
      ),
    'not held',
  ],
  [
    'denoised-dark',
    ({ denoised }) =>
      all(
        denoised.looks.flatMap(({ photos }) => photos),
        { darkDenoised: 1 },
      ),
    'held',
  ],
  ['denoised-gate', ({ denoised }) => all([denoised.flipped], { silent: 0 }), 'held in part'],
  [
    'denoised-half',
    ({ denoised }) =>
      all(
        denoised.views.map((row) => row.equivalent),
        { correlation: 1000 },
      ),
    'held',
  ],
];

test('other figures, other verdicts', () => {
  const before = verdictsOf(pageOf());
  for (const [claim, change, verdict] of changes) {
    const after = verdictsOf(pageOf(change));
    assert.equal(after[claim], verdict, claim);
    assert.notEqual(before[claim], verdict, claim);
  }
});

test('without its figures no claim holds', () => {
  const names =
    /^(samples|window|against|noise|trainingNoise|inferenceNoise|evaluations|layers|from|to|reference|steps|digits|ranks)$/;
  const page = pageOf((parts) => {
    const empty = (node: unknown) => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        if (typeof value === 'number' && !names.test(key)) Object.assign(node, { [key]: Number.NaN });
        else empty(value);
      }
    };
    empty(parts);
  });
  assert.deepEqual(new Set(Object.values(verdictsOf(page))), new Set(['not held']));
});

test('a claim is tried on the page and with the settings that are its own', () => {
  const link = (...of: Parameters<typeof tryLink>) => tryLink(...of).text.match(/href="([^"]*)"/)?.[1];
  assert.equal(link({ page: 'explain', values: { method: 'vargrad', samples: 50 } }), './?method=vargrad&amp;samples=50');
  assert.equal(
    link({ page: 'compare', values: { columns: 'samples', column: '10 50' } }),
    './compare.html?columns=samples&amp;column=10+50',
  );
  assert.equal(link({ page: 'lab' }), './lab.html');
});
