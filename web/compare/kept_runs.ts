// Runs to go on from: a few that the engine holds, and of those that have to make room the samples, as bytes, from which a new
// run goes on to the same bits.
import type { Explanation } from 'smoothgrad';
import type { PlannedRun } from './plan.js';
import type { Subject } from './subject.js';

/** In the engine's memory, which does not shrink: some seven megabytes each. */
const heldRuns = 8;

export interface Held {
  explanation: Explanation;
  samples: number;
  /** Of an earlier run, which this one goes on from: its own are counted without them. */
  readonly before: number;
}

interface Saved {
  samples: number;
  bytes: Uint8Array;
}

export interface KeptRuns {
  samplesOf(run: string): number;
  held(run: string): Held | undefined;
  /** The run, begun if it has to be; paused. Others make room: `isUnfinished` says whose samples are kept then. */
  take(run: PlannedRun, isUnfinished: (run: string) => boolean): Promise<Held>;
  /** Ends it, with its samples. */
  drop(run: string): void;
  clear(): void;
}

export function createKeptRuns(prepare: Subject['prepare']): KeptRuns {
  const held = new Map<string, Held>();
  const saved = new Map<string, Saved>();

  const end = (key: string) => {
    held.get(key)?.explanation.cancel();
    held.delete(key);
  };

  async function makeRoom(isUnfinished: (run: string) => boolean) {
    for (const [key, { explanation, samples }] of [...held].slice(0, -heldRuns)) {
      if (samples > 0 && isUnfinished(key)) saved.set(key, { samples, bytes: await explanation.save() });
      end(key);
    }
    for (const key of saved.keys()) if (!isUnfinished(key)) saved.delete(key);
  }

  async function begin({ key, photo: name, options, stops }: PlannedRun): Promise<Held> {
    const earlier = saved.get(key);
    const before = earlier?.samples ?? 0;
    const { model, photo } = await prepare(name);
    // Which sample is the clean one is told by the whole number of them.
    const samples = Math.max(1, (stops.at(-1)?.samples ?? 1) - before);
    const explanation = model.explain(photo, {
      ...options,
      samples,
      ...(before > 0 ? { firstSample: before } : {}),
      paused: true,
    });
    if (earlier) await explanation.merge(earlier.bytes);
    saved.delete(key);
    return { explanation, samples: before, before };
  }

  return {
    samplesOf: (key) => held.get(key)?.samples ?? saved.get(key)?.samples ?? 0,
    held: (key) => held.get(key),
    async take(run, isUnfinished) {
      const known = held.get(run.key) ?? (await begin(run));
      held.delete(run.key);
      held.set(run.key, known);
      await makeRoom(isUnfinished);
      return known;
    },
    drop(key) {
      end(key);
      saved.delete(key);
    },
    clear() {
      held.clear();
      saved.clear();
    },
  };
}
