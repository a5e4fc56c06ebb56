// Whatever the engine remarks on a model or a map has its Japanese, with the same figures in it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { describePreprocessing, type Preprocessing, preprocessingNote } from '../../wasm/js/api/preprocessing.js';
import { translateNote } from '../../web/common/notes.js';
import { argumentsAt, wordsOf } from '../../web/docs/build/messages.js';
import { notes } from '../../web/texts/ja/notes.js';

const sources = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(cpp|h)$/.test(name))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));

/** Of a model, in C++: "output '…' is taken for the scores, of …". */
const ofModels = [...sources('core'), ...sources('wasm')].flatMap((source) =>
  [...source.matchAll(/notes\.push_back\(/g)].map((match) =>
    wordsOf(argumentsAt(source, match.index + match[0].length)).replace(/^…/, ''),
  ),
);

/** Of a map: all that has some words in it. */
const ofMaps = ['zero_note', 'noise_aware_look'].flatMap((name) =>
  [...readFileSync(`wasm/js/worker/${name}.ts`, 'utf8').matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`\n]*)`/g)]
    .map(([, single, double, template]) => (single ?? double ?? template ?? '').replaceAll(/\$\{[^}]+\}/g, '…'))
    .filter((text) => text.split(' ').length > 3),
);

test('each has a translation', () => {
  assert.ok(ofModels.length >= 9 && ofMaps.length >= 8, `${ofModels.length}, ${ofMaps.length}`);
  const missing = [...ofModels, ...ofMaps].filter((note) => translateNote(note.replaceAll('…', '7'), notes) === undefined);
  assert.deepEqual(missing, []);
});

test('what is said in a gap is translated, numbers stay', () => {
  assert.equal(
    translateNote('the file leaves the size of its input open: 224 x 192 is used', notes),
    'ファイルに入力サイズの指定がないため、224 × 192画素で使います。',
  );
  const usual = { size: [224, 192], resize: 256, fit: 'crop', channelOrder: 'rgb', source: 'default' } as const;
  for (const way of [
    { mean: [0, 0, 0], std: [255, 255, 255] },
    { mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] },
    { mean: [0, 0, 0], std: [1, 1, 1] },
    { mean: [104, 117, 124], std: [1, 1, 1], channelOrder: 'bgr' },
    { mean: [127.5], std: [127.5], channelOrder: 'grey', fit: 'stretch' },
  ]) {
    const said = preprocessingNote({ ...usual, ...way } as Preprocessing) ?? '';
    const japanese = translateNote(said, notes) ?? said;
    const words = japanese.replaceAll(/RGB|BGR/g, '');
    assert.doesNotMatch(words, /[a-z]{2}/i, describePreprocessing({ ...usual, ...way } as Preprocessing));
    assert.deepEqual((japanese.match(/[\d.]+/g) ?? []).sort(), (said.match(/[\d.]+/g) ?? []).sort());
  }
});

test('no phrase has a gap that its English lacks', () => {
  for (const [from, to] of notes) {
    const gaps = (from.match(/{}/g) ?? []).length;
    for (const [, at] of to.matchAll(/{(\d+)}/g)) assert.ok(Number(at) <= gaps, from);
  }
});
