// How every command speaks: results on stdout, one line for each error and the progress bar on stderr, exit codes.
import { readFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { SmoothGradError, toSmoothGradError } from '../api/errors.js';
import type { Explanation, Progress, RawTensor } from '../api/index.js';
import { formatNpy, parseNpy } from '../api/npy.js';
import { follow } from '../client/follow.js';
import { readError } from '../node/node_files.js';
import { plain } from './plain.js';
import { whenStopped } from './stopping.js';
import { writeWhole } from './whole_file.js';

export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

export function complain(error: unknown): void {
  process.stderr.write(`smoothgrad: ${plain(toSmoothGradError(error).message.trimEnd())}\n`);
}

/** What people should know of a result that is there; programs read stdout. */
export const note = (text: string) => process.stderr.write(`smoothgrad: note: ${plain(text)}\n`);

export const exitCodeOf = (error: unknown) =>
  error instanceof SmoothGradError && error.code === 'bad-option' ? exitCodes.usage : exitCodes.failed;

export const print = (line: string) => process.stdout.write(`${plain(line)}\n`);

/** What was not done when somebody stopped it; what comes back takes that away. */
export const sayWhenStopped = (what: () => string) =>
  whenStopped(() => void process.stderr.write(`smoothgrad: stopped: ${plain(what())}\n`));

const named = 5;

/** Some names of a list, and how many there are beside. */
const some = (names: readonly string[]) =>
  names.slice(0, named).join(', ') + (names.length > named ? ` and ${names.length - named} more` : '');

/** Does it for every photo; one that cannot be read does not stop the others. Wrong options do: they are wrong for all. */
export async function forEachPhoto(
  photos: readonly string[],
  work: (photo: string, index: number) => Promise<void>,
): Promise<number> {
  let code: number = exitCodes.done;
  let at = 0;
  const forget = sayWhenStopped(() => `${at} of ${photos.length} photos are through, not ${some(photos.slice(at))}`);
  try {
    for (; at < photos.length; at++) {
      try {
        await work(photos[at] as string, at);
      } catch (error) {
        if (exitCodeOf(error) === exitCodes.usage) throw error;
        complain(error);
        code = exitCodes.failed;
      }
    }
  } finally {
    forget();
  }
  return code;
}

/** A bar on a terminal, nothing elsewhere. */
export function progressBar(label: string): { update(done: number, total: number): void; stop(): void } {
  if (!process.stderr.isTTY) return { update() {}, stop() {} };
  const format = '{label} {bar} {value}/{total} {eta}s';
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true, hideCursor: true });
  // The terminal gets its cursor and its line breaks back.
  const forget = whenStopped(() => bar.stop());
  const stop = () => {
    forget();
    bar.stop();
  };
  bar.start(1, 0, { label: plain(label) });
  return {
    update(done, total) {
      bar.setTotal(total);
      bar.update(done);
    },
    stop,
  };
}

/** To its end, behind a progress bar. */
export async function watch<P extends Progress>(label: string, run: Explanation<P>): Promise<P> {
  const bar = progressBar(label);
  try {
    const last = await follow(run, ({ done, goal }) => bar.update(done, goal));
    if (last) return last;
  } finally {
    bar.stop();
  }
  throw new SmoothGradError('closed', `${label}: nothing was explained`);
}

export const writeTensor = (path: string, tensor: RawTensor) => writeWhole(path, formatNpy(tensor));

export const readBytes = (path: string): Promise<Uint8Array> =>
  readFile(path).catch((error: unknown) => {
    throw readError(path, error);
  });

export async function readTensor(path: string): Promise<RawTensor> {
  const bytes = await readBytes(path);
  try {
    return parseNpy(bytes);
  } catch (error) {
    throw new SmoothGradError('bad-tensor', `${path}: ${(error as Error).message}`, { cause: error });
  }
}
