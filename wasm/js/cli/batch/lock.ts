// One writer for a file of results: a file beside it that says who, and is touched as long as he lives.
import { closeSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { SmoothGradError } from '../../api/errors.js';
import { whenStopped } from '../stopping.js';
import { writeError } from '../whole_file.js';

const touchMs = 5_000;
/** Of another machine, whose processes cannot be looked at: times of its clock and ours may differ by some seconds. */
const deadMs = 60_000;

interface Writer {
  pid: number;
  host: string;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Undefined where there is none (any more), or where it was killed. */
function writerOf(path: string): Writer | undefined {
  try {
    const age = Date.now() - statSync(path).mtimeMs;
    const text = readFileSync(path, 'utf8');
    // Made just now, and not yet written.
    const writer: Writer = text === '' ? { pid: 0, host: 'another' } : JSON.parse(text);
    const isDead = age > deadMs || (writer.host === hostname() && !isRunning(writer.pid));
    return isDead ? undefined : writer;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: an empty one would keep everybody out. */
function makeLock(path: string): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, JSON.stringify({ pid: process.pid, host: hostname() } satisfies Writer));
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** -> what gives it back. Throws `not-found` where another process writes there. */
export function lock(results: string): () => void {
  const path = `${results}.lock`;
  for (let attempt = 0; ; attempt++) {
    try {
      makeLock(path);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 1) throw writeError(path, error);
      const writer = writerOf(path);
      if (writer) {
        throw new SmoothGradError(
          'not-found',
          `${results} is being written by process ${writer.pid} on ${writer.host}: two would spoil it; give each a --shard or an --output of its own`,
        );
      }
      rmSync(path, { force: true });
    }
  }
  const timer = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // A disk that is away for a while comes back.
    }
  }, touchMs);
  timer.unref();
  const unlock = () => rmSync(path, { force: true });
  const forget = whenStopped(unlock);
  return () => {
    clearInterval(timer);
    forget();
    unlock();
  };
}
