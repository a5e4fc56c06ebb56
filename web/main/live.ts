// One map of the page: a <smooth-grad> that the state tells what to show.
import 'smoothgrad/element';
import {
  type Engine,
  type Explanation,
  isSampled,
  type PreparedPhoto,
  type Progress,
  type RawMap,
  type SampledProgress,
} from 'smoothgrad';
import type { SmoothGradElement } from 'smoothgrad/element';
import { byId } from '../common/dom.js';
import type { Session } from '../common/session.js';
import { attributesOf } from './options.js';
import type { State } from './state.js';

export interface Listener {
  /** Of every run, the first progress. */
  begun?(progress: Progress): void;
  progressed?(progress: Progress): void;
  /** Another map is on the stage. */
  drawn?(progress: Progress): void;
  failed(error: unknown): void;
}

export class LiveMap {
  readonly #element: SmoothGradElement;

  constructor(id: string, listener: Listener) {
    const element = byId<SmoothGradElement>(id);
    this.#element = element;
    const on = <T>(type: string, heard: (detail: T) => void) =>
      element.addEventListener(type, (event) => heard((event as CustomEvent<T>).detail));
    on('classified', () => element.progress && listener.begun?.(element.progress));
    on<Progress>('progress', (progress) => listener.progressed?.(progress));
    on<Progress>('drawn', (progress) => listener.drawn?.(progress));
    on('error', listener.failed);
  }

  /** The run under way or done; none after an error. */
  get explanation(): Explanation<Progress> | undefined {
    return this.#element.explanation;
  }

  /** The latest figures; none while another map is being prepared. */
  get progress(): Progress | undefined {
    const { state, progress } = this.#element;
    return ['running', 'paused', 'done'].includes(state) ? progress : undefined;
  }

  /** The latest figures of a run that is made of samples. */
  get sampled(): SampledProgress | undefined {
    const { progress } = this;
    return progress && isSampled(progress) ? progress : undefined;
  }

  /** The engine that made it. */
  get engine(): Engine | undefined {
    return this.#element.network?.engine;
  }

  /** Samples of this run alone, without those that were merged. */
  get ownSamples(): number {
    return this.#element.ownSamples;
  }

  /** The values of what is on the stage. */
  get raw(): RawMap | undefined {
    return this.#element.raw;
  }

  /** After a lost worker: what a restart goes on from. */
  get kept(): Uint8Array | undefined {
    return this.#element.kept;
  }

  get canvas(): HTMLCanvasElement {
    return this.#element.canvas;
  }

  /** Shown until the first map. */
  set poster(address: string) {
    this.#element.poster = address;
  }

  /** Only what is not there yet is computed. */
  show(network: Session, photo: PreparedPhoto, state: State) {
    Object.assign(this.#element, { network, photo, ...attributesOf(state, network) });
    if (this.#element.state === 'error') this.#element.restart();
  }

  restart() {
    this.#element.restart();
  }

  pause() {
    this.#element.pause();
  }

  resume() {
    this.#element.play();
  }

  /** One more sample, also when it is done. */
  step() {
    this.#element.step();
  }

  /** Adds the samples of a saved run; rejects with a SmoothGradError that says why they do not fit. */
  merge(saved: Uint8Array): Promise<void> {
    return this.#element.merge(saved);
  }
}
