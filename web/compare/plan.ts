// What a grid asks for: cells of settings, and the few runs that give them all. Cells that differ in samples, in the reduction
// or in what is drawn of it share a run, which is looked at whenever it has as many samples as one of them wants. Pure.
import {
  affectsOf,
  type Convention,
  conventionOptions,
  type ExplainOptions,
  type MapOptions,
  type MethodEntry,
  type OptionName,
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
  /** The same for cells that show the same map in the same way. */
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

type Affects = ReturnType<typeof affectsOf>;
/** An undefined one says nothing. */
type Said = { [K in keyof RunOptions]: RunOptions[K] | undefined };

const isOption = (name: string): name is OptionName => name in runOptions;

/** The options whose change asks for this, by the table of options, in an order of their own. */
function partOf(options: Said, affects: Affects): RunOptions {
  const part = Object.entries(options).filter(
    ([name, value]) => value !== undefined && isOption(name) && affectsOf(name) === affects,
  );
  return Object.fromEntries(part.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The choices as options: an empty one says nothing, and neither does one that the convention decides and no axis changes. */
function optionsOf(choice: Choice, varied: readonly string[], conventions: readonly Convention[]): RunOptions {
  const decided = decidedBy(conventions);
  const said = Object.entries(choice).filter(
    ([name, value]) =>
      isOption(name) && affectsOf(name) !== 'drawing' && value !== '' && (varied.includes(name) || !decided.has(name)),
  );
  return withConvention(Object.fromEntries(said), conventions);
}

/** Without noise every sample is the same, whatever the seed. */
const noNoise: Said = { noise: 0, sigma: undefined, antithetic: undefined, cleanLast: undefined, samples: 1 };

/** All reductions and conventions are of the same samples, and most have no pairs. */
const noisyOptions = ({ noise, sigma, cleanLast }: RunOptions): Said => ({
  noise: sigma === undefined ? noise : undefined,
  antithetic: false,
  cleanLast: cleanLast || undefined,
});

/** What methods of the same samples have in common, and the one of them that draws those: its result is their mean. */
function familyOf({ method: name, magnitude }: Choice, methods: readonly MethodEntry[]): { family: unknown; sampler: string } {
  const method = methods.find((one) => one.name === name);
  // Other magnitudes are of the mean alone, and a method that has another result may refuse them.
  if (!method || (method.reduction !== 'mean' && magnitude !== 'plain')) return { family: name, sampler: name };
  const family = [method.path, method.rule, method.timesInput];
  const isAlike = ({ path, rule, timesInput, noisy, reduction }: MethodEntry) =>
    noisy === method.noisy && reduction === 'mean' && [path, rule, timesInput].every((value, i) => value === family[i]);
  return { family, sampler: methods.find(isAlike)?.name ?? name };
}

/** The cell, and the run that has it among its stops. */
function resolve(choice: Choice, varied: readonly string[], { methods, conventions }: Tables): [Cell, PlannedRun] {
  const { photo, seed } = choice;
  const method = methods.find(({ name }) => name === choice.method);
  const convention = conventions.find(({ name }) => name === choice.convention);
  const said = optionsOf(choice, varied, convention ? [convention] : []);
  const noisy = (method?.noisy ?? true) && ((said.noise ?? 0) > 0 || said.sigma !== undefined);
  const all: Said = {
    reduction: method?.reduction ?? 'mean',
    ...said,
    ...(method?.path === 'line' ? { steps: runOptions.steps.default } : {}),
    ...(noisy ? noisyOptions(said) : noNoise),
    // What they decide has been said.
    method: undefined,
    convention: undefined,
  };
  const { samples = choice.samples } = all;
  const sampling = { ...partOf(all, 'samples'), seed: noisy ? seed : 0 };
  const map: MapOptions = partOf(all, 'map');
  const drawing = partOf(all, 'drawing');

  // A run whose last sample is clean cannot go on to more samples.
  const { family, sampler } = familyOf(choice, methods);
  const runKey = JSON.stringify([photo, family, sampling, all.cleanLast ? samples : 'any']);
  const key = JSON.stringify([runKey, samples, map, drawing]);
  return [
    { key, photo, options: { ...sampling, method: choice.method, samples }, map, drawing },
    { key: runKey, photo, options: { ...sampling, method: sampler }, stops: [] },
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
