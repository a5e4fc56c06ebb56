// The caller's end of a running explanation: asks for progress only as fast as it is read.

import { SmoothGradError } from '../api/errors.js';
import type { Explanation, MapOptions, Progress, RawTensor, RenderOptions } from '../api/index.js';
import { checkMap, checkName, checkRender, checkWhole } from '../options/check.js';
import { abortable } from '../rpc/abortable.js';
import type { Connection, RenderSettings, Tables } from '../rpc/engine_calls.js';

/** Who is no longer reachable need not be kept by the service. */
const forgotten = new FinalizationRegistry<() => void>((cancel) => cancel());

const ignore = () => {};

export class ExplanationClient implements Explanation {
  readonly #connection: Connection;
  readonly #run: number;
  readonly #tables: Tables;
  readonly #drawing: RenderSettings;
  readonly #signal: AbortSignal | undefined;

  constructor(connection: Connection, run: number, tables: Tables, drawing: RenderSettings, signal: AbortSignal | undefined) {
    this.#connection = connection;
    this.#run = run;
    this.#tables = tables;
    this.#drawing = drawing;
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

  async attribution({ reduction }: { reduction?: string } = {}): Promise<RawTensor> {
    if (reduction !== undefined) checkName('reduction', reduction, this.#tables.reductions);
    return this.#connection.call('attribution', this.#run, reduction ?? this.#drawing.reduction);
  }

  agreement(): Promise<number> {
    return this.#connection.call('agreement', this.#run);
  }

  signalToNoise(): Promise<number> {
    return this.#connection.call('signalToNoise', this.#run);
  }

  save(): Promise<Uint8Array> {
    return this.#connection.call('save', this.#run);
  }

  merge(saved: Uint8Array): Promise<void> {
    return this.#connection.call('merge', this.#run, saved);
  }

  standardError(): Promise<RawTensor> {
    return this.#connection.call('standardError', this.#run);
  }

  async map(options: MapOptions = {}) {
    return this.#connection.call('map', this.#run, checkMap(options, this.#tables, this.#drawing));
  }

  async render(options: RenderOptions = {}) {
    return this.#connection.call('render', this.#run, checkRender(options, this.#tables, this.#drawing));
  }

  /** What goes wrong with a command shows in the iteration; after the end a command means nothing. */
  #tell(command: Promise<void>) {
    command.catch((error: unknown) => {
      if (!(error instanceof SmoothGradError)) throw error;
    });
  }
}
