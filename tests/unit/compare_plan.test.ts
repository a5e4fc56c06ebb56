// Which cells of a grid share a run, and when each run is looked at: the plan is plain data, made by a pure function.
import { test } from 'node:test';
import { expect } from '@playwright/test';
import { pictureCaption, pictureName } from '../../web/compare/caption.js';
import { type Choice, planGrid, type Tables } from '../../web/compare/plan.js';
import { nextTask, passesLeft, samplesNeeded } from '../../web/compare/rounds.js';
import { timeLeft } from '../../web/compare/time_left.js';

const method = (name: string, noisy: boolean, reduction = 'mean', timesInput = false) => ({
  ...{ name, title: name, path: 'point', rule: 'gradient', noisy, reduction, timesInput, antithetic: noisy },
});
const convention = {
  ...{ noise: 0.15, reduction: 'mean', antithetic: false, cleanLast: false },
  ...{ channels: 'sum-abs', percentile: 99, fromLowest: false },
};

const tables = {
  methods: [
    method('gradient', false),
    method('smoothgrad', true),
    { ...method('guided', false), rule: 'guided' },
    method('gradient-x-input', false, 'mean', true),
    method('smoothgrad-squared', true, 'mean-square'),
    method('vargrad', true, 'variance'),
    { ...method('line', true), path: 'line' },
  ],
  conventions: [
    { ...convention, name: 'fifty', title: '', samples: 50 },
    { ...convention, name: 'squares', title: '', samples: 25, reduction: 'mean-square' },
    { ...convention, name: 'absolute', title: '', samples: 5, noise: 0, sigma: 1, channels: 'max-abs', fromLowest: true },
    { ...convention, name: 'clean', title: '', samples: 20, cleanLast: true },
  ],
} as Tables;

const fixed: Choice = {
  ...{ photo: 'cat', target: undefined, method: 'smoothgrad', noise: 0.15, samples: 50, convention: '' },
  ...{ reduction: '', magnitude: 'plain', window: 0, seed: 3 },
};

const values = <K extends keyof Choice>(key: K, all: Choice[K][]) => all.map((value) => ({ [key]: value }) as Partial<Choice>);
const stopsOf = (plan: ReturnType<typeof planGrid>) => plan.runs.map(({ stops }) => stops.map(({ samples }) => samples));

test('48 cells of noise and samples are six runs, looked at as they grow', () => {
  const counts = [1, 2, 5, 10, 20, 50, 100, 200];
  const plan = planGrid(fixed, values('noise', [0, 0.05, 0.1, 0.2, 0.3, 0.5]), values('samples', counts), tables);
  expect(plan.rows.map((row) => row.length)).toEqual(Array(6).fill(8));
  // Without noise one sample is all there is.
  expect(stopsOf(plan)).toEqual([[1], ...Array(5).fill(counts)]);
  expect(new Set(plan.rows[0]?.map(({ key }) => key)).size).toBe(1);
  expect(new Set(plan.rows.flat().map(({ key }) => key)).size).toBe(41);
  expect(plan.runs[2]?.options).toMatchObject({ method: 'smoothgrad', noise: 0.1, seed: 3 });
});

test('samples in any order are looked at in growing order', () => {
  const plan = planGrid(fixed, [{}], values('samples', [50, 5, 10]), tables);
  expect(stopsOf(plan)).toEqual([[5, 10, 50]]);
});

test('reductions share a run and a look', () => {
  const methods = values('method', ['smoothgrad', 'smoothgrad-squared', 'vargrad']);
  const plan = planGrid(fixed, methods, values('reduction', ['', 'mean-square', 'mean-absolute']), tables);
  expect(stopsOf(plan)).toEqual([[50]]);
  expect(plan.rows.map((row) => row.map(({ map }) => map.reduction))).toEqual([
    ['mean', 'mean-square', 'mean-absolute'],
    ['mean-square', 'mean-square', 'mean-absolute'],
    ['variance', 'mean-square', 'mean-absolute'],
  ]);
  expect(plan.runs[0]?.stops[0]?.maps.length).toBe(4);
});

test('other rules, photos, classes and products with the input do not', () => {
  const methods = values('method', ['gradient', 'guided', 'gradient-x-input', 'smoothgrad']);
  expect(planGrid(fixed, [{}], methods, tables).runs.length).toBe(4);
  expect(planGrid(fixed, values('photo', ['cat', 'dog']), values('target', [1, 2, undefined]), tables).runs.length).toBe(6);
});

test('the gradient is SmoothGrad without noise, whatever the seed and the samples', () => {
  const plan = planGrid(
    fixed,
    values('seed', [1, 2]),
    [{ method: 'gradient' }, { method: 'smoothgrad', noise: 0, samples: 7 }],
    tables,
  );
  expect(new Set(plan.rows.flat().map(({ key }) => key)).size).toBe(1);
});

test('a convention decides what no axis does', () => {
  const names = values('convention', ['fifty', 'squares', 'absolute', 'clean']);
  const plan = planGrid({ ...fixed, noise: 0.4, samples: 7 }, [{}], names, tables);
  const [fifty, squares, absolute, clean] = plan.rows[0] ?? [];
  expect([fifty, squares, absolute, clean].map((cell) => cell?.options.samples)).toEqual([50, 25, 5, 20]);
  // The same noise: one run, at 25 and at 50 samples.
  expect(stopsOf(plan)).toEqual([[25, 50], [5], [20]]);
  expect(squares?.map.reduction).toBe('mean-square');
  expect(absolute?.options).toMatchObject({ sigma: 1 });
  expect(absolute?.options).not.toHaveProperty('noise');
  expect(absolute?.map.channels).toBe('max-abs');
  expect(absolute?.drawing.fromLowest).toBe(true);
  expect(clean?.options.cleanLast).toBe(true);

  const varied = planGrid(fixed, names, values('noise', [0.2]), tables);
  expect(varied.rows.flat().map(({ options }) => options.noise)).toEqual([0.2, 0.2, 0.2, 0.2]);
});

test('a run that ends with a clean sample cannot go on to more', () => {
  const plan = planGrid({ ...fixed, convention: 'clean' }, [{}], values('samples', [5, 10]), tables);
  expect(stopsOf(plan)).toEqual([[5], [10]]);
});

/** Works a plan off as the runner does; each step as the place of the run and the samples that it goes on to. */
function workedOff(plan: ReturnType<typeof planGrid>, isVisible = (_key: string) => true) {
  const done = new Set<string>();
  const made = new Map<string, number>();
  const order: [number, number][] = [];
  const known = { has: (key: string) => done.has(key), samplesOf: (run: string) => made.get(run) ?? 0, isVisible };
  for (let task = nextTask(plan, known); task; task = nextTask(plan, known)) {
    order.push([plan.runs.indexOf(task.run), task.samples]);
    made.set(task.run.key, task.samples);
    for (const { key } of task.stop?.maps ?? []) done.add(key);
  }
  return { order, done };
}

test('all cells are coarse before any is finished, then each round goes twice as far', () => {
  const plan = planGrid(fixed, values('noise', [0.1, 0.2]), values('samples', [1, 5, 30]), tables);
  const { order, done } = workedOff(plan);
  expect(order).toEqual([
    ...[1, 5, 8].map((samples) => [0, samples]),
    ...[1, 5, 8].map((samples) => [1, samples]),
    ...[16, 16, 30, 30].map((samples, i) => [i % 2, samples]),
  ]);
  expect([...done].sort()).toEqual(
    plan.rows
      .flat()
      .map(({ key }) => key)
      .sort(),
  );
});

test('within a round what is on the screen comes first, then what is cheap', () => {
  const methods = values('method', ['line', 'smoothgrad', 'gradient']);
  const plan = planGrid({ ...fixed, samples: 10 }, [{}], methods, tables);
  const [line, smooth, gradient] = [0, 1, 2];
  expect(workedOff(plan).order).toEqual([
    [gradient, 1],
    [smooth, 8],
    [line, 8],
    [smooth, 10],
    [line, 10],
  ]);
  const ofLine = plan.rows[0]?.[0]?.key;
  expect(workedOff(plan, (key) => key === ofLine).order).toEqual([
    [line, 8],
    [gradient, 1],
    [smooth, 8],
    [line, 10],
    [smooth, 10],
  ]);
});

test('a stopped run goes on where it was, and one past its next look begins anew', () => {
  const plan = planGrid(fixed, [{}], values('samples', [10, 100]), tables);
  const next = (made: number, done: readonly string[] = []) => {
    const task = nextTask(plan, { has: (key) => done.includes(key), samplesOf: () => made });
    return [task?.samples, task?.stop?.samples, task?.endsRound];
  };
  const [ten] = plan.rows[0] ?? [];
  expect(next(0)).toEqual([8, undefined, true]);
  expect(next(3)).toEqual([8, undefined, true]);
  expect(next(8)).toEqual([10, 10, false]);
  // It has them, but nobody took the map.
  expect(next(10)).toEqual([10, 10, false]);
  expect(next(40)).toEqual([8, undefined, true]);
  expect(next(40, [ten?.key as string])).toEqual([64, undefined, true]);
  expect(next(64, [ten?.key as string])).toEqual([100, 100, false]);
});

test('what differs only in what is made of samples, or drawn of it, takes them once', () => {
  const grids: [Partial<Choice>[], Partial<Choice>[], { shared: number; alone: number }][] = [
    [values('magnitude', ['plain', 'denoised', 'corrected']), values('samples', [16, 64]), { shared: 64, alone: 240 }],
    [values('reduction', ['', 'mean-square', 'variance']), values('window', [0, 2]), { shared: 50, alone: 300 }],
    [values('convention', ['fifty', 'squares']), [{}], { shared: 50, alone: 75 }],
    [values('noise', [0.1, 0.2]), values('samples', [16, 64]), { shared: 128, alone: 160 }],
    [values('target', [1, 2]), values('photo', ['cat', 'dog']), { shared: 200, alone: 200 }],
  ];
  for (const [rows, columns, needed] of grids) {
    expect(samplesNeeded(planGrid(fixed, rows, columns, tables))).toEqual(needed);
  }
});

test('what refuses other results than a mean is asked of a run that is of the mean', () => {
  const methods = values('method', ['vargrad', 'smoothgrad']);
  expect(planGrid(fixed, [{}], methods, tables).runs.map(({ options }) => options.method)).toEqual(['smoothgrad']);
  const denoised = planGrid({ ...fixed, magnitude: 'denoised' }, [{}], methods, tables);
  expect(denoised.runs.map(({ options }) => options.method)).toEqual(['vargrad', 'smoothgrad']);
});

test('what is left is counted in passes: of runs that go on, of lines, of those that have to begin anew', () => {
  const plan = planGrid(fixed, values('method', ['smoothgrad', 'line']), values('samples', [5, 10]), tables);
  const [points, lines] = plan.runs.map(({ key }) => key);
  const steps = plan.runs[1]?.options.steps as number;
  expect(steps).toBeGreaterThan(1);
  const left = (made: Record<string, number>, done: readonly string[] = []) =>
    passesLeft(plan, { has: (key) => done.includes(key), samplesOf: (run) => made[run] ?? 0 });
  expect(left({})).toBe(10 + 10 * steps);
  expect(left({ [points as string]: 3, [lines as string]: 2 })).toBe(7 + 8 * steps);
  const keys = plan.rows.map((row) => row.map(({ key }) => key));
  expect(left({ [points as string]: 8 }, keys[0]?.slice(0, 1))).toBe(2 + 10 * steps);
  // Its run is past five samples already.
  expect(left({ [points as string]: 8 }, keys[0]?.slice(1))).toBe(5 + 10 * steps);
  expect(left({}, keys.flat())).toBe(0);
});

test('a saved picture says what its rows and columns are', () => {
  expect(pictureCaption({ rows: 'noise', columns: 'samples' }, 'Photo: Cat.')).toBe(
    'Rows: noise level; columns: samples. Photo: Cat.',
  );
});

test('and its name, what it is of', () => {
  expect(pictureName({ rows: 'noise', columns: 'samples' }, 'Rocket')).toEqual(['Rocket', 'noise level by samples']);
  expect(pictureName({ rows: 'photo', columns: 'method' }, 'Rocket')).toEqual(['Photo by method']);
});

test('the time left is told in round words', () => {
  expect([400, 4_999, 5_000, 37_000, 118_000, 121_000, 610_000].map(timeLeft)).toEqual([
    'a few seconds left',
    'a few seconds left',
    'about 5 s left',
    'about 40 s left',
    'about 120 s left',
    'about 2 min left',
    'about 10 min left',
  ]);
});
