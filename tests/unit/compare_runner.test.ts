// The grid's work, with an engine that counts: each sample is computed once, also where runs have to make room for others, and
// what a cell gets is what it would get by itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Model } from 'smoothgrad';
import { type Choice, planGrid, type Tables } from '../../web/compare/plan.js';
import { createRunner, type Listener } from '../../web/compare/runner.js';
import type { Subject } from '../../web/compare/subject.js';

const method = { title: '', path: 'point', rule: 'gradient', reduction: 'mean', timesInput: false, antithetic: true };
const tables = {
  methods: [
    { ...method, name: 'smoothgrad', noisy: true },
    { ...method, name: 'gradient', noisy: false },
  ],
  conventions: [],
} as unknown as Tables;
const fixed: Choice = {
  ...{ photo: 'cat', target: undefined, method: 'smoothgrad', noise: 0.15, samples: 50, convention: '' },
  ...{ reduction: '', magnitude: 'plain', window: 0, seed: 3 },
};

function refuse(look?: { magnitude: string }) {
  if (look?.magnitude === 'refused') throw new Error('not that');
}

/** A model whose map of samples is the sum of their numbers, and what it was asked for. */
function counting() {
  const computed: string[] = [];
  let [open, mostOpen, saves] = [0, 0, 0];
  const explain = (_: unknown, { noise, samples: goal, firstSample: first = 0 }: Record<string, number>) => {
    let [end, sum, before] = [goal as number, 0, 0];
    let [own, cancelled, paused] = [0, false, true];
    let wake = () => {};
    mostOpen = Math.max(mostOpen, ++open);
    const frame = () => ({
      ...{ state: own >= end ? 'done' : 'running', done: before + own, passes: own, elapsedMs: own, target: 7 },
      ...{ map: new Float32Array([sum]), width: 1, height: 1 },
    });
    return {
      async *[Symbol.asyncIterator]() {
        for (;;) {
          while (paused && own < end && !cancelled) await new Promise<void>((resolve) => (wake = resolve));
          if (cancelled) return;
          if (own < end) {
            computed.push(`${noise} ${first + own}`);
            sum += first + own + 1;
            own++;
          }
          yield frame();
          if (own >= end) return;
          await new Promise(setImmediate);
        }
      },
      pause: () => (paused = true),
      resume() {
        paused = false;
        wake();
      },
      extend(samples: number) {
        end = samples;
        wake();
      },
      cancel() {
        if (!cancelled) open--;
        cancelled = true;
        wake();
      },
      async redraw(look?: { magnitude: string }) {
        refuse(look);
        return frame();
      },
      async map(look: { magnitude: string }) {
        refuse(look);
        return { map: new Float32Array([sum]), width: 1, height: 1 };
      },
      async save() {
        saves++;
        return new Uint8Array(new Float64Array([before + own, sum]).buffer);
      },
      async merge(bytes: Uint8Array) {
        const [samples = 0, theirs = 0] = new Float64Array(bytes.buffer);
        assert.equal(samples, first, 'goes on where the saved one ended');
        before += samples;
        sum += theirs;
      },
    };
  };
  const model = { explain } as unknown as Model;
  return {
    prepare: (async () => ({ model, photo: {} })) as unknown as Subject['prepare'],
    computed,
    figures: () => ({ mostOpen, saves }),
  };
}

const values = <K extends keyof Choice>(key: K, all: Choice[K][]) => all.map((value) => ({ [key]: value }) as Partial<Choice>);
const nothing: Listener = {
  progressed() {},
  sketched() {},
  taken() {},
  failed() {},
  changed() {},
  isVisible: () => true,
};

/** Works until it rests. */
async function rest(runner: ReturnType<typeof createRunner>) {
  while (runner.state === 'working') await new Promise(setImmediate);
}

const sumTo = (n: number) => (n * (n + 1)) / 2;

test('every cell has the map of its own samples, and each sample is computed once, by more runs than are held', async () => {
  const noises = Array.from({ length: 12 }, (_, i) => (i + 1) / 100);
  const plan = planGrid(fixed, values('noise', noises), values('samples', [5, 16, 20]), tables);
  const { prepare, computed, figures } = counting();
  const sketches = new Map<string, number>();
  const runner = createRunner(prepare, {
    ...nothing,
    sketched: (keys, { map }) => {
      for (const key of keys) if (map[0] === sumTo(8)) sketches.set(key, runner.map(key) ? 1 : 0);
    },
  });
  runner.want(plan);
  await rest(runner);
  for (const { key, options } of plan.rows.flat()) {
    assert.equal(runner.map(key)?.raw.map[0], sumTo(options.samples), key);
    assert.equal(runner.map(key)?.target, 7);
    // Those that want more than the first round showed that.
    assert.equal(sketches.get(key), options.samples > 8 ? 0 : undefined);
  }
  assert.equal(computed.length, 12 * 20);
  assert.equal(new Set(computed).size, computed.length);
  // The first round is over for all before the second begins.
  assert.ok(computed.slice(0, 12 * 8).every((sample) => Number(sample.split(' ')[1]) < 8));
  assert.ok(figures().saves > 0);
  assert.ok(figures().mostOpen <= 9, `${figures().mostOpen} runs at once`);
  assert.equal(runner.state, 'done');
  assert.equal(runner.msLeft, 0);
});

test('stopped and gone on with, and asked for more: nothing is computed twice', async () => {
  const { prepare, computed } = counting();
  const runner = createRunner(prepare, {
    ...nothing,
    progressed: (_, samples) => {
      if (samples === 11) runner.stop();
    },
  });
  const noises = values('noise', [0.1, 0.2]);
  runner.want(planGrid(fixed, noises, values('samples', [20]), tables));
  await rest(runner);
  assert.equal(runner.state, 'stopped');
  assert.ok(computed.length < 40);
  const left = runner.msLeft as number;
  assert.ok(left > 0 && left <= 40 - computed.length, `${left}`);
  // The second run stops at its eleventh sample, too.
  for (let i = 0; i < 2; i++) {
    runner.goOn();
    await rest(runner);
  }
  runner.want(planGrid(fixed, noises, values('samples', [20, 30]), tables));
  await rest(runner);
  assert.equal(runner.state, 'done');
  assert.equal(computed.length, 60);
  assert.equal(new Set(computed).size, 60);
});

test('another grid meanwhile: the run under way keeps what it has', async () => {
  const { prepare, computed } = counting();
  const two = planGrid(fixed, values('noise', [0.1, 0.2]), values('samples', [64]), tables);
  let asked = false;
  const runner = createRunner(prepare, {
    ...nothing,
    progressed: (_, samples) => {
      if (samples !== 20 || asked) return;
      asked = true;
      runner.want(planGrid(fixed, values('noise', [0.3]), values('samples', [4]), tables));
    },
  });
  runner.want(two);
  await rest(runner);
  assert.equal(computed.filter((sample) => sample.startsWith('0.3')).length, 4);
  runner.want(two);
  await rest(runner);
  assert.equal(new Set(computed).size, 4 + 2 * 64);
  assert.equal(computed.length, 4 + 2 * 64);
});

test('a map that is refused fails alone', async () => {
  const failed: string[] = [];
  const { prepare } = counting();
  const runner = createRunner(prepare, { ...nothing, failed: (keys) => failed.push(...keys) });
  const plan = planGrid(fixed, [{}], values('magnitude', ['refused', 'plain']), tables);
  runner.want(plan);
  await rest(runner);
  const [refused, plain] = plan.rows[0] ?? [];
  assert.deepEqual(failed, [refused?.key]);
  assert.match(String(runner.failure(refused?.key as string)), /not that/);
  assert.equal(runner.map(plain?.key as string)?.raw.map[0], sumTo(50));
});
