// smoothgrad merge: the results of shares as one file, the same that one run would have made of all.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { badOption, SmoothGradError } from '../api/errors.js';
import { checkSame, type Identity } from './batch/identity.js';
import { openParquet } from './batch/parquet.js';
import { inOrder, readResults } from './batch/result_lines.js';
import { writeWhole } from './batch/whole_file.js';
import { checkOutputs } from './outputs.js';
import { print } from './terminal.js';

export interface MergeCommand {
  output: string;
}

const share = /^results-(\d+)-of-(\d+)\.jsonl$/;

/** Throws `not-found` where some shares are given and others are not. */
function checkWhole(paths: readonly string[]): void {
  for (const path of paths) {
    const [, , count] = share.exec(basename(path)) ?? [];
    if (count === undefined) continue;
    for (let index = 1; index <= Number(count); index++) {
      const name = `results-${index}-of-${count}.jsonl`;
      if (paths.some((other) => basename(other) === name)) continue;
      const missing = join(dirname(path), name);
      const state = existsSync(missing) ? 'is not given' : 'is not there yet';
      throw new SmoothGradError('not-found', `${missing} ${state}: all of ${count} shares are merged, or none`);
    }
  }
}

export async function merge(paths: string[], { output }: MergeCommand): Promise<number> {
  checkOutputs({ '--output': [output] }, paths);
  checkWhole(paths);
  const table = output.endsWith('.parquet') ? await openParquet() : undefined;
  const texts = new Map<string, string>();
  let first: { path: string; run: Identity } | undefined;
  for (const path of paths) {
    for await (const { line, text } of readResults(path)) {
      first ??= { path, run: line.run };
      checkSame(path, line.run, first.run, `${first.path} has others, and they are not merged`);
      if (texts.has(line.id) && texts.get(line.id) !== text)
        throw badOption(`${path} has another result for ${line.id} than a file before it: give one of them`);
      texts.set(line.id, text);
    }
  }
  const text = inOrder(texts);
  await writeWhole(output, table ? table(text) : text);
  print(`${texts.size} results -> ${output}`);
  return 0;
}
