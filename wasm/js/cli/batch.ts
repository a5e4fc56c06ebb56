// smoothgrad batch: photos by the thousand, each on one lane, with what was done before left as it is.

import { availableParallelism } from 'node:os';
import { badOption } from '../api/errors.js';
import { checkName, checkWhole } from '../options/check_values.js';
import { given } from './arguments.js';
import { BatchWork } from './batch/batch_work.js';
import { type BadLine, type Entry, entriesOf, standardInput } from './batch/entries.js';
import { identityOf } from './batch/identity.js';
import { Lanes } from './batch/lanes.js';
import { measuresOf } from './batch/measures.js';
import type { Outputs } from './batch/outputs.js';
import { openParquet } from './batch/parquet.js';
import { BatchProgress } from './batch/progress.js';
import { ResultStore } from './batch/result_store.js';
import { isOf, shareOf, whole } from './batch/share.js';
import { checkReproducible, type RunCommand } from './explain_options.js';
import { dashed } from './flags.js';
import type { ModelFlags } from './model_flags.js';
import { note, sayWhenStopped } from './terminal.js';

export interface BatchCommand extends RunCommand, ModelFlags, Pick<Outputs, 'maps'> {
  list?: string;
  json?: true;
  output?: string;
  attributions?: string | true;
  measures?: string;
  parquet?: true;
  shard?: string;
  threads?: number;
}

const types = ['float32', 'float16'] as const;

function outputsFrom({ maps, attributions, parquet, measures, output }: BatchCommand): Outputs {
  const files = given({ maps, attributions, parquet }, 'maps', 'attributions', 'parquet');
  const [first] = Object.keys(files);
  if (first !== undefined && output === undefined) throw badOption(`${dashed(first)} needs --output, the folder of its files`);
  const type = attributions === true ? types[0] : attributions;
  if (type !== undefined)
    checkName(
      '--attributions',
      type,
      types.map((name) => ({ name })),
    );
  return {
    ...given({ maps }, 'maps'),
    ...(type === undefined ? {} : { attributions: type as (typeof types)[number] }),
    ...(measures === undefined ? {} : { measures: measuresOf(measures) }),
  };
}

type Entries = (Entry | BadLine)[];

/** `arrange`: what is done with entries that are all known. */
export async function batchOf(
  photos: string[],
  command: BatchCommand,
  arrange: (entries: Entries) => Entries,
): Promise<number> {
  const { threads = availableParallelism(), list, output, json, reproducible, shard } = command;
  checkWhole('--threads', threads, 1, 1024);
  if (photos.length === 0 && list === undefined)
    throw badOption('give photos, folders or patterns, or a list of them: --list FILE, or - for standard input');
  checkReproducible(command);
  const outputs = outputsFrom(command);
  const share = shard === undefined ? whole : shareOf(shard);
  const table = command.parquet ? await openParquet() : undefined;
  const found = await entriesOf(photos, list);
  const entries = Array.isArray(found) ? arrange(found) : found;
  const { maps: _maps, attributions: _attributions, measures: _measures, ...others } = command;
  const lanes = new Lanes(threads, {
    command: { ...others, ...outputs },
    build: reproducible ? 'simd' : undefined,
    folder: output,
  });
  try {
    const { notes, ...made } = await lanes.open();
    const identity = await identityOf(made);
    const store = output === undefined ? undefined : await ResultStore.open(output, share, identity);
    notes.forEach(note);
    const ours = Array.isArray(entries) ? entries.filter((entry) => 'line' in entry || isOf(entry.id, share)) : undefined;
    const work = new BatchWork(
      identity,
      outputs,
      share,
      { store, folder: output, print: store === undefined || json === true },
      new BatchProgress(ours?.length),
    );
    const forget = sayWhenStopped(() => work.soFar());
    try {
      await lanes.work(work.jobs(ours ?? entries), (entry, answer) => work.take(entry, answer));
      await store?.finish(table);
    } finally {
      forget();
      await store?.close();
    }
    return work.end();
  } finally {
    await lanes.close();
    // Whoever writes to it may not be done, and nobody reads any more.
    if (list === standardInput) process.stdin.destroy();
  }
}

export const batch = (photos: string[], command: BatchCommand): Promise<number> =>
  batchOf(photos, command, (entries) => entries);
