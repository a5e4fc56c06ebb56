// One run as the service holds it, from the call of explain() to its end.

import { SmoothGradError } from '../api/errors.js';
import type { DrawnMap, Progress, RawMap } from '../api/index.js';
import { lookOf } from '../options/check_options.js';
import type { LookSettings, RunSettings } from '../options/settings.js';
import type { Frame } from '../rpc/engine_calls.js';
import { Keeper } from './keeper.js';
import { shownOf } from './noise_aware_look.js';
import type { Started } from './started.js';

export type Draw = (map: RawMap, pixels: Uint8ClampedArray, look: LookSettings) => DrawnMap;

/** What a finished map tells of the network beside itself. */
export type Remark = (started: Started) => string;

/** Whether there is anything on it. Throws where it is no map at all. */
function isEmpty(map: Float32Array): boolean {
  let empty = true;
  for (const value of map) {
    if (!Number.isFinite(value)) {
      throw new SmoothGradError('bad-model', `the map has ${value} in it: the network's gradient is not finite at this photo`);
    }
    if (value !== 0) empty = false;
  }
  return empty;
}

export class HeldRun {
  readonly model: number;
  paused: boolean;
  cancelled = false;
  /** That it was told, maybe before it is ready. */
  goal: number | undefined;
  /** Until the steps that were asked for are made; one after the other. */
  steps: Promise<void> = Promise.resolve();
  /** How often it was told to go on: steps of before that are none any more. */
  resumed = 0;
  readonly ready: Promise<Started>;
  started: Started | undefined;
  readonly #frameMs: number;
  readonly #draw: Draw | undefined;
  readonly #remark: Remark;
  readonly #keeper: Keeper | undefined;
  #look: LookSettings;
  #failure: unknown;
  #lastReport = 0;
  #wake = () => {};
  #changed: Promise<void>;

  constructor(
    model: number,
    settings: RunSettings,
    frameMs: number,
    draw: Draw,
    remark: Remark,
    begin: (self: HeldRun) => Promise<Started>,
  ) {
    this.#remark = remark;
    this.model = model;
    this.paused = settings.paused;
    this.#look = lookOf(settings) as LookSettings;
    this.#draw = settings.pictures ? draw : undefined;
    this.#frameMs = frameMs;
    this.#keeper = settings.keep === undefined ? undefined : new Keeper(settings.keep);
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

  /** A frame that is not what `seen` names, at most one a frame of a screen; nothing once cancelled. */
  async next(seen: string): Promise<Frame | undefined> {
    if (this.cancelled) return undefined;
    const started = await this.ready;
    const rest = this.#lastReport + this.#frameMs - performance.now();
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      if (this.cancelled) return undefined;
      const { done, samples, goal } = started.run.progress();
      // Before the first sample there is nothing to see, unless it waits for the user.
      if (this.#key(done, samples, goal) !== seen && (samples > 0 || done || this.paused)) {
        this.#lastReport = performance.now();
        return { ...this.#frame(started), ...this.#keeper?.keep(started.run, this.#state(done) === 'running') };
      }
      await this.#changed;
    }
  }

  async redraw(look: LookSettings): Promise<Frame> {
    const started = await this.ready;
    this.#look = look;
    return this.#frame(started);
  }

  #key(done: boolean, samples: number, goal: number): string {
    return `${this.#state(done)} ${samples}/${goal}`;
  }

  #state(done: boolean): Progress['state'] {
    return done ? 'done' : this.paused ? 'paused' : 'running';
  }

  #frame(started: Started): Frame {
    const { done, ...figures } = started.run.progress();
    const { samples, goal } = figures;
    const state = this.#state(done);
    const hurried = state === 'running' ? true : undefined;
    const shown = shownOf(started, this.#look, { samples, done, hurried, isPicture: this.#draw !== undefined });
    const { look, map, denoised } = shown;
    const picture = this.#draw && { picture: this.#draw(map, started.input.pixels, look) };
    const difference = started.versus === undefined ? {} : { difference: started.difference };
    // Only samples are called so.
    const counts =
      figures.unit === 'samples'
        ? { ...figures, ...difference, ...(denoised ? { denoised } : {}) }
        : { goal, unit: figures.unit, elapsedMs: figures.elapsedMs };
    const note = done ? (isEmpty(map.map) ? this.#remark(started) : shown.note) : undefined;
    const progress = { ...counts, state, done: samples, ...map, ...picture, ...(note === undefined ? {} : { note }) };
    return { seen: this.#key(done, samples, goal), progress };
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
