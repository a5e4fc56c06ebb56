// From logits to probabilities, and what is done to photos in words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describePreprocessing, type Preprocessing, preprocessingNote } from '../../wasm/js/api/preprocessing.js';
import { probabilitiesOf, rankClasses } from '../../wasm/js/api/scores.js';

const near = (actual: ArrayLike<number>, wanted: readonly number[]) => {
  assert.equal(actual.length, wanted.length);
  for (const [i, value] of wanted.entries()) assert.ok(Math.abs((actual[i] ?? Number.NaN) - value) < 1e-6, `${actual}`);
};

const logits = Float32Array.of(0, Math.log(3), Math.log(4));

test('of softmax the probabilities add up to 1, of sigmoid each is its own, of none they are the outputs', () => {
  near(probabilitiesOf(logits, 'softmax'), [1 / 8, 3 / 8, 4 / 8]);
  near(probabilitiesOf(logits, 'sigmoid'), [1 / 2, 3 / 4, 4 / 5]);
  near(probabilitiesOf(Float32Array.of(0.25, 0.75), 'none'), [0.25, 0.75]);
  near(probabilitiesOf(Float32Array.of(1000, -1000), 'sigmoid'), [1, 0]);
});

test('one logit alone is never certain', () => near(probabilitiesOf(Float32Array.of(Math.log(3)), 'softmax'), [3 / 4]));

test('the leading classes, at most as many as there are', () => {
  const ranked = rankClasses(logits, ['a', 'b'], 5, 'sigmoid');
  assert.deepEqual(
    ranked.map(({ index, name }) => [index, name]),
    [
      [2, '2'],
      [1, 'b'],
      [0, 'a'],
    ],
  );
  near(
    ranked.map(({ probability }) => probability),
    [4 / 5, 3 / 4, 1 / 2],
  );
});

test('preprocessing in words', () => {
  const told = (changes: Partial<Preprocessing>) =>
    describePreprocessing({
      fit: 'crop',
      resize: 256,
      size: [224, 192],
      mean: [127, 127, 127],
      std: [128, 128, 128],
      channelOrder: 'rgb',
      source: 'smoothgrad',
      ...changes,
    });
  const start = 'shorter side to 256, centre of 224 x 192,';
  assert.equal(told({}), `${start} RGB, (level - 127) / 128`);
  assert.equal(told({ mean: [1, 2, 3.5], channelOrder: 'bgr' }), `${start} BGR, (level - [1, 2, 3.5]) / 128`);
  assert.equal(told({ mean: [0], std: [255], channelOrder: 'grey' }), `${start} grey, level / 255`);
  assert.equal(told({ mean: [0, 0, 0], std: [1, 1, 1] }), `${start} RGB, levels 0 to 255 as they are`);
  assert.equal(told({ std: [1, 1, 1] }), `${start} RGB, level - 127`);
  assert.equal(told({ fit: 'stretch' }), 'stretched to 224 x 192, RGB, (level - 127) / 128');
});

test('only a guess, or what another standard says, is worth a note', () => {
  const base = { fit: 'crop', resize: 8, size: [8, 8], mean: [0], std: [255], channelOrder: 'grey' } as const;
  assert.match(preprocessingNote({ ...base, source: 'default' }) ?? '', /does not say/);
  assert.match(preprocessingNote({ ...base, source: 'image' }) ?? '', /Image\.\*/);
  for (const source of ['options', 'smoothgrad', 'levels'] as const) {
    assert.equal(preprocessingNote({ ...base, source }), undefined);
  }
  assert.equal(preprocessingNote({ ...base, size: [1, 1], mean: Array(10).fill(0), source: 'default' }), undefined);
});
