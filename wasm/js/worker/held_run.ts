// One run as the service holds it, from the call of explain() to its end.

import { badOption, SmoothGradError } from '../api/errors.js';
import type { Picture, Progress, RawMap, RawTensor } from '../api/index.js';
import { lookOf } from '../options/check_options.js';
import { fewestToDenoise, isDenoised } from '../options/magnitudes.js';
import type { LookSettings, RunSettings } from '../options/settings.js';
import type { Frame, RunStart } from '../rpc/engine_calls.js';
import { sizeOf } from './model_store.js';
import type { Input } from './photo_store.js';
import type { AnyRun, WasmSampledRun } from './wasm_module.js';

/** Made once the photo is decoded and the target known. */
export interface Started extends RunStart {
  run: AnyRun;
  input: Input;
  difference: string;
}

export type Draw = (map: RawMap, pixels: Uint8ClampedArray, look: LookSettings) => Picture;

const scaled = 'scaled';

/** One channel of what it has so far. Hurried: of a few samples before will do, where it costs as much as a sample. */
export const mapOf = ({ run, input }: Started, look: LookSettings, hurried?: true): RawMap => ({
  ...sizeOf(input.shape),
  map: run.map(hurried ? { ...look, hurried } : look),
  signed: run.isSigned(look),
});

/** What samples alone have. */
export function sampledOf({ run }: Started, what: string): WasmSampledRun {
  if ('attribution' in run) return run;
  throw badOption(`${what} is of samples, and this method is not made of any`);
}

/** As its shape, of both classes where the difference is scaled. */
export function attributionOf(started: Started, read: (run: WasmSampledRun) => Float32Array): RawTensor {
  const data = read(sampledOf(started, 'an attribution'));
  return { shape: [started.difference === scaled ? 2 : 1, ...started.input.shape.slice(1)], data };
}

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
  readonly ready: Promise<Started>;
  started: Started | undefined;
  readonly #frameMs: number;
  readonly #draw: Draw | undefined;
  readonly #remark: Remark;
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
        return this.#frame(started);
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
    const isOfDenoised = figures.unit === 'samples' && isDenoised(this.#look.magnitude);
    const isTooEarly = isOfDenoised && samples < fewestToDenoise;
    const look = isTooEarly ? { ...this.#look, magnitude: 'plain' } : this.#look;
    const state = this.#state(done);
    const map = mapOf(started, look, state === 'running' ? true : undefined);
    const note = this.#note(done, started, map, isTooEarly);
    const picture = this.#draw && { picture: this.#draw(map, started.input.pixels, look) };
    const denoised = isOfDenoised && !isTooEarly ? { denoised: sampledOf(started, 'it').denoisedFigures() } : {};
    const difference = started.versus === undefined ? {} : { difference: started.difference };
    // Only samples are called so.
    const counts =
      figures.unit === 'samples'
        ? { ...figures, ...difference, ...denoised }
        : { goal, unit: figures.unit, elapsedMs: figures.elapsedMs };
    const progress = { ...counts, state, done: samples, ...map, ...picture, ...note };
    return { seen: this.#key(done, samples, goal), progress };
  }

  #note(done: boolean, started: Started, { map }: RawMap, isTooEarly: boolean): { note?: string } {
    if (!done) return {};
    if (isEmpty(map)) return { note: this.#remark(started) };
    return isTooEarly ? { note: `the denoised map needs ${fewestToDenoise} samples or more: this is the plain one` } : {};
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
