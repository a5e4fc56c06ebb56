// One map of the page: a source that is followed and drawn until another takes its place.
import type { Explanation, Model, Prepared, Progress, RawMap } from 'smoothgrad';
import { session } from '../common/session.js';
import { drawingOptions, mapOptions } from './options.js';
import { type Source, startSource } from './source.js';
import type { State } from './state.js';
import type { Surface } from './surface.js';

export interface Listener {
  /** Of every source, the first progress. */
  begun?(progress: Progress): void;
  progressed?(progress: Progress): void;
  /** Another map is on the stage. */
  drawn?(): void;
  failed(error: unknown): void;
}

const sameMap = (a: State, b: State) => JSON.stringify(mapOptions(a)) === JSON.stringify(mapOptions(b));

export class LiveMap {
  readonly #surface: Surface;
  readonly #listener: Listener;
  #source: Source | undefined;
  #photo: Prepared | undefined;
  /** With which the source was started. */
  #started: State | undefined;
  #progress: Progress | undefined;
  #drawing: State | undefined;
  #raw: RawMap | undefined;
  #drawings = 0;
  #goesOn = false;

  constructor(surface: Surface, listener: Listener) {
    this.#surface = surface;
    this.#listener = listener;
  }

  /** The explanation under way or done; none after an error, or where a reference is shown. */
  get explanation(): Explanation | undefined {
    return this.#source?.explanation;
  }

  /** The latest figures. */
  get progress(): Progress | undefined {
    return this.#progress;
  }

  /** The values of what is on the stage. */
  get raw(): RawMap | undefined {
    return this.#raw;
  }

  get canvas(): HTMLCanvasElement {
    return this.#surface.canvas;
  }

  start(model: Model, photo: Prepared, state: State, paused: boolean) {
    this.#end();
    this.#photo = photo;
    this.#started = this.#drawing = state;
    this.#surface.state('loading');
    try {
      this.#source = startSource(model, photo, state, paused);
    } catch (error) {
      return this.#fail(error);
    }
    void this.#follow(this.#source);
  }

  /** Draws what is there in another way. */
  draw(state: State) {
    this.#drawing = state;
    if (this.#source) void this.#draw(this.#source);
  }

  pause() {
    this.#source?.pause();
  }

  resume() {
    this.#source?.resume();
  }

  /** One more sample, also when it is done. */
  step() {
    this.#source?.step();
    this.#goOn();
  }

  /** A new goal of at least the samples there are. */
  extend(samples: number) {
    this.#source?.extend(samples);
    this.#goOn();
  }

  /** Adds the samples of a saved run; rejects with a SmoothGradError that says why they do not fit. */
  async merge(saved: Uint8Array) {
    await this.explanation?.merge(saved);
    this.#goOn();
  }

  /** One that is done, or about to be, has something new to tell. */
  #goOn() {
    if (!this.explanation) return;
    this.#goesOn = true;
    if (this.#progress?.state === 'done' && this.#source) void this.#follow(this.#source);
  }

  async #follow(source: Source) {
    this.#goesOn = false;
    try {
      for await (const progress of source) {
        if (source !== this.#source) return;
        await this.#take(source, progress);
      }
    } catch (error) {
      if (source === this.#source) return this.#fail(error);
    }
    if (this.#goesOn && source === this.#source) void this.#follow(source);
  }

  async #take(source: Source, progress: Progress) {
    const isFirst = this.#progress === undefined;
    this.#progress = progress;
    if (isFirst) this.#listener.begun?.(progress);
    if (progress.samples > 0) await this.#draw(source);
    if (source !== this.#source) return;
    this.#surface.state(progress.state);
    this.#listener.progressed?.(progress);
  }

  async #draw(source: Source) {
    const state = this.#drawing;
    const progress = this.#progress;
    if (!progress?.samples || !state || !this.#started || !this.#photo) return;
    const serial = ++this.#drawings;
    const current = () => serial === this.#drawings && source === this.#source;
    try {
      const { engine } = await session();
      // What comes with the figures is made as the source was told at its start.
      const raw = sameMap(state, this.#started) ? progress : await source.map(mapOptions(state));
      const options = drawingOptions(state, raw);
      const photo = options.view === 'map' ? {} : { photo: this.#photo.pixels };
      const picture = await engine.renderMap(raw, { ...options, ...photo });
      if (!current()) return;
      this.#raw = raw;
      this.#surface.draw(picture);
      this.#listener.drawn?.();
    } catch (error) {
      if (current()) this.#fail(error);
    }
  }

  #end() {
    this.#source?.cancel();
    this.#source = this.#progress = undefined;
  }

  #fail(error: unknown) {
    this.#end();
    this.#surface.state('error');
    this.#listener.failed(error);
  }
}
