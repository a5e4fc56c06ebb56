// smoothgrad study --dataset: the figures of each photo by smoothgrad batch, which goes on where it was stopped and does shares;
// then, once all are there, their means with intervals.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SmoothGradError } from '../api/errors.js';
import { checkWhole } from '../options/check_values.js';
import { type DatasetRow, summarise } from '../study/dataset/summary.js';
import { inSixDigits } from '../study/numbers.js';
import { dataset as sizes } from '../study/sizes.js';
import type { BadLine, Entry } from './batch/entries.js';
import type { Identity } from './batch/identity.js';
import { readAllResults } from './batch/shares.js';
import { batchOf } from './batch.js';
import { checkOutputs } from './outputs.js';
import { print } from './terminal.js';
import { writeWhole } from './whole_file.js';

export interface DatasetCommand {
  dataset: string;
  model: string;
  seed: number;
  output?: string;
  threads?: number;
  list?: string;
  shard?: string;
  reproducible?: true;
}

const groupOf = ({ id, more }: Entry) => (typeof more.group === 'string' ? more.group : id);

/** Each photo with the next one of another group beside it, where its line names none. */
export function withNeighbours(entries: readonly (Entry | BadLine)[]): (Entry | BadLine)[] {
  const photos = entries.filter((entry): entry is Entry => !('line' in entry));
  const neighbours = new Map<Entry, Entry | undefined>();
  // From behind, twice round: where the next one is of the same group, its neighbour is this one's, too.
  for (const _ of [1, 2]) {
    for (const [i, photo] of [...photos.entries()].reverse()) {
      const next = photos[(i + 1) % photos.length] as Entry;
      neighbours.set(photo, groupOf(next) === groupOf(photo) ? neighbours.get(next) : next);
    }
  }
  return entries.map((entry) => {
    if ('line' in entry || entry.more.beside !== undefined) return entry;
    const beside = neighbours.get(entry);
    return beside === undefined ? entry : { ...entry, more: { ...entry.more, beside: beside.photo } };
  });
}

/** Of a folder that is not there: none. */
function resultsIn(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => /^results(-\d+-of-\d+)?\.jsonl$/.test(name)).map((name) => join(folder, name));
}

async function rowsIn(folder: string): Promise<{ rows: DatasetRow[]; failed: number; run: Identity }> {
  const { lines, run } = await readAllResults(resultsIn(folder));
  const rows = lines.flatMap(({ id, group, measures }) =>
    measures === undefined
      ? []
      : [{ group: typeof group === 'string' ? group : id, figures: measures as DatasetRow['figures'] }],
  );
  if (run === undefined || rows.length === 0)
    throw new SmoothGradError('not-found', `${folder} has no figures of photos: give the photos, or --list with them`);
  return { rows, failed: lines.length - rows.length, run };
}

export async function studyDataset(paths: string[], command: DatasetCommand): Promise<number> {
  const { dataset, output = 'dataset.json', shard, list, model, seed } = command;
  checkOutputs({ '--output': [output] }, paths);
  checkWhole('--seed', seed, 0, Number.MAX_SAFE_INTEGER - 1);
  let code = 0;
  if (paths.length > 0 || list !== undefined) {
    const { threads, reproducible } = command;
    const settings = {
      ...{ model, seed, output: dataset, method: 'gradient', measures: 'study' },
      ...(list === undefined ? {} : { list }),
      ...(shard === undefined ? {} : { shard }),
      ...(threads === undefined ? {} : { threads }),
      ...(reproducible === undefined ? {} : { reproducible }),
    };
    code = await batchOf(paths, settings, withNeighbours);
    if (shard !== undefined) {
      print(`share ${shard} -> ${dataset}; with all there: smoothgrad study --dataset ${dataset}`);
      return code;
    }
  }
  const { rows, failed, run } = await rowsIn(dataset);
  const figures = summarise(rows);
  const groups = new Set(rows.map(({ group }) => group)).size;
  const { samples, viewSamples, reference, levelSamples, evaluations, pairSamples, perturbationSteps } = sizes;
  const file = {
    ...{ format: 'smoothgrad-dataset-study', version: 1, date: new Date().toISOString().slice(0, 10), run },
    ...{ photos: rows.length, groups, failed },
    sizes: { samples, viewSamples, reference, levelSamples, evaluations, pairSamples, perturbationSteps },
    figures,
  };
  await writeWhole(output, `${JSON.stringify(file, inSixDigits, 1)}\n`);
  print(`${rows.length} photos in ${groups} groups -> ${output}`);
  return code;
}
