// The caller's end of a run: asks for frames only as fast as they are read.

import { SmoothGradError } from '../api/errors.js';
import type {
  Denoised,
  DrawnMap,
  Explanation,
  MapOptions,
  RawMap,
  RawTensor,
  Reliability,
  RenderOptions,
  SampledProgress,
  Tables,
} from '../api/index.js';
import { checkLook, checkMap, conventionLook, lookOf } from '../options/check_options.js';
import { checkName, checkWhole } from '../options/check_values.js';
import type { RunSettings } from '../options/settings.js';
import { runOptions } from '../options/table.js';
import { abortable } from '../rpc/abortable.js';
import type { Connection } from '../rpc/connection.js';
import type { EngineCalls, Frame, RunStart, Source } from '../rpc/engine_calls.js';

/** Who is no longer reachable need not be kept by the service. */
const forgotten = new FinalizationRegistry<() => void>((forget) => forget());

const ignore = () => {};

let runs = 0;

export class ExplanationClient implements Explanation {
  readonly #connection: Connection<EngineCalls>;
  readonly #run = ++runs;
  readonly #tables: Tables;
  readonly #settings: RunSettings;
  readonly #signal: AbortSignal | undefined;
  readonly #started: Promise<RunStart>;
  readonly #abort: () => void;
  #kept: Uint8Array | undefined;

  constructor(
    connection: Connection<EngineCalls>,
    tables: Tables,
    model: number,
    source: Source,
    settings: RunSettings,
    signal: AbortSignal | undefined,
  ) {
    this.#connection = connection;
    this.#tables = tables;
    this.#settings = settings;
    this.#signal = signal;
    this.#kept = settings.keep === undefined ? undefined : settings.from;
    this.#started = connection.call('explain', this.#run, model, source, settings);
    this.#started.catch(ignore); // the iteration says so
    const run = this.#run;
    // Without this object, which the signal would keep alive.
    const cancel = () => void connection.call('cancel', run).catch(ignore);
    this.#abort = cancel;
    forgotten.register(this, () => {
      signal?.removeEventListener('abort', cancel);
      void connection.call('forget', run).catch(ignore);
    });
    if (signal?.aborted) cancel();
    else this.#obey();
  }

  /** As long as it may go on: one signal may be for thousands of runs. */
  #obey() {
    this.#signal?.addEventListener('abort', this.#abort, { once: true });
  }

  #rest() {
    this.#signal?.removeEventListener('abort', this.#abort);
  }

  async *[Symbol.asyncIterator](): AsyncIterator<SampledProgress> {
    let seen = '';
    for (;;) {
      const frame = await abortable(this.#connection.call('next', this.#run, seen), this.#signal);
      if (!frame) return this.#rest();
      seen = frame.seen;
      this.#kept = frame.kept ?? this.#kept;
      const progress = await this.#whole(frame);
      yield progress;
      if (progress.state === 'done') return this.#rest();
    }
  }

  pause() {
    this.#tell(this.#connection.call('pause', this.#run));
  }

  resume() {
    this.#obey();
    this.#tell(this.#connection.call('resume', this.#run));
  }

  step() {
    this.#obey();
    this.#tell(this.#connection.call('step', this.#run));
  }

  extend(samples: number) {
    const { low, high } = runOptions.samples;
    this.#obey();
    this.#tell(this.#connection.call('extend', this.#run, checkWhole('samples', samples, low, high)));
  }

  cancel() {
    this.#rest();
    this.#tell(this.#connection.call('cancel', this.#run));
  }

  async redraw(options: RenderOptions = {}): Promise<SampledProgress> {
    const look = checkLook(options, { tables: this.#tables }, conventionLook(this.#settings.convention, this.#tables));
    return this.#whole(await this.#connection.call('redraw', this.#run, look));
  }

  async map(options: MapOptions = {}): Promise<RawMap> {
    const look = checkMap(options, { tables: this.#tables }, this.#settings);
    return this.#connection.call('map', this.#run, look);
  }

  async render(options: RenderOptions = {}): Promise<DrawnMap> {
    return this.#connection.call('render', this.#run, this.#look(options));
  }

  async attribution({ reduction }: { reduction?: string } = {}): Promise<RawTensor> {
    if (reduction !== undefined) checkName('reduction', reduction, this.#tables.reductions);
    return this.#connection.call('attribution', this.#run, reduction ?? this.#settings.reduction);
  }

  standardError(): Promise<RawTensor> {
    return this.#connection.call('standardError', this.#run);
  }

  denoised(): Promise<Denoised> {
    return this.#connection.call('denoised', this.#run);
  }

  agreement(): Promise<number> {
    return this.#connection.call('agreement', this.#run);
  }

  reliability(): Promise<Reliability> {
    return this.#connection.call('reliability', this.#run);
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

  get kept(): Uint8Array | undefined {
    return this.#kept;
  }

  #look(options: RenderOptions) {
    return checkLook(options, { tables: this.#tables }, lookOf(this.#settings));
  }

  async #whole({ progress }: Frame): Promise<SampledProgress> {
    // What only samples have is there where the method is made of them.
    return { ...(progress as Omit<SampledProgress, keyof RunStart>), ...(await this.#started) };
  }

  /** What goes wrong with a command shows in the iteration; after the end a command means nothing. */
  #tell(command: Promise<void>) {
    command.catch((error: unknown) => {
      if (!(error instanceof SmoothGradError)) throw error;
    });
  }
}
