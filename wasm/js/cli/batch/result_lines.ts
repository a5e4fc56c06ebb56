// Files of results: lines of JSON, each with the id of its photo and the identity of what made it.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { SmoothGradError } from '../../api/errors.js';
import { readError } from '../../node/node_files.js';
import type { Fields } from './entries.js';
import type { Identity } from './identity.js';

export interface ResultLine extends Fields {
  id: string;
  digest?: string;
  failed?: { code: string; message: string };
  run: Identity;
}

function parse(text: string): ResultLine | undefined {
  try {
    const line = JSON.parse(text) as Partial<ResultLine> | null;
    return typeof line?.id === 'string' && line.run?.options !== undefined ? (line as ResultLine) : undefined;
  } catch {
    return undefined;
  }
}

/** With the text of each. A last line that is torn, as by a process that was killed, is left out. */
export async function* readResults(path: string): AsyncGenerator<{ line: ResultLine; text: string }> {
  const input = createReadStream(path);
  try {
    let number = 0;
    let wrong: number | undefined;
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      if (wrong !== undefined) break;
      const line = parse(text);
      if (line) yield { line, text };
      else wrong = number;
    }
    if (wrong !== undefined && wrong < number)
      throw new SmoothGradError('not-found', `${path}, line ${wrong}: this is no line of results`);
  } catch (error) {
    throw error instanceof SmoothGradError ? error : readError(path, error);
  }
}

/** The texts of one line an id, the last one where there are more, in the order of ids. */
export function inOrder(texts: ReadonlyMap<string, string>): string {
  const ids = [...texts.keys()].sort();
  return ids.map((id) => `${texts.get(id)}\n`).join('');
}
