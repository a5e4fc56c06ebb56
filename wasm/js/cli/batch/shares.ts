// The results of all shares together: of one maker, each photo once, and none left out.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { badOption, SmoothGradError } from '../../api/errors.js';
import { checkSame, type Identity } from './identity.js';
import { type ResultLine, readResults } from './result_lines.js';

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

export interface AllResults {
  /** By ids. */
  texts: ReadonlyMap<string, string>;
  lines: ResultLine[];
  /** Undefined where there is no line. */
  run: Identity | undefined;
}

/** Throws `bad-option` where makers differ or a photo has two results, `not-found` where a share is missing. */
export async function readAllResults(paths: readonly string[]): Promise<AllResults> {
  checkWhole(paths);
  const texts = new Map<string, string>();
  const lines: ResultLine[] = [];
  let first: { path: string; run: Identity } | undefined;
  for (const path of paths) {
    for await (const { line, text } of readResults(path)) {
      first ??= { path, run: line.run };
      checkSame(path, line.run, first.run, `${first.path} has others, and they are not merged`);
      const known = texts.get(line.id);
      if (known !== undefined && known !== text)
        throw badOption(`${path} has another result for ${line.id} than a file before it: give one of them`);
      if (known === undefined) lines.push(line);
      texts.set(line.id, text);
    }
  }
  return { texts, lines, run: first?.run };
}
