// What a grid asks for: cells of settings, and the few runs that give them all. Cells that differ in samples, in the reduction
// or in what is drawn of it share a run, which is looked at whenever it has as many samples as one of them wants. Pure.
import {
  type Convention,
  conventionOptions,
  type ExplainOptions,
  type MapOptions,
  type MethodEntry,
  type RunOptions,
  runOptions,
  withConvention,
} from 'smoothgrad';

/** One value for everything that a cell's map depends on. */
export interface Choice {
  photo: string;
  /** Class index; undefined: the most probable class of the photo. */
  target: number | undefined;
  method: string;
  noise: number;
  samples: number;
  /** Another tool's arithmetic; empty: none, the settings count. */
  convention: string;
  /** Empty: the method's own. */
  reduction: string;
  magnitude: string;
  window: number;
  seed: number;
}

/** The tables of the engine that decide what can be shared. */
export interface Tables {
  methods: readonly MethodEntry[];
  conventions: readonly Convention[];
}

export interface Cell {
  /** The same for cells that show the same map. */
  key: string;
  photo: string;
  /** As they are after the convention and the method had their say. */
  options: ExplainOptions & { method: string; samples: number; seed: number };
  map: MapOptions;
  drawing: { percentile?: number; fromLowest?: boolean };
}

/** The run has so many samples: time to take these maps. */
export interface Stop {
  samples: number;
  maps: { key: string; options: MapOptions }[];
}

export interface PlannedRun {
  key: string;
  photo: string;
  /** Without samples: those are the stops'. */
  options: ExplainOptions;
  stops: Stop[];
}

export interface Plan {
  rows: Cell[][];
  /** In the order of their first cells, row by row. */
  runs: PlannedRun[];
}

/** Names of all that these conventions decide, where no axis does. */
export const decidedBy = (conventions: readonly Convention[]): Set<string> =>
  new Set(conventions.flatMap((convention) => Object.keys(conventionOptions(convention))));

/** The choices as options: an empty one says nothing, and neither does one that the convention decides and no axis changes. */
function optionsOf(choice: Choice, varied: readonly string[], conventions: readonly Convention[]): RunOptions {
  const decided = decidedBy(conventions);
  const said = Object.entries(choice).filter(([name, value]) => value !== '' && (varied.includes(name) || !decided.has(name)));
  return withConvention(Object.fromEntries(said), conventions);
}

function drawingOf(convention: Convention | undefined): Cell['drawing'] {
  if (!convention) return {};
  const { percentile, fromLowest } = conventionOptions(convention);
  return { percentile, fromLowest };
}

/** The cell, and the run that has it among its stops. */
function resolve(choice: Choice, varied: readonly string[], { methods, conventions }: Tables): [Cell, PlannedRun] {
  const { photo, seed, magnitude, window } = choice;
  const method = methods.find(({ name }) => name === choice.method);
  const convention = conventions.find(({ name }) => name === choice.convention);
  const all = optionsOf(choice, varied, convention ? [convention] : []);
  const { target, noise = 0, sigma, cleanLast = false, reduction = method?.reduction ?? 'mean', channels } = all;
  const noisy = (method?.noisy ?? true) && (noise > 0 || sigma !== undefined);
  // Without noise every sample is the same.
  const samples = noisy ? (all.samples ?? choice.samples) : 1;
  const shared = {
    ...(target === undefined ? {} : { target }),
    ...(method?.path === 'line' ? { steps: runOptions.steps.default } : {}),
    ...(!noisy ? { noise: 0 } : sigma === undefined ? { noise } : { sigma }),
    // All reductions and conventions are of the same samples, and most have no pairs.
    ...(noisy ? { antithetic: false } : {}),
    ...(noisy && cleanLast ? { cleanLast } : {}),
    seed: noisy ? seed : 0,
  };

  // A run whose last sample is clean cannot go on to more samples.
  const family = method ? [method.path, method.rule, method.timesInput] : choice.method;
  const runKey = JSON.stringify([photo, family, shared, shared.cleanLast ? samples : 'any']);
  const map = { reduction, magnitude, window, ...(channels === undefined ? {} : { channels }) };
  const key = JSON.stringify([runKey, samples, map]);
  const options = { ...shared, method: choice.method };
  return [
    { key, photo, options: { ...options, samples }, map, drawing: drawingOf(convention) },
    { key: runKey, photo, options, stops: [] },
  ];
}

function addStop(stops: Stop[], { key, map, options: { samples } }: Cell) {
  let stop = stops.find((known) => known.samples === samples);
  if (!stop) {
    stop = { samples, maps: [] };
    stops.push(stop);
    stops.sort((a, b) => a.samples - b.samples);
  }
  if (!stop.maps.some((known) => known.key === key)) stop.maps.push({ key, options: map });
}

/** The grid whose rows and columns change the given choices; what neither changes is fixed. */
export function planGrid(
  fixed: Choice,
  rows: readonly Partial<Choice>[],
  columns: readonly Partial<Choice>[],
  tables: Tables,
): Plan {
  const runs = new Map<string, PlannedRun>();
  const cells = rows.map((row) =>
    columns.map((column) => {
      const varied = { ...row, ...column };
      const [cell, run] = resolve({ ...fixed, ...varied }, Object.keys(varied), tables);
      const known = runs.get(run.key) ?? run;
      runs.set(run.key, known);
      addStop(known.stops, cell);
      return cell;
    }),
  );
  return { rows: cells, runs: [...runs.values()] };
}

export interface Task {
  run: PlannedRun;
  stop: Stop;
}

/** What is to be computed next, given the maps that are there; nothing when all are. */
export function nextTask({ runs }: Plan, has: (key: string) => boolean): Task | undefined {
  for (const run of runs) {
    const stop = run.stops.find(({ maps }) => maps.some(({ key }) => !has(key)));
    if (stop) return { run, stop };
  }
  return undefined;
}

/** Forward and backward passes until all maps are there; `samplesOf`: how many samples a run has by now. */
export function passesLeft({ runs }: Plan, has: (key: string) => boolean, samplesOf: (run: string) => number): number {
  const left = runs.map(({ key, options, stops }) => {
    const missing = stops.filter(({ maps }) => maps.some((map) => !has(map.key)));
    const [first, last] = [missing.at(0), missing.at(-1)];
    if (!first || !last) return 0;
    const made = samplesOf(key);
    // One that is past its next stop begins anew.
    return (last.samples - (made <= first.samples ? made : 0)) * (options.steps ?? 1);
  });
  return left.reduce((sum, passes) => sum + passes, 0);
}
