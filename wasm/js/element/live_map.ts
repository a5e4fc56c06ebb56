// The map of a <smooth-grad>: one source, followed and drawn until another takes its place.
import type { MapOptions, Picture, Prepared, Progress, RawMap, RenderMapOptions } from '../api/index.js';
import type { Network, Source } from './source.js';

export interface Shown {
  network: Network;
  photo: Prepared;
  source: Source;
  /** Of the map that comes with the figures. */
  mapping: MapOptions;
}

/** Whose map it is: says what is to be drawn, and is told what there is. */
export interface Owner {
  /** As it is wanted now. */
  mapping(): MapOptions;
  drawing(raw: RawMap, shown: Shown): RenderMapOptions;
  /** The first figures of a source. */
  begun(progress: Progress): void;
  drawn(raw: RawMap, picture: Picture): void;
  /** Figures whose map is drawn. */
  progressed(progress: Progress): void;
  /** A smaller goal came too late: the map of exactly that many samples has to be made anew. */
  passed(): void;
  failed(error: unknown): void;
}

export class LiveMap {
  readonly #owner: Owner;
  #shown: Shown | undefined;
  #progress: Progress | undefined;
  #raw: RawMap | undefined;
  #drawings = 0;
  #goesOn = false;

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  get shown(): Shown | undefined {
    return this.#shown;
  }

  /** The latest figures; of the source before it while another is being prepared. */
  get progress(): Progress | undefined {
    return this.#progress;
  }

  /** Samples of this run alone, without those that were merged. */
  get ownSamples(): number {
    return (this.#shown && this.#progress?.ownSamples) ?? 0;
  }

  /** The values of what is drawn. */
  get raw(): RawMap | undefined {
    return this.#raw;
  }

  start(shown: Shown): void {
    this.end();
    this.#shown = shown;
    this.#progress = undefined;
    void this.#follow(shown);
  }

  end(): void {
    this.#shown?.source.cancel();
    this.#shown = undefined;
  }

  pause(paused: boolean): void {
    const { source } = this.#shown ?? {};
    if (paused) source?.pause();
    else source?.resume();
  }

  /** One more sample; `paused`: what is under way is. */
  step(paused: boolean): void {
    const { source } = this.#shown ?? {};
    if (source && this.#progress?.state === 'done' && !paused) source.extend(this.#progress.goal + 1);
    else source?.step();
    this.#goOn();
  }

  /** A new goal; whether it can be had of the samples that there are, and more. */
  extend(samples: number): boolean {
    const { source } = this.#shown ?? {};
    if (!source || !this.#progress || samples < this.ownSamples) return false;
    source.extend(samples);
    this.#goOn();
    return true;
  }

  async merge(saved: Uint8Array): Promise<void> {
    await this.#shown?.source.explanation?.merge(saved);
    this.#goOn();
  }

  async draw(): Promise<void> {
    const shown = this.#shown;
    const progress = this.#progress;
    if (!shown || !progress?.samples) return;
    const serial = ++this.#drawings;
    const isCurrent = () => serial === this.#drawings && shown === this.#shown;
    try {
      const mapping = this.#owner.mapping();
      const isSame = JSON.stringify(mapping) === JSON.stringify(shown.mapping);
      const raw = isSame ? progress : await shown.source.map(mapping);
      const picture = await shown.network.engine.renderMap(raw, this.#owner.drawing(raw, shown));
      if (!isCurrent()) return;
      this.#raw = raw;
      this.#owner.drawn(raw, picture);
    } catch (error) {
      if (isCurrent()) this.#owner.failed(error);
    }
  }

  async #follow(shown: Shown): Promise<void> {
    this.#goesOn = false;
    const isCurrent = () => shown === this.#shown;
    try {
      for await (const progress of shown.source) {
        if (!isCurrent()) return;
        if (progress.ownSamples > progress.goal) return this.#owner.passed();
        const isFirst = this.#progress === undefined;
        this.#progress = progress;
        if (isFirst) this.#owner.begun(progress);
        if (progress.samples > 0) await this.draw();
        if (!isCurrent()) return;
        this.#owner.progressed(progress);
      }
    } catch (error) {
      if (isCurrent()) return this.#owner.failed(error);
    }
    if (this.#goesOn && isCurrent()) void this.#follow(shown);
  }

  /** What is done, or about to be, has something new to tell. */
  #goOn(): void {
    const shown = this.#shown;
    if (!shown?.source.explanation) return;
    this.#goesOn = true;
    if (this.#progress?.state === 'done') void this.#follow(shown);
  }
}
