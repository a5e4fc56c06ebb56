// One explanation as the service holds it, from the call of explain() to its end.
import type { Progress, RawMap, RawTensor } from '../api/index.js';
import type { MapSettings } from '../rpc/engine_calls.js';
import { type Subject, sizeOf } from './model_store.js';
import type { WasmRun } from './wasm_module.js';

/** Made once the photo is decoded and the target known. */
export interface Started {
  run: WasmRun;
  subject: Subject;
  difference: string;
}

const scaled = 'scaled';

/** One channel of what it has so far. */
export function mapOf({ run, subject, difference }: Started, settings: MapSettings): RawMap {
  const signed = difference === scaled || (settings.channels === 'signed-sum' && settings.magnitude === 'plain');
  return { ...sizeOf(subject.shape), map: run.map(settings), signed };
}

/** As its shape, of both classes where the difference is scaled. */
export function attributionOf({ run, subject, difference }: Started, read: (run: WasmRun) => Float32Array): RawTensor {
  return { shape: [difference === scaled ? 2 : 1, ...subject.shape.slice(1)], data: read(run) };
}

export class Running {
  readonly model: number;
  paused: boolean;
  cancelled = false;
  readonly ready: Promise<Started>;
  started: Started | undefined;
  readonly #map: MapSettings;
  readonly #frameMs: number;
  #failure: unknown;
  #lastReport = 0;
  #wake = () => {};
  #changed: Promise<void>;

  constructor(model: number, map: MapSettings, paused: boolean, frameMs: number, begin: (self: Running) => Promise<Started>) {
    this.model = model;
    this.paused = paused;
    this.#map = map;
    this.#frameMs = frameMs;
    this.#changed = this.#nextChange();
    this.ready = begin(this).then((started) => {
      this.started = started;
      return started;
    });
    this.ready.catch(() => {}); // next() tells
  }

  /** There may be something new to report. */
  poke(): void {
    this.#wake();
    this.#changed = this.#nextChange();
  }

  fail(error: unknown): void {
    this.#failure = error;
    this.poke();
  }

  /** Progress that is not what `seen` names, at most one a frame; nothing once cancelled. */
  async next(seen: string): Promise<{ seen: string; progress: Progress } | undefined> {
    if (this.cancelled) return undefined;
    const started = await this.ready;
    const rest = this.#lastReport + this.#frameMs - performance.now();
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      if (this.cancelled) return undefined;
      const now = started.run.progress();
      const state = now.done ? 'done' : this.paused ? 'paused' : 'running';
      const key = `${state} ${now.samples}/${now.goal}`;
      // Before the first sample there is nothing to see, unless it waits for the user.
      if (key !== seen && (now.samples > 0 || state !== 'running')) {
        this.#lastReport = performance.now();
        return { seen: key, progress: this.#report(started, state) };
      }
      await this.#changed;
    }
  }

  #report(started: Started, state: Progress['state']): Progress {
    const { logits, classes } = started.subject;
    const difference = classes.versus === undefined ? {} : { difference: started.difference };
    const map = mapOf(started, this.#map);
    const { done: _, ...figures } = started.run.progress();
    return { ...figures, state, ...classes, ...difference, logits: logits.slice(), ...map };
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
