// Means with intervals of figures of many photos, on numbers that are known.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withNeighbours } from '../../wasm/js/cli/study_dataset.js';
import { summarise, summaryOf } from '../../wasm/js/study/dataset/summary.js';
import { seededNumbers } from '../../wasm/js/study/interaction.js';
import { studentQuantile } from '../../wasm/js/study/student.js';

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

test("Student's t is that of printed tables", () => {
  for (const [degrees, quantile] of [
    [4, 2.776],
    [5, 2.571],
    [7, 2.365],
    [10, 2.228],
    [30, 2.042],
    [1e9, 1.96],
  ] as const) {
    near(studentQuantile(0.975, degrees), quantile, 0.003);
  }
});

const single = (values: readonly number[]) => values.map((value, i) => ({ group: String(i), value }));

test('where every photo is a group, the interval is the usual one of a mean', () => {
  const values = [2, 4, 4, 5, 7, 8];
  const { mean, interval, photos, groups } = summaryOf(single(values));
  const variance = values.reduce((sum, value) => sum + (value - 5) ** 2, 0) / 5;
  const reach = 2.5706 * Math.sqrt(variance / 6);
  assert.deepEqual([mean, photos, groups], [5, 6, 6]);
  near(interval?.[0] as number, 5 - reach, 0.003);
  near(interval?.[1] as number, 5 + reach, 0.003);
});

test('a photo that is there many times tells no more than once', () => {
  const values = [2, 4, 4, 5, 7, 8];
  const many = values.flatMap((value, i) => Array.from({ length: 20 }, () => ({ group: String(i), value })));
  const { interval, photos, groups } = summaryOf(many);
  const once = summaryOf(single(values)).interval;
  assert.deepEqual([photos, groups], [120, 6]);
  for (const end of [0, 1]) near(interval?.[end] as number, once?.[end] as number, 1e-9);
});

test('four groups give no interval', () => {
  assert.deepEqual(summaryOf(single([1, 2, 3, 4])), { mean: 2.5, interval: null, photos: 4, groups: 4 });
});

test('95 of 100 intervals hold the mean of what they were drawn from', () => {
  const next = seededNumbers(1);
  let held = 0;
  const draws = 2000;
  for (let draw = 0; draw < draws; draw++) {
    // Groups of 3 photos that share most of what they say.
    const values = Array.from({ length: 10 }, (_, group) => {
      const common = next() + next() + next() - 1.5;
      return Array.from({ length: 3 }, () => ({ group: String(group), value: common + 0.2 * (next() - 0.5) }));
    }).flat();
    const [low, high] = summaryOf(values).interval as [number, number];
    if (low <= 0 && 0 <= high) held++;
  }
  near(held / draws, 0.95, 0.02);
});

test('a figure is of the photos that have it', () => {
  const summary = summarise([
    { group: 'a', figures: { both: 1, some: null } },
    { group: 'b', figures: { both: 3, some: 8, none: null } },
  ]);
  assert.deepEqual(Object.keys(summary), ['both', 'some']);
  assert.deepEqual([summary.both?.mean, summary.some?.mean, summary.some?.photos], [2, 8, 1]);
});

test('a photo stands beside the next one of another group', () => {
  const entry = (id: string, more = {}) => ({ id, photo: `${id}.png`, more });
  const entries = [entry('1', { group: 'a' }), entry('2', { group: 'a' }), entry('3'), entry('4', { beside: 'own.png' })];
  const beside = withNeighbours(entries).map((line) => ('line' in line ? undefined : line.more.beside));
  assert.deepEqual(beside, ['3.png', '3.png', '4.png', 'own.png']);
  assert.deepEqual(withNeighbours([entry('1')]), [entry('1')]);
  const round = withNeighbours([entry('1'), entry('2', { group: 'b' }), entry('3', { group: 'b' })]);
  assert.deepEqual(
    round.map((line) => 'line' in line || line.more.beside),
    ['2.png', '1.png', '1.png'],
  );
});
