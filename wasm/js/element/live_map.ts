// The map of a <smooth-grad>: one run, followed and drawn until another takes its place.

import type { SmoothGradError } from '../api/errors.js';
import type { DrawnMap, Explanation, Progress, RenderOptions } from '../api/index.js';
import { isSampled } from '../api/progress.js';
import { follow } from '../client/follow.js';

/** Whose map it is: is told what there is. */
export interface Owner {
  /** The first figures of a run. */
  begun(progress: Progress): void;
  drawn(progress: Progress, picture: DrawnMap): void;
  /** Figures whose map is drawn. */
  progressed(progress: Progress): void;
  /** A smaller goal came too late: the map of exactly that many samples has to be made anew. */
  passed(): void;
  failed(error: unknown): void;
}

const codeOf = (error: unknown) => (error as SmoothGradError).code;

export class LiveMap {
  readonly #owner: Owner;
  #run: Explanation<Progress> | undefined;
  #progress: Progress | undefined;
  #drawn: Progress | undefined;
  #goesOn = false;
  #left: Uint8Array | undefined;

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  get run(): Explanation<Progress> | undefined {
    return this.#run;
  }

  /** The latest figures; of the run before it while another is being prepared. */
  get progress(): Progress | undefined {
    return this.#progress;
  }

  /** The values of what is drawn. */
  get raw(): Progress | undefined {
    return this.#drawn;
  }

  /** Samples of this run alone, without those that were merged. */
  get ownSamples(): number {
    return this.#run && this.#progress && isSampled(this.#progress) ? this.#progress.ownSamples : 0;
  }

  /** What a run has left behind whose worker was lost. */
  get left(): Uint8Array | undefined {
    return this.#left;
  }

  /** Goes on from what is left, if it is of the same run. */
  start(explain: (from: Uint8Array | undefined) => Explanation<Progress>): void {
    this.end();
    const from = this.#left;
    this.#left = undefined;
    const run = explain(from);
    this.#run = run;
    this.#progress = undefined;
    const isOther = (error: unknown) => from !== undefined && codeOf(error) === 'bad-option' && !this.#progress;
    void this.#follow(run, (error) => (isOther(error) ? this.start(explain) : this.#fail(error)));
  }

  end(): void {
    this.#run?.cancel();
    this.#run = undefined;
  }

  pause(paused: boolean): void {
    if (paused) this.#run?.pause();
    else this.#run?.resume();
  }

  /** One more sample; `paused`: what is under way is. */
  step(paused: boolean): void {
    const run = this.#run;
    const progress = this.#progress;
    if (run && progress && isSampled(progress) && progress.state === 'done' && !paused) run.extend(progress.goal + 1);
    else run?.step();
    this.#goOn();
  }

  /** A new goal; whether it can be had of the samples that there are, and more. */
  extend(samples: number): boolean {
    const progress = this.#progress;
    if (!this.#run || !progress) return false;
    if (!isSampled(progress)) return true;
    if (samples < progress.ownSamples) return false;
    this.#run.extend(samples);
    this.#goOn();
    return true;
  }

  async merge(saved: Uint8Array): Promise<void> {
    await this.#run?.merge(saved);
    this.#goOn();
  }

  /** Another look at what there is. */
  async redraw(look: RenderOptions): Promise<void> {
    const run = this.#run;
    if (!run) return;
    try {
      const progress = await run.redraw(look);
      if (run !== this.#run || !this.#progress) return;
      this.#progress = progress;
      this.#draw(progress);
    } catch (error) {
      if (run === this.#run) this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#left = codeOf(error) === 'worker-lost' ? this.#run?.kept : undefined;
    this.#owner.failed(error);
  }

  #draw(progress: Progress): void {
    if (!progress.picture || progress.done === 0) return;
    this.#drawn = progress;
    this.#owner.drawn(progress, progress.picture);
  }

  async #follow(run: Explanation<Progress>, failed = (error: unknown) => this.#fail(error)): Promise<void> {
    this.#goesOn = false;
    try {
      await follow(run, (progress) => {
        if (run !== this.#run) return false;
        if (isSampled(progress) && progress.ownSamples > progress.goal) {
          this.#owner.passed();
          return false;
        }
        const isFirst = this.#progress === undefined;
        this.#progress = progress;
        if (isFirst) this.#owner.begun(progress);
        this.#draw(progress);
        this.#owner.progressed(progress);
        return true;
      });
    } catch (error) {
      if (run === this.#run) return failed(error);
    }
    if (this.#goesOn && run === this.#run) void this.#follow(run);
  }

  /** What is done, or about to be, has something new to tell. */
  #goOn(): void {
    if (!this.#run) return;
    this.#goesOn = true;
    if (this.#progress?.state === 'done') void this.#follow(this.#run);
  }
}
