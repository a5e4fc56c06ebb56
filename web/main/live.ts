// One map of the page: an explanation that is followed and drawn until another takes its place.
import type { ExplainOptions, Explanation, Model, Photo, Progress, RenderOptions } from 'smoothgrad';
import type { Surface } from './surface.js';

export interface Listener {
  /** Of every explanation, the first progress. */
  begun?(progress: Progress): void;
  progressed?(progress: Progress): void;
  failed(error: unknown): void;
}

export class LiveMap {
  readonly #surface: Surface;
  readonly #listener: Listener;
  #explanation: Explanation | undefined;
  #progress: Progress | undefined;
  #drawing: RenderOptions = {};
  #drawings = 0;
  #goesOn = false;

  constructor(surface: Surface, listener: Listener) {
    this.#surface = surface;
    this.#listener = listener;
  }

  /** The explanation under way or done; none after an error. */
  get explanation(): Explanation | undefined {
    return this.#explanation;
  }

  /** The latest figures of this explanation. */
  get progress(): Progress | undefined {
    return this.#progress;
  }

  start(model: Model, photo: Photo, options: ExplainOptions, drawing: RenderOptions) {
    this.#end();
    this.#drawing = drawing;
    this.#surface.state('loading');
    try {
      this.#explanation = model.explain(photo, options);
    } catch (error) {
      return this.#fail(error);
    }
    void this.#follow(this.#explanation);
  }

  draw(drawing: RenderOptions) {
    this.#drawing = drawing;
    if (this.#explanation) void this.#draw(this.#explanation);
  }

  pause() {
    this.#explanation?.pause();
  }

  resume() {
    this.#explanation?.resume();
  }

  /** One more sample, also when it is done. */
  step() {
    this.#explanation?.step();
    this.#goOn();
  }

  /** A new goal of at least the samples there are. */
  extend(samples: number) {
    this.#explanation?.extend(samples);
    this.#goOn();
  }

  /** Adds the samples of a saved run; rejects with a SmoothGradError that says why they do not fit. */
  async merge(saved: Uint8Array) {
    await this.#explanation?.merge(saved);
    this.#goOn();
  }

  /** One that is done, or about to be, has something new to tell. */
  #goOn() {
    this.#goesOn = true;
    if (this.#progress?.state === 'done' && this.#explanation) void this.#follow(this.#explanation);
  }

  async #follow(explanation: Explanation) {
    this.#goesOn = false;
    try {
      for await (const progress of explanation) {
        if (explanation !== this.#explanation) return;
        await this.#take(explanation, progress);
      }
    } catch (error) {
      if (explanation === this.#explanation) return this.#fail(error);
    }
    if (this.#goesOn && explanation === this.#explanation) void this.#follow(explanation);
  }

  async #take(explanation: Explanation, progress: Progress) {
    const isFirst = this.#progress === undefined;
    this.#progress = progress;
    if (isFirst) this.#listener.begun?.(progress);
    if (progress.samples > 0) await this.#draw(explanation);
    if (explanation !== this.#explanation) return;
    this.#surface.state(progress.state);
    this.#listener.progressed?.(progress);
  }

  async #draw(explanation: Explanation) {
    if (!this.#progress?.samples) return;
    const serial = ++this.#drawings;
    try {
      const picture = await explanation.render(this.#drawing);
      if (serial === this.#drawings && explanation === this.#explanation) this.#surface.draw(picture);
    } catch (error) {
      if (explanation === this.#explanation) this.#fail(error);
    }
  }

  #end() {
    this.#explanation?.cancel();
    this.#explanation = this.#progress = undefined;
  }

  #fail(error: unknown) {
    this.#end();
    this.#surface.state('error');
    this.#listener.failed(error);
  }
}
