// smoothgrad study: the paper's questions, measured on photos; one part after the other, each written as soon as it is there.
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { badOption } from '../api/errors.js';
import type { Engine } from '../api/index.js';
import { createEngine } from '../node.js';
import { checkWhole } from '../options/check_values.js';
import { type Made, otherModels, type PartName, parts } from '../study/parts.js';
import { noPictures, picturesIn } from '../study/pictures.js';
import { noSavedRuns, savedRunsIn } from '../study/saved_runs.js';
import { openSession, readPhotos } from '../study/session.js';
import { full, quick } from '../study/sizes.js';
import { newStudy, readStudy, writeStudy } from '../study/study_file.js';
import { dashed } from './flags.js';
import { checkOutputs } from './outputs.js';
import { studyDataset } from './study_dataset.js';
import { print, sayWhenStopped } from './terminal.js';

export interface StudyCommand {
  model: string;
  output?: string;
  only?: string;
  quick?: true;
  seed: number;
  threads?: number;
  pictures?: string;
  mergeInto?: string;
  further?: string[];
  savedRuns?: string;
  dataset?: string;
  list?: string;
  shard?: string;
  reproducible?: true;
}

export const partNames = Object.keys(parts) as PartName[];

function chosenParts(only: string | undefined): PartName[] {
  const wanted = only?.split(',').map((name) => name.trim()) ?? partNames;
  const wrong = wanted.find((name) => !partNames.includes(name as PartName));
  if (wrong !== undefined)
    throw badOption(`--only must be some of ${partNames.join(',')}, with commas between, not "${wrong}"`);
  return partNames.filter((name) => wanted.includes(name));
}

const ofDatasets = ['list', 'shard', 'reproducible'] as const;
const ofPhotos = ['only', 'mergeInto', 'quick', 'pictures', 'further', 'savedRuns'] as const;

/** Throws `bad-option` for what only the other kind of study has. */
function checkKind(paths: readonly string[], command: StudyCommand): void {
  const isDataset = command.dataset !== undefined;
  const other = (isDataset ? ofPhotos : ofDatasets).find((name) => command[name] !== undefined);
  if (other !== undefined) throw badOption(`${dashed(other)} is ${isDataset ? 'not for' : 'only for'} a study with --dataset`);
  if (!isDataset && paths.length === 0) throw badOption('give photos, or --dataset with the folder of figures');
}

function circumstances(engine: Engine, model: string, command: StudyCommand): Omit<Made, 'date' | 'seconds'> {
  const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };
  const cores = cpus();
  return {
    package: version,
    build: engine.build,
    threads: engine.threads,
    machine: `${cores.length} x ${cores[0]?.model.trim() ?? 'unknown'}, ${process.platform}, Node ${process.versions.node}`,
    model,
    seed: command.seed,
    quick: command.quick === true,
  };
}

export async function study(paths: string[], command: StudyCommand): Promise<number> {
  checkKind(paths, command);
  if (command.dataset !== undefined) return studyDataset(paths, { ...command, dataset: command.dataset });
  const chosen = chosenParts(command.only);
  const output = command.output ?? command.mergeInto ?? 'study.json';
  checkOutputs({ '--output': [output] }, [...paths, ...(command.further ?? [])]);
  checkWhole('--seed', command.seed, 0, Number.MAX_SAFE_INTEGER - 1);
  const engine = await createEngine(command.threads === undefined ? {} : { threads: command.threads });
  try {
    const photoModel = await engine.loadModel(command.model);
    const all = await readPhotos(photoModel, [...paths, ...(command.further ?? [])]);
    const photos = all.slice(0, paths.length);
    const known = photos.map(({ name, target }) => ({ name, target }));
    const file = command.mergeInto === undefined ? newStudy(known) : await readStudy(command.mergeInto, known);
    const pictures = command.pictures === undefined ? noPictures : await picturesIn(command.pictures);
    const savedRuns = command.savedRuns === undefined ? noSavedRuns : await savedRunsIn(command.savedRuns);
    const session = openSession({
      ...{ engine, model: photoModel, source: command.model, photos, further: all.slice(paths.length) },
      ...{ sizes: command.quick ? quick : full, seed: command.seed, pictures, savedRuns },
    });
    const written: PartName[] = [];
    const missing = () => chosen.filter((name) => !written.includes(name)).join(', ');
    const forget = sayWhenStopped(() => `${written.join(', ') || 'nothing'} is in ${output}, not ${missing()}`);
    for (const name of chosen) {
      const begin = performance.now();
      const figures = await parts[name](session);
      const seconds = (performance.now() - begin) / 1000;
      const model = otherModels[name] ?? photoModel.name;
      const made = { date: new Date().toISOString().slice(0, 10), seconds, ...circumstances(engine, model, command) };
      Object.assign(file.parts, { [name]: { made, ...figures } });
      await writeStudy(output, file);
      written.push(name);
      print(`${name}: ${seconds.toFixed(0)} s -> ${output}`);
    }
    forget();
    return 0;
  } finally {
    engine.close();
  }
}
