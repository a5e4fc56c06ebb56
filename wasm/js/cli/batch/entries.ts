// Which photos there are: files, folders, patterns and lists, as entries or as lines that are none.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { SmoothGradError } from '../../api/errors.js';
import { readError } from '../../node/node_files.js';
import { photosAt } from './find_photos.js';

/** What JSON has. */
export type Fields = Record<string, unknown>;

export interface Entry {
  id: string;
  photo: string;
  target?: number | string;
  /** What else was in its line, which is handed through. */
  more: Fields;
}

/** A line that names no photo: where it is, and why not. */
export interface BadLine {
  line: number;
  reason: SmoothGradError;
}

/** Names in a line that are the results' own. */
const ours = [
  ...[
    'id',
    'photo',
    'content',
    'digest',
    'method',
    'target',
    'versus',
    'difference',
    'top',
    'samples',
    'passes',
    'relativeError',
  ],
  ...['correctedError', 'completeness', 'layer', 'squares', 'maps', 'measures', 'note', 'files', 'run', 'failed', 'line'],
];

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';

function entryOf(text: string): Entry {
  if (!text.startsWith('{')) return { id: text, photo: text, more: {} };
  const { photo, id, target, ...more } = JSON.parse(text) as Fields;
  if (!isName(photo)) throw new Error('"photo" must be a path or an address');
  const isData = photo.startsWith('data:');
  if (id === undefined && isData) throw new Error('a photo in the line itself needs an "id"');
  if (id !== undefined && !isName(id)) throw new Error('"id" must be a text');
  if (target !== undefined && typeof target !== 'string' && !Number.isSafeInteger(target))
    throw new Error('"target" must be the number or the name of a class');
  const taken = ours.find((name) => Object.hasOwn(more, name));
  if (taken !== undefined) throw new Error(`"${taken}" is a name of the results: give yours another`);
  return { id: id ?? photo, photo, ...(target === undefined ? {} : { target: target as number | string }), more };
}

/** Lines are paths, or objects as JSON; empty ones are left out. */
async function* entriesOfLines(source: string, lines: AsyncIterable<string>): AsyncGenerator<Entry | BadLine> {
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() === '') continue;
    try {
      yield entryOf(text.trim());
    } catch (error) {
      yield { line, reason: new SmoothGradError('bad-option', `${source}, line ${line}: ${(error as Error).message}`) };
    }
  }
}

export const standardInput = '-';

async function* linesOf(path: string): AsyncGenerator<string> {
  const input = path === standardInput ? process.stdin : createReadStream(path);
  const failed = new Promise<never>((_, reject) => input.once('error', reject));
  failed.catch(() => {});
  try {
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
    for (;;) {
      const { value, done } = await Promise.race([lines.next(), failed]);
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw readError(path, error);
  }
}

/** Of the arguments, then of the list. What is not there is said before anything is computed. */
export async function entriesOf(
  photos: readonly string[],
  list: string | undefined,
): Promise<AsyncIterable<Entry | BadLine> | (Entry | BadLine)[]> {
  const named: Entry[] = photosAt(photos).map((photo) => ({ id: photo, photo, more: {} }));
  if (list === undefined) return named;
  const label = list === standardInput ? 'standard input' : list;
  const listed = entriesOfLines(label, linesOf(list));
  if (list !== standardInput) {
    const all: (Entry | BadLine)[] = [...named];
    for await (const entry of listed) all.push(entry);
    return all;
  }
  return (async function* () {
    yield* named;
    yield* listed;
  })();
}
