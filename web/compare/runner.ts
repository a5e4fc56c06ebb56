// Works a plan off, one run at a time, and hands out each map as soon as its run has the samples for it.
import { type Explanation, follow, type Progress, type RawMap } from 'smoothgrad';
import { engineIsGone } from '../common/failures.js';
import { nextTask, type Plan, passesLeft, type Stop, type Task } from './plan.js';
import type { Subject } from './subject.js';

/** A cell's map. */
export interface Taken {
  raw: RawMap;
  /** The class that was explained. */
  target: number;
}

export interface Listener {
  /** The run is on its way to the maps of these keys; its own is that of the first, to be drawn where it is due: once in a while. */
  progressed(keys: readonly string[], progress: Progress, goal: number, isDue: boolean): void;
  taken(key: string, map: Taken): void;
  /** These keys get no map; the others do, unless the engine itself is gone. */
  failed(keys: readonly string[], error: unknown): void;
  /** Works, rests because it was stopped, or has nothing left to do. */
  changed(): void;
}

export interface Runner {
  /** What is wanted from now on. Maps that are there stay, and a run on its way to one that is wanted goes on. */
  want(plan: Plan): void;
  /** Stops within one sample, and keeps what is there. */
  stop(): void;
  goOn(): void;
  map(key: string): Taken | undefined;
  /** Why there is no map; tried again when something else is wanted. */
  failure(key: string): unknown;
  readonly state: 'working' | 'stopped' | 'done';
  /** Until there is nothing left to do, at the speed of the latest run; undefined before there was one. */
  readonly msLeft: number | undefined;
}

/** Runs that are kept, to go on from when more samples are wanted: a few megabytes each. */
const keptRuns = 4;
/** Maps of earlier grids that are kept: a fifth of a megabyte each. */
const keptMaps = 300;
const previewMs = 250;

interface Going {
  explanation: Explanation;
  samples: number;
}

const keysOf = ({ maps }: Stop) => maps.map(({ key }) => key);

const isReached = ({ samples }: Stop, { done, state }: Progress) => done >= samples || state === 'done';

export function createRunner(prepare: Subject['prepare'], listener: Listener): Runner {
  const maps = new Map<string, Taken>();
  const failures = new Map<string, unknown>();
  const going = new Map<string, Going>();
  let plan: Plan = { rows: [], runs: [] };
  let current: Task | undefined;
  let stopped = false;
  let working = false;
  let msPerPass: number | undefined;

  const settled = (key: string) => maps.has(key) || failures.has(key);
  const wanted = ({ run, stop }: Task) =>
    plan.runs.some(
      ({ key, stops }) =>
        key === run.key && stops.some((other) => other.samples === stop.samples && !keysOf(other).every(settled)),
    );

  const drop = (key: string) => {
    going.get(key)?.explanation.cancel();
    going.delete(key);
  };
  const keep = (key: string, run: Going) => {
    going.delete(key);
    going.set(key, run);
    for (const oldest of [...going.keys()].slice(0, -keptRuns)) drop(oldest);
  };

  /** Takes up the run where it is not past these samples yet, or begins it. */
  async function begin({ run, stop }: Task): Promise<Going> {
    const known = going.get(run.key);
    if (known && known.samples <= stop.samples) {
      if (known.samples < stop.samples) known.explanation.extend(stop.samples);
      return known;
    }
    drop(run.key);
    const { model, photo } = await prepare(run.photo);
    const options = { ...run.options, ...stop.maps[0]?.options, samples: stop.samples, paused: stopped };
    return { explanation: model.explain(photo, options), samples: 0 };
  }

  /** Nothing where it was dropped on its way. */
  async function reach(run: Going, stop: Stop): Promise<Progress | undefined> {
    if (run.samples > 0) await run.explanation.redraw(stop.maps[0]?.options);
    let drawn = performance.now();
    const last = await follow(run.explanation, (progress) => {
      const { done, passes, elapsedMs } = progress;
      run.samples = done;
      if (passes > 0 && elapsedMs > 0) msPerPass = elapsedMs / passes;
      if (isReached(stop, progress)) return false;
      const isDue = performance.now() - drawn > previewMs;
      if (isDue) drawn = performance.now();
      listener.progressed(keysOf(stop), progress, stop.samples, isDue);
      return true;
    });
    return last && isReached(stop, last) ? last : undefined;
  }

  async function perform(task: Task) {
    const run = await begin(task);
    keep(task.run.key, run);
    const last = await reach(run, task.stop);
    if (!last) return;
    for (const [i, { key, options }] of task.stop.maps.entries()) {
      if (maps.has(key)) continue;
      const map = { raw: i === 0 ? last : await run.explanation.map(options), target: last.target };
      maps.set(key, map);
      listener.taken(key, map);
    }
  }

  function fail(task: Task, error: unknown) {
    drop(task.run.key);
    if (engineIsGone(error)) {
      going.clear();
      stopped = true;
    } else for (const key of keysOf(task.stop)) failures.set(key, error);
    listener.failed(keysOf(task.stop), error);
  }

  async function work() {
    if (working) return;
    working = true;
    listener.changed();
    for (;;) {
      current = stopped ? undefined : nextTask(plan, settled);
      if (!current) break;
      const task = current;
      await perform(task).catch((error: unknown) => fail(task, error));
    }
    working = false;
    listener.changed();
  }

  return {
    want(next) {
      plan = next;
      failures.clear();
      const keys = new Set(plan.rows.flat().map(({ key }) => key));
      if (maps.size > keptMaps) for (const key of maps.keys()) if (!keys.has(key)) maps.delete(key);
      // Its iteration ends, and the work goes on with what is wanted.
      if (current && !wanted(current)) drop(current.run.key);
      this.goOn();
    },
    stop() {
      stopped = true;
      if (current) going.get(current.run.key)?.explanation.pause();
      listener.changed();
    },
    goOn() {
      stopped = false;
      if (current) going.get(current.run.key)?.explanation.resume();
      void work();
      listener.changed();
    },
    map: (key) => maps.get(key),
    failure: (key) => failures.get(key),
    get msLeft() {
      return msPerPass && msPerPass * passesLeft(plan, settled, (key) => going.get(key)?.samples ?? 0);
    },
    get state() {
      if (stopped && (current || nextTask(plan, settled))) return 'stopped';
      return working ? 'working' : 'done';
    },
  };
}
