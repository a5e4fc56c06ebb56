// In which order the runs of a plan are worked off: every cell gets a coarse map before any is finished, then one of twice the
// samples, until each is at its goal. Pure.
import type { Plan, PlannedRun, Stop } from './plan.js';

/** How far the first round goes; each further one goes twice as far. */
const coarse = 8;

/** The first number of samples that ends a round, above this one. */
export function roundAfter(samples: number): number {
  let end = coarse;
  while (end <= samples) end *= 2;
  return end;
}

/** A run goes on to so many samples. */
export interface Task {
  run: PlannedRun;
  samples: number;
  /** The maps that are due then, if any are. */
  stop: Stop | undefined;
  /** A round ends there: cells that want more show what there is. */
  endsRound: boolean;
}

/** What is known of the work so far. */
export interface Known {
  /** The map is there, or never will be. */
  has: (key: string) => boolean;
  /** Samples that a run has by now. */
  samplesOf: (run: string) => number;
  /** The cell is on the screen; default: all are. */
  isVisible?: (key: string) => boolean;
}

const lacks = ({ maps }: Stop, has: Known['has']) => maps.some(({ key }) => !has(key));

/** Looks at the run that still lack a map, the nearest first. */
export const stopsLeft = ({ stops }: PlannedRun, has: Known['has']): Stop[] => stops.filter((stop) => lacks(stop, has));

/** Samples that the run can go on from: one that is past its next stop begins anew. */
function madeOf({ key }: PlannedRun, [next]: readonly Stop[], samplesOf: Known['samplesOf']): number {
  const made = samplesOf(key);
  return next && made <= next.samples ? made : 0;
}

function taskOf(run: PlannedRun, { has, samplesOf }: Known): Task | undefined {
  const left = stopsLeft(run, has);
  const [next] = left;
  if (!next) return undefined;
  const made = madeOf(run, left, samplesOf);
  // One that has what is due has yet to be asked for the maps.
  const end = made === next.samples ? made : Math.min(next.samples, roundAfter(made));
  const stop = end === next.samples ? next : undefined;
  return { run, samples: end, stop, endsRound: end === roundAfter(end - 1) };
}

/** Passes that the run has made when the task's round ends. */
const cost = ({ run: { options, stops }, samples }: Task) =>
  Math.min(stops.at(-1)?.samples ?? 0, roundAfter(samples - 1)) * (options.steps ?? 1);

/** What is to be computed next: the earliest round first; within it what is visible, then what is cheap. Nothing when all is there. */
export function nextTask({ runs }: Plan, known: Known): Task | undefined {
  const { has, isVisible = () => true } = known;
  const hidden = ({ run }: Task) =>
    Number(!stopsLeft(run, has).some(({ maps }) => maps.some(({ key }) => !has(key) && isVisible(key))));
  const ranked = runs.flatMap((run) => {
    const task = taskOf(run, known);
    return task ? [{ task, rank: [roundAfter(task.samples - 1), hidden(task), cost(task)] }] : [];
  });
  const before = (a: number[], b: number[]) => a.map((value, i) => value - (b[i] as number)).find((by) => by !== 0) ?? 0;
  // Equal ones stay in the order of the grid.
  return ranked.sort((a, b) => before(a.rank, b.rank))[0]?.task;
}

/** Forward and backward passes until all maps are there. */
export function passesLeft({ runs }: Plan, { has, samplesOf }: Known): number {
  const left = runs.map((run) => {
    const stops = stopsLeft(run, has);
    return ((stops.at(-1)?.samples ?? 0) - madeOf(run, stops, samplesOf)) * (run.options.steps ?? 1);
  });
  return left.reduce((sum, passes) => sum + passes, 0);
}

/** Samples that the plan takes, and that its maps would take if each were computed for itself. */
export function samplesNeeded({ runs }: Plan): { shared: number; alone: number } {
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    shared: sum(runs.map(({ stops }) => stops.at(-1)?.samples ?? 0)),
    alone: sum(runs.flatMap(({ stops }) => stops.map(({ samples, maps }) => samples * maps.length))),
  };
}
