// What smoothgrad batch does with each entry: leaves it where it is done already, and takes the answer of a lane where it is not.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fromWire, SmoothGradError, type WireError } from '../../api/errors.js';
import { readAddress } from '../../node/node_files.js';
import { complain, exitCodes, print } from '../terminal.js';
import { canonical, digest } from './digest.js';
import type { BadLine, Entry, Fields } from './entries.js';
import type { Identity } from './identity.js';
import type { Answer } from './messages.js';
import { type Outputs, outputsOf } from './outputs.js';
import type { BatchProgress } from './progress.js';
import type { ResultStore } from './result_store.js';
import { isOf, type Share } from './share.js';

const isData = (photo: string) => photo.startsWith('data:');

/** Where results go. */
interface Destination {
  store: ResultStore | undefined;
  folder: string | undefined;
  /** On standard output. */
  print: boolean;
}

export class BatchWork {
  readonly #identity: Identity;
  readonly #outputs: Outputs;
  readonly #share: Share;
  readonly #to: Destination;
  readonly #progress: BatchProgress;
  readonly #ids = new Set<string>();

  constructor(identity: Identity, outputs: Outputs, share: Share, to: Destination, progress: BatchProgress) {
    this.#identity = identity;
    this.#outputs = outputs;
    this.#share = share;
    this.#to = to;
    this.#progress = progress;
  }

  /** Those that are to be done. */
  async *jobs(entries: AsyncIterable<Entry | BadLine> | Iterable<Entry | BadLine>): AsyncGenerator<Entry> {
    for await (const entry of entries) {
      if ('line' in entry) this.#bad(entry);
      else if (!isOf(entry.id, this.#share)) continue;
      else if (this.#ids.has(entry.id)) this.#twice(entry);
      else {
        this.#ids.add(entry.id);
        if (await this.#isThere(entry)) this.#progress.count('there');
        else yield entry;
      }
    }
  }

  async take(entry: Entry, answer: Answer): Promise<void> {
    if ('failed' in answer) {
      // What is wrong for all must not be said of each.
      if (answer.isOfAll && entry.target === undefined) throw fromWire(answer.failed);
      return this.#failed(entry, answer.failed);
    }
    const { content, result } = answer;
    await this.#put(entry, { content, digest: this.#digest(entry, content), ...result });
    this.#progress.count('done');
  }

  /** The exit code. */
  end(): number {
    this.#progress.end();
    return this.#progress.counts.failed > 0 ? exitCodes.failed : exitCodes.done;
  }

  /** What there is when somebody stops it. */
  soFar(): string {
    const again = this.#to.store ? ': the same command again does them' : '';
    return `${this.#progress.counted()}, the others not${again}`;
  }

  /** Of all that the result depends on. */
  #digest({ target, more }: Entry, content: string): string {
    return digest(canonical({ content, target, more, outputs: this.#outputs, run: this.#identity }));
  }

  async #isThere(entry: Entry): Promise<boolean> {
    const known = this.#to.store?.digestOf(entry.id);
    if (known === undefined) return false;
    if (!outputsOf(entry.id, this.#outputs).every(({ path }) => existsSync(join(this.#to.folder ?? '.', path)))) return false;
    // What cannot be read is said by the lane.
    const bytes = await readAddress(entry.photo).catch(() => undefined);
    return bytes !== undefined && this.#digest(entry, digest(bytes)) === known;
  }

  async #put({ id, photo, more }: Entry, found: Fields): Promise<void> {
    const line = { id, ...(isData(photo) ? {} : { photo }), ...more, ...found, run: this.#identity };
    await this.#to.store?.add(line);
    if (this.#to.print) print(JSON.stringify(line));
  }

  async #failed(entry: Entry, { code, message }: WireError): Promise<void> {
    const { id, photo } = entry;
    const failed = { code, message: isData(photo) ? message.replaceAll(photo, id) : message };
    await this.#put(entry, { failed });
    this.#complain(failed.message.includes(id) ? failed.message : `${id}: ${failed.message}`, code);
  }

  /** The first one of that id is done, and keeps it. */
  #twice({ id }: Entry): void {
    this.#complain(`${id} is there twice: the first one is done; give the other one another "id"`, 'bad-option');
  }

  #bad({ line, reason: { code, message } }: BadLine): void {
    if (this.#to.print) print(JSON.stringify({ line, failed: { code, message } }));
    this.#complain(message, code);
  }

  #complain(message: string, code: WireError['code']): void {
    this.#progress.clear();
    complain(new SmoothGradError(code, message));
    this.#progress.count('failed');
  }
}
