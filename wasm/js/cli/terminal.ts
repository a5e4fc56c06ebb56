// How every command speaks: results on stdout, one line for each error and the progress bar on stderr, exit codes.
import { readFile, writeFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { SmoothGradError, toSmoothGradError } from '../api/errors.js';
import type { Explanation, Progress, RawTensor } from '../api/index.js';
import { formatNpy, parseNpy } from '../api/npy.js';
import { follow } from '../client/follow.js';
import { readError } from '../node/node_files.js';

export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

export function complain(error: unknown): void {
  const [line] = toSmoothGradError(error).message.split('\n');
  process.stderr.write(`smoothgrad: ${line}\n`);
}

/** What people should know of a result that is there; programs read stdout. */
export const note = (text: string) => process.stderr.write(`smoothgrad: note: ${text}\n`);

export const exitCodeOf = (error: unknown) =>
  error instanceof SmoothGradError && error.code === 'bad-option' ? exitCodes.usage : exitCodes.failed;

export const print = (line: string) => process.stdout.write(`${line}\n`);

/** Does it for every photo; one that cannot be read does not stop the others. Wrong options do: they are wrong for all. */
export async function forEachPhoto(
  photos: readonly string[],
  work: (photo: string, index: number) => Promise<void>,
): Promise<number> {
  let code: number = exitCodes.done;
  for (const [index, photo] of photos.entries()) {
    try {
      await work(photo, index);
    } catch (error) {
      if (exitCodeOf(error) === exitCodes.usage) throw error;
      complain(error);
      code = exitCodes.failed;
    }
  }
  return code;
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/** A bar on a terminal, nothing elsewhere. */
export function progressBar(label: string): { update(done: number, total: number): void; stop(): void } {
  if (!process.stderr.isTTY) return { update() {}, stop() {} };
  const format = `${label} {bar} {value}/{total} {eta}s`;
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true, hideCursor: true });
  const stop = () => {
    bar.stop();
    for (const signal of signals) process.removeListener(signal, interrupted);
  };
  // The terminal gets its cursor and its line breaks back.
  const interrupted = (signal: NodeJS.Signals) => {
    stop();
    process.kill(process.pid, signal);
  };
  for (const signal of signals) process.once(signal, interrupted);
  bar.start(1, 0);
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

const reasons: Record<string, string> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is a file',
  EISDIR: 'it is a folder',
  EACCES: 'there is no permission to',
  ENOSPC: 'the disk is full',
};

/** One line of what the system says. */
export function writeError(path: string, error: unknown): SmoothGradError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new SmoothGradError('not-found', `${path} could not be written: ${reasons[code ?? ''] ?? message}`, { cause: error });
}

export async function write(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes);
  } catch (error) {
    throw writeError(path, error);
  }
}

export const writeTensor = (path: string, tensor: RawTensor) => write(path, formatNpy(tensor));

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
