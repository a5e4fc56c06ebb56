// The results of one share in a folder: what is there already, what comes, and the file that is made of both at the end.

import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { badOption } from '../../api/errors.js';
import { writeError, writeWhole } from '../whole_file.js';
import { checkSame, type Identity } from './identity.js';
import { lock } from './lock.js';
import { inOrder, type ResultLine, readResults } from './result_lines.js';
import type { Share } from './share.js';

const nameOf = ({ index, count }: Share) => (count === 1 ? 'results' : `results-${index}-of-${count}`);

const advice = 'give another --output, or the options of then';

/** Throws where the folder is none or holds shares of another number. */
function checkFolder(folder: string, { count }: Share): void {
  try {
    if (existsSync(folder) && !statSync(folder).isDirectory()) throw badOption(`--output ${folder} is a file: give a folder`);
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : writeError(folder, error);
  }
  for (const name of readdirSync(folder)) {
    const [, other] =
      /^results-\d+-of-(\d+)(?:\.partial)?\.jsonl$/.exec(name) ?? (/^results\.partial\.jsonl$/.test(name) ? [name, '1'] : []);
    if (other === undefined || Number(other) === count) continue;
    const parts = other === '1' ? 'without --shard' : `with --shard 1/${other} to ${other}/${other}`;
    throw badOption(`${join(folder, name)} was made ${parts}: the same photos would be done twice; give another --output`);
  }
}

export class ResultStore {
  readonly path: string;
  readonly #growing: string;
  readonly #identity: Identity;
  readonly #unlock: () => void;
  /** Digests of what is there, by ids. */
  readonly #known = new Map<string, string>();
  #file: FileHandle | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, share: Share, identity: Identity) {
    checkFolder(folder, share);
    this.path = join(folder, `${nameOf(share)}.jsonl`);
    this.#growing = join(folder, `${nameOf(share)}.partial.jsonl`);
    this.#identity = identity;
    this.#unlock = lock(this.path);
  }

  static async open(folder: string, share: Share, identity: Identity): Promise<ResultStore> {
    const store = new ResultStore(folder, share, identity);
    try {
      await store.#begin();
      return store;
    } catch (error) {
      store.#unlock();
      throw error;
    }
  }

  digestOf(id: string): string | undefined {
    return this.#known.get(id);
  }

  /** At once, so that whoever is killed has lost no more than what was under way. */
  add(line: ResultLine): Promise<unknown> {
    this.#writing = this.#writing.then(async () => {
      try {
        await this.#file?.appendFile(`${JSON.stringify(line)}\n`);
      } catch (error) {
        throw writeError(this.#growing, error);
      }
    });
    return this.#writing;
  }

  /** All of them, in the order of their ids, and as a table where there is one. */
  async finish(table?: (text: string) => Uint8Array): Promise<void> {
    await this.#writing;
    const text = inOrder(await this.#texts());
    if (table) await writeWhole(this.path.replace(/jsonl$/, 'parquet'), table(text));
    await writeWhole(this.path, text);
    await this.close();
    rmSync(this.#growing, { force: true });
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
    this.#unlock();
  }

  async #begin(): Promise<void> {
    const texts = await this.#texts();
    // Without a torn line, after which nothing could be written.
    await writeWhole(this.#growing, inOrder(texts));
    this.#file = await open(this.#growing, 'a');
  }

  async #texts(): Promise<Map<string, string>> {
    const texts = new Map<string, string>();
    for (const path of [this.path, this.#growing]) {
      if (!existsSync(path)) continue;
      for await (const { line, text } of readResults(path)) {
        checkSame(path, line.run, this.#identity, advice);
        texts.set(line.id, text);
        if (line.failed === undefined && line.digest !== undefined) this.#known.set(line.id, line.digest);
        else this.#known.delete(line.id);
      }
    }
    return texts;
  }
}
