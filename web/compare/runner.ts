// Works a plan off, one run at a time and round by round, and hands out each map as soon as its run has the samples for it.
import { follow, type MapOptions, type RawMap, type SampledProgress } from 'smoothgrad';
import { engineIsGone } from '../common/failures.js';
import { createKeptRuns, type Held } from './kept_runs.js';
import type { Plan, PlannedRun } from './plan.js';
import { type Known, nextTask, passesLeft, stopsLeft, type Task } from './rounds.js';
import { createSpeed } from './speed.js';
import type { Subject } from './subject.js';

/** A cell's map. */
export interface Taken {
  raw: RawMap;
  /** The class that was explained. */
  target: number;
}

/** A cell that its run is on its way to. */
export interface Waiting {
  key: string;
  goal: number;
  options: MapOptions;
}

export interface Listener {
  /** Their run has so many samples. */
  progressed(cells: readonly Waiting[], samples: number): void;
  /** The map of what there is by now of these cells, to be shown meanwhile. */
  sketched(keys: readonly string[], raw: RawMap): void;
  taken(key: string, map: Taken): void;
  /** These keys get no map; the others do, unless the engine itself is gone. */
  failed(keys: readonly string[], error: unknown): void;
  /** Works, rests because it was stopped, or has nothing left to do. */
  changed(): void;
  isVisible(key: string): boolean;
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
  /** Until there is nothing left to do, at the speed of late; undefined before there was one. */
  readonly msLeft: number | undefined;
}

/** Maps of earlier grids that are kept: a fifth of a megabyte each. */
const keptMaps = 300;
const previewMs = 250;

/** The same for cells that show the same of the same samples. */
const lookOf = ({ options }: Waiting) => JSON.stringify(options);
const keysOf = (cells: readonly { key: string }[]) => cells.map(({ key }) => key);

export function createRunner(prepare: Subject['prepare'], listener: Listener): Runner {
  const maps = new Map<string, Taken>();
  const failures = new Map<string, unknown>();
  const runs = createKeptRuns(prepare);
  const speed = createSpeed();
  let plan: Plan = { rows: [], runs: [] };
  let current: Task | undefined;
  /** The current one has its goal, so that it may run. */
  let isOnItsWay = false;
  let stopped = false;
  let working = false;

  const known: Known = {
    has: (key) => maps.has(key) || failures.has(key),
    samplesOf: runs.samplesOf,
    isVisible: listener.isVisible,
  };
  const waitingOf = (run: PlannedRun): Waiting[] =>
    stopsLeft(run, known.has).flatMap(({ samples, maps: all }) =>
      all.filter(({ key }) => !known.has(key)).map(({ key, options }) => ({ key, options, goal: samples })),
    );
  const isUnfinished = (key: string) => plan.runs.some((run) => run.key === key && stopsLeft(run, known.has).length > 0);
  /** Nothing that is wanted lies before its end. */
  const wanted = ({ run, samples }: Task) => {
    const [next] = plan.runs.filter(({ key }) => key === run.key).flatMap((same) => stopsLeft(same, known.has));
    return next !== undefined && next.samples >= samples;
  };

  /** Nothing where it was dropped on its way. */
  async function reach(task: Task, held: Held): Promise<SampledProgress | undefined> {
    const { run, samples } = task;
    const { explanation, before } = held;
    const [first] = waitingOf(run);
    // A look that is refused is told of when its map is due.
    let last: SampledProgress | undefined = await explanation.redraw(first?.options).catch(() => explanation.redraw());
    let drawn = performance.now();
    // Something else may have been asked for meanwhile.
    if (last.done < samples && wanted(task)) {
      if (stopped) explanation.pause();
      explanation.extend(samples - before);
      isOnItsWay = true;
      if (!stopped) explanation.resume();
      let { passes, elapsedMs } = last;
      last = await follow(explanation, (progress) => {
        held.samples = progress.done;
        speed.add(progress.passes - passes, progress.elapsedMs - elapsedMs);
        ({ passes, elapsedMs } = progress);
        const cells = waitingOf(run);
        listener.progressed(cells, progress.done);
        if (progress.state !== 'done' && performance.now() - drawn > previewMs) {
          drawn = performance.now();
          listener.sketched(keysOf(cells.filter((cell) => first && lookOf(cell) === lookOf(first))), progress);
        }
        listener.changed();
      });
    }
    return last;
  }

  /** All cells that have to wait for more samples show what there is. */
  async function sketch({ run }: Task, { explanation }: Held) {
    const cells = waitingOf(run);
    for (const look of new Set(cells.map(lookOf))) {
      const alike = cells.filter((cell) => lookOf(cell) === look);
      // One that cannot be made is told of when it is due.
      const raw = await explanation.map(alike[0]?.options).catch(() => undefined);
      if (raw) listener.sketched(keysOf(alike), raw);
    }
  }

  async function perform(task: Task) {
    const held = await runs.take(task.run, (key) => key === task.run.key || isUnfinished(key));
    if (current !== task) return;
    const last = await reach(task, held);
    if (!last || last.done < task.samples) return;
    held.samples = last.done;
    for (const { key, options } of task.stop?.maps ?? []) {
      if (known.has(key)) continue;
      try {
        const map = { raw: await held.explanation.map(options), target: last.target };
        maps.set(key, map);
        listener.taken(key, map);
      } catch (error) {
        if (engineIsGone(error)) throw error;
        failures.set(key, error);
        listener.failed([key], error);
      }
    }
    if (task.endsRound) await sketch(task, held);
  }

  function fail({ run }: Task, error: unknown) {
    const [next] = stopsLeft(run, known.has);
    const keys = keysOf(next?.maps ?? []).filter((key) => !known.has(key));
    if (engineIsGone(error)) {
      runs.clear();
      stopped = true;
    } else {
      runs.drop(run.key);
      for (const key of keys) failures.set(key, error);
    }
    listener.failed(keys, error);
  }

  async function work() {
    if (working) return;
    working = true;
    listener.changed();
    for (;;) {
      current = stopped ? undefined : nextTask(plan, known);
      if (!current) break;
      const task = current;
      await perform(task).catch((error: unknown) => fail(task, error));
      isOnItsWay = false;
    }
    working = false;
    listener.changed();
  }

  /** The current task ends early; its run keeps what it has. */
  function leave({ run }: Task) {
    const held = runs.held(run.key);
    if (held && isOnItsWay) held.explanation.extend(Math.max(1, held.samples - held.before));
  }

  return {
    want(next) {
      plan = next;
      failures.clear();
      const keys = new Set(plan.rows.flat().map(({ key }) => key));
      if (maps.size > keptMaps) for (const key of maps.keys()) if (!keys.has(key)) maps.delete(key);
      if (current && !wanted(current)) leave(current);
      this.goOn();
    },
    stop() {
      stopped = true;
      if (current && isOnItsWay) runs.held(current.run.key)?.explanation.pause();
      listener.changed();
    },
    goOn() {
      stopped = false;
      if (current && isOnItsWay) runs.held(current.run.key)?.explanation.resume();
      void work();
      listener.changed();
    },
    map: (key) => maps.get(key),
    failure: (key) => failures.get(key),
    get msLeft() {
      return speed.msPerPass && speed.msPerPass * passesLeft(plan, known);
    },
    get state() {
      if (stopped && (current || nextTask(plan, known))) return 'stopped';
      return working ? 'working' : 'done';
    },
  };
}
