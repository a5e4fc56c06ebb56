// The caller's end of a running explanation: asks for progress only as fast as it is read.

import { abortable } from './abort.js';
import type { Explanation, Progress, RawTensor, RenderOptions } from './api.js';
import { SmoothGradError } from './errors.js';
import { checkRender, checkWhole, type Tables } from './options.js';
import type { Connection } from './protocol.js';

/** Who is no longer reachable need not be kept by the service. */
const forgotten = new FinalizationRegistry<() => void>((cancel) => cancel());

const ignore = () => {};

export class ExplanationClient implements Explanation {
  readonly #connection: Connection;
  readonly #run: number;
  readonly #tables: Tables;
  readonly #signal: AbortSignal | undefined;

  constructor(connection: Connection, run: number, tables: Tables, signal: AbortSignal | undefined) {
    this.#connection = connection;
    this.#run = run;
    this.#tables = tables;
    this.#signal = signal;
    const cancel = () => void connection.call('cancel', run).catch(ignore);
    forgotten.register(this, cancel);
    if (signal?.aborted) cancel();
    else signal?.addEventListener('abort', cancel, { once: true });
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Progress> {
    let seen = '';
    for (;;) {
      const next = await abortable(this.#connection.call('next', this.#run, seen), this.#signal);
      if (!next) return;
      seen = next.seen;
      yield next.progress;
      if (next.progress.state === 'done') return;
    }
  }

  pause() {
    this.#tell(this.#connection.call('pause', this.#run));
  }

  resume() {
    this.#tell(this.#connection.call('resume', this.#run));
  }

  step() {
    this.#tell(this.#connection.call('step', this.#run));
  }

  extend(samples: number) {
    this.#tell(this.#connection.call('extend', this.#run, checkWhole('samples', samples, 1, 1e9)));
  }

  cancel() {
    this.#tell(this.#connection.call('cancel', this.#run));
  }

  attribution(): Promise<RawTensor> {
    return this.#connection.call('attribution', this.#run);
  }

  standardError(): Promise<RawTensor> {
    return this.#connection.call('standardError', this.#run);
  }

  async render(options: RenderOptions = {}) {
    return this.#connection.call('render', this.#run, checkRender(options, this.#tables));
  }

  /** What goes wrong with a command shows in the iteration; after the end a command means nothing. */
  #tell(command: Promise<void>) {
    command.catch((error: unknown) => {
      if (!(error instanceof SmoothGradError)) throw error;
    });
  }
}
