// The sentences over a map and the units of its key are true of what is shown, for all that can be chosen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signWords, type Tables, unitWords } from '../../web/common/units.js';
import { readingOf, type Shown } from '../../web/main/reading.js';

const row = (name: string, more: Partial<Tables['methods'][number]> = {}) => ({
  name,
  title: name,
  path: 'point' as const,
  noisy: false,
  rule: 'gradient',
  reduction: 'mean',
  timesInput: false,
  antithetic: false,
  ...more,
});
const tables: Tables = {
  methods: [
    row('gradient'),
    row('smoothgrad', { noisy: true }),
    row('integrated-gradients', { path: 'line' }),
    row('smoothgrad-guided-backprop', { noisy: true, rule: 'guided' }),
    row('gradient-x-input', { timesInput: true }),
    row('vargrad', { noisy: true, reduction: 'variance' }),
  ],
};
const names = [...tables.methods.map(({ name }) => name), 'grad-cam', 'occlusion'];

const usual: Shown = {
  method: 'smoothgrad',
  magnitude: 'plain',
  target: 'tiger cat',
  versus: undefined,
  view: 'map',
  colours: 'grey',
  signed: false,
  isAveraged: true,
  isWaiting: false,
  channels: 'sum-abs',
  window: 0,
  randomised: 0,
};
const read = (shown: Partial<Shown>) => {
  const { meaning, more } = readingOf({ ...usual, ...shown }, tables);
  return `${meaning} ${more}`.trim();
};
const unit = (shown: Partial<Shown>) => unitWords({ ...usual, ...shown }, tables);

test('what a bright pixel means depends on the method', () => {
  assert.match(read({}), /^Bright pixels would change the score most .* average over noisy copies of the photo\.$/);
  assert.match(read({ method: 'gradient', isAveraged: false }), /one gradient, without averaging: mostly noise/);
  assert.match(read({ method: 'integrated-gradients', isAveraged: false }), /contribute most to the score on the line/);
  assert.match(read({ method: 'gradient-x-input', isAveraged: false }), /their value times its gradient/);
  assert.match(read({ method: 'smoothgrad-guided-backprop' }), /redraws the photo’s edges, whatever the class/);
  assert.match(read({ method: 'vargrad' }), /differs most from noisy copy to noisy copy/);
  assert.match(read({ method: 'grad-cam', isAveraged: false }), /as coarse as that layer/);
  assert.match(read({ magnitude: 'significance' }), /stand out most clearly from the random error/);
  assert.match(read({ magnitude: 'denoised' }), /taken for noise and left out/);
  assert.match(read({ isWaiting: true }), /average over noisy copies of the photo, and the noise that is left is taken out/);
});

test('signs are told by their colours, and both classes by their names', () => {
  const signed = { signed: true, colours: 'diverging' } as const;
  assert.match(
    read({ ...signed, method: 'occlusion', isAveraged: false }),
    /^The score falls when red pixels are covered, and rises for blue/,
  );
  assert.match(read(signed), /^Red pixels would raise the score if they became brighter, blue ones would lower it/);
  assert.match(read({ signed: true, colours: 'viridis' }), /^Bright pixels would raise .* dark ones would lower it/);
  const versus = { ...signed, versus: 'lynx' };
  assert.match(read(versus), /raise the score of “tiger cat” over that of “lynx”/);
  assert.match(
    read({ ...versus, difference: 'scaled' }),
    /map of “tiger cat” is the stronger one, at blue ones that of “lynx”/,
  );
  assert.deepEqual(signWords({ ...usual, ...versus }, tables), ['for “lynx”', 'for “tiger cat”']);
  assert.equal(signWords({ ...usual, ...signed, reduction: 'variance' }, tables), undefined);
});

test('units follow what was computed', () => {
  assert.equal(unit({}), 'change of the score per unit of the input');
  assert.equal(unit({ versus: 'lynx' }), 'change of the difference of the scores per unit of the input');
  assert.equal(unit({ reduction: 'mean-square' }), 'change of the score per unit of the input, squared');
  assert.equal(unit({ method: 'vargrad' }), 'change of the score per unit of the input, squared');
  assert.equal(unit({ method: 'integrated-gradients' }), 'contribution to the score');
  assert.equal(unit({ timesInput: true }), 'contribution to the score');
  assert.equal(unit({ versus: 'lynx', difference: 'scaled' }), 'difference of the two maps, each from 0 to 1');
  assert.equal(unit({ magnitude: 'significance' }), 'how many standard errors from zero');
  assert.equal(
    unit({ method: 'occlusion', versus: 'lynx', difference: 'scaled' }),
    'fall of the difference of the scores where a square is covered',
  );
});

test('whatever is chosen, nothing is said that is not so', () => {
  for (const method of names) {
    for (const view of ['two-up', 'map', 'overlay', 'mask', 'product']) {
      for (const colours of ['grey', 'diverging']) {
        for (const isAveraged of [true, false]) {
          const words = read({ method, view, colours, isAveraged, signed: colours === 'diverging', versus: 'lynx' });
          assert.equal(/average over/.test(words) && !isAveraged, false, words);
          assert.equal(/\b(bright|dark) (pixels|ones)/i.test(words) && colours === 'diverging', false, words);
          assert.equal(
            /\b(red|blue)\b/i.test(words) && (colours === 'grey' || view === 'mask' || view === 'product'),
            false,
            words,
          );
          assert.equal(/not dimmed/.test(words), view === 'mask', words);
          assert.equal(/Left of the line/.test(words), view === 'two-up', words);
          assert.match(words, /^[A-Z].*\.$/);
          assert.doesNotMatch(words, /undefined| {2}|\.\./);
        }
      }
    }
  }
  assert.match(read({ randomised: 1 }), /The last layer has random weights: this does not explain the trained network\.$/);
});
