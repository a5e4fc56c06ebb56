// The map of a <smooth-grad>: one run, followed and drawn until another takes its place.

import type { Explanation, Picture, Progress, RenderOptions } from '../api/index.js';
import { isSampled } from '../api/progress.js';
import { follow } from '../client/follow.js';

/** Whose map it is: is told what there is. */
export interface Owner {
  /** The first figures of a run. */
  begun(progress: Progress): void;
  drawn(progress: Progress, picture: Picture): void;
  /** Figures whose map is drawn. */
  progressed(progress: Progress): void;
  /** A smaller goal came too late: the map of exactly that many samples has to be made anew. */
  passed(): void;
  failed(error: unknown): void;
}

export class LiveMap {
  readonly #owner: Owner;
  #run: Explanation<Progress> | undefined;
  #progress: Progress | undefined;
  #drawn: Progress | undefined;
  #goesOn = false;

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

  start(run: Explanation<Progress>): void {
    this.end();
    this.#run = run;
    this.#progress = undefined;
    void this.#follow(run);
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
      if (run === this.#run) this.#owner.failed(error);
    }
  }

  #draw(progress: Progress): void {
    if (!progress.picture || progress.done === 0) return;
    this.#drawn = progress;
    this.#owner.drawn(progress, progress.picture);
  }

  async #follow(run: Explanation<Progress>): Promise<void> {
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
      if (run === this.#run) return this.#owner.failed(error);
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
