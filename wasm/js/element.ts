// <smooth-grad src="cat.jpg">: the live map of a photo, for any page. A plain custom element: no library to load.
//
// Attributes, each also a property, `clean-last` as cleanLast (see element_attributes.ts): src, alt, poster (a picture to show
//   until there is a map; else the photo), model, randomised (layers from the last with random weights), threads, assets;
//   method (also `grad-cam` with layer, `occlusion` with size, stride, baseline), rule, times-input, convention, target, versus,
//   difference, noise, sigma, samples, seed, first-sample, steps, baseline, antithetic, clean-last; view, colours, channels,
//   reduction, magnitude, window, percentile, from-lowest, opacity, which need no new sample; paused, controls. Absent ones
//   take the engine's defaults.
// Properties instead of src and model: photo, anything the engine explains (a Blob, an ImageBitmap, RGBA pixels); network,
//   { engine, model } that the page has loaded itself. Of what is shown: state, progress, classes, explanation (none for
//   grad-cam and occlusion), ownSamples (without merged ones), raw (the values on the canvas), canvas; ready (the model).
// Methods: play(), pause(), toggle(), step(), restart(), map() (what is drawn, as values), merge(a saved run).
// Events (detail): progress (Progress), drawn (RawMap), classified (ClassScore[], the top five), done (Progress), error
//   (SmoothGradError).
// Keys, while the element or what is in it has the focus and `controls` is set: space plays or pauses, s steps, r restarts.

import { type SmoothGradError, toSmoothGradError } from './api/errors.js';
import type { ClassScore, Explanation, Model, Photo, Progress, RawMap } from './api/index.js';
import { rankClasses } from './api/scores.js';
import { attributes, drawing, drawingOf, explaining, given, mapping, setup } from './element/attributes.js';
import { listenToKeys } from './element/keys.js';
import { LiveMap } from './element/live_map.js';
import { ElementModel } from './element/network.js';
import { ElementPhoto } from './element/photo.js';
import { reflecting, takeEarly } from './element/reflecting.js';
import { type Network, startSource } from './element/source.js';
import { createView } from './element/view.js';
import { describe, type State } from './element/words.js';
import { fromKebab, toKebab } from './options/kebab.js';

export { SmoothGradError } from './api/errors.js';
export type * from './api/index.js';
export { softmax } from './api/scores.js';
export { sharedEngine, sharedModel } from './element/shared_engine.js';
export type { Network } from './element/source.js';

const defaults = { model: 'efficientnet-lite0', samples: 50 };

const Base = reflecting(attributes);

export class SmoothGradElement extends Base {
  static readonly observedAttributes = Object.keys(attributes).map(toKebab);

  readonly #view = createView(this.attachShadow({ mode: 'open' }));
  readonly #models = new ElementModel();
  readonly #photos = new ElementPhoto();
  readonly #live: LiveMap;
  #photo: Photo | undefined;
  #network: Network | undefined;
  #names: readonly string[] = [];
  #classes: readonly ClassScore[] = [];
  #failed: SmoothGradError | undefined;
  /** Counts restarts: whatever belongs to an earlier one is dropped. */
  #turn = 0;
  #due: 'nothing' | 'picture' | 'run' = 'nothing';

  constructor() {
    super();
    this.#live = new LiveMap({
      mapping: () => given(this, mapping),
      drawing: (raw, { network, photo }) => drawingOf(this, raw, network.engine.conventions, photo.pixels),
      begun: (progress) => this.#classify(progress),
      drawn: (raw, picture) => {
        this.#view.draw(picture);
        this.#emit('drawn', raw);
      },
      progressed: (progress) => {
        this.#describe();
        this.#emit('progress', progress);
        if (progress.state === 'done') this.#emit('done', progress);
      },
      passed: () => this.restart(),
      failed: (error) => this.#fail(error),
    });
    this.#view.toggle.addEventListener('click', () => this.toggle());
    this.#view.retry.addEventListener('click', () => this.restart());
    listenToKeys(this);
  }

  /** The model in use, by default shared with the page's other elements; rejects with a SmoothGradError. */
  get ready(): Promise<Model> {
    return this.#ready().then(({ model }) => model);
  }

  get photo(): Photo | undefined {
    return this.#photo ?? this.src;
  }

  set photo(photo: Photo | undefined) {
    if (photo === this.#photo) return;
    this.#photo = photo;
    this.#showPoster();
    this.#schedule('run');
  }

  get network(): Network | undefined {
    return this.#network;
  }

  set network(network: Network | undefined) {
    if (network?.model === this.#network?.model) return;
    this.#network = network;
    this.#schedule('run');
  }

  /** The latest figures; of the last map shown while another is being prepared. */
  get progress(): Progress | undefined {
    return this.#live.progress;
  }

  /** The five most probable classes of the photo. */
  get classes(): readonly ClassScore[] {
    return this.#classes;
  }

  get explanation(): Explanation | undefined {
    return this.#live.shown?.source.explanation;
  }

  get ownSamples(): number {
    return this.#live.ownSamples;
  }

  get raw(): RawMap | undefined {
    return this.#live.raw;
  }

  get canvas(): HTMLCanvasElement {
    return this.#view.canvas;
  }

  get state(): State {
    if (this.#failed) return 'error';
    if (this.photo === undefined) return 'empty';
    return this.#live.shown && this.progress ? this.progress.state : 'loading';
  }

  play() {
    this.paused = false;
  }

  pause() {
    this.paused = true;
  }

  /** Plays, pauses or, when it is done, plays again. */
  toggle() {
    if (this.state === 'done') this.restart();
    else this.paused = !this.paused;
  }

  /** One more sample; what is under way stays, or becomes, paused. */
  step() {
    if (this.state === 'loading') return;
    if (this.progress?.state !== 'done') this.paused = true;
    this.#live.step(this.paused);
  }

  /** From the first sample again; after a lost worker with a new one. */
  restart() {
    this.#schedule('run');
  }

  /** The values of what is drawn; undefined before the first sample. */
  async map(): Promise<RawMap | undefined> {
    return this.progress?.samples ? this.#live.shown?.source.map(given(this, mapping)) : undefined;
  }

  /** Adds the samples of a saved run; rejects with a SmoothGradError that says why they do not fit. */
  merge(saved: Uint8Array): Promise<void> {
    return this.#live.merge(saved);
  }

  connectedCallback() {
    takeEarly(this, [...Object.keys(attributes), 'photo', 'network']);
    this.#showPoster();
    this.#schedule('run');
    this.#describe();
  }

  disconnectedCallback() {
    this.#end();
    this.#models.release();
  }

  attributeChangedCallback(attribute: string, before: string | null, after: string | null) {
    if (before === after || !this.isConnected) return;
    const name = fromKebab(attribute);
    if (name === 'src') this.#photo = undefined;
    if (name === 'src' || name === 'poster') this.#showPoster();
    if (name in setup || name in explaining) this.#schedule('run');
    else if (name in drawing) this.#schedule('picture');
    else if (name === 'samples') this.#extend(this.samples ?? defaults.samples);
    else if (name === 'paused') this.#live.pause(this.paused);
    this.#describe();
  }

  /** Attributes set in one go make one restart, or one picture. */
  #schedule(what: 'picture' | 'run') {
    if (!this.isConnected) return;
    const isScheduled = this.#due !== 'nothing';
    if (this.#due !== 'run') this.#due = what;
    if (isScheduled) return;
    queueMicrotask(() => {
      const due = this.#due;
      this.#due = 'nothing';
      if (this.isConnected) void (due === 'run' ? this.#run() : this.#live.draw());
    });
  }

  async #run() {
    this.#end();
    const turn = this.#turn;
    this.#setFailed(undefined);
    const photo = this.photo;
    this.#describe();
    if (photo === undefined) return;
    try {
      const network = await this.#ready();
      const prepared = await this.#photos.prepare(network.model, photo);
      if (turn !== this.#turn) return;
      this.#names = network.model.classNames;
      const wanted = given(this, mapping);
      const options = { ...given(this, { ...explaining, samples: '' }), ...wanted, paused: this.paused };
      this.#live.start({ network, photo: prepared, source: startSource(network, prepared, options), mapping: wanted });
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
    }
  }

  #ready(): Promise<Network> {
    if (this.#network) return Promise.resolve(this.#network);
    return this.#models.get(this.model ?? defaults.model, this.randomised, given(this, { threads: '', assets: '' }));
  }

  #classify({ logits }: Progress) {
    this.#classes = rankClasses(logits, this.#names, 5);
    this.#emit('classified', this.#classes);
  }

  /** A new goal: the samples there are stay, unless they are too many, or the last of them is another. */
  #extend(samples: number) {
    if (this.#live.shown && !this.explanation) return;
    try {
      if (this.cleanLast || !this.#live.extend(samples)) this.restart();
    } catch (error) {
      this.#fail(error);
    }
  }

  #end() {
    this.#turn++;
    this.#live.end();
  }

  #fail(thrown: unknown) {
    const error = toSmoothGradError(thrown);
    if (error.code === 'worker-lost' && !this.#network) this.#models.lost();
    this.#end();
    this.#setFailed(error);
    this.#describe();
    this.#emit('error', error);
  }

  #setFailed(error: SmoothGradError | undefined) {
    this.#failed = error;
    this.#view.fail(error?.message);
  }

  #emit(type: 'progress' | 'drawn' | 'done' | 'classified' | 'error', detail: unknown) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #showPoster() {
    this.#view.poster(this.poster ?? this.#photos.address(this.photo));
  }

  /** Puts the state into words and the bar. */
  #describe() {
    const state = this.state;
    const { samples = 0, goal = 0 } = this.progress ?? {};
    const unit = this.#live.shown && !this.explanation ? 'squares' : 'samples';
    const { label, caption } = describe(state, this.alt, this.progress, this.#names, unit);
    this.#view.label(label);
    this.#view.caption(caption);
    this.#view.show({
      waiting: state === 'loading' || state === 'running',
      running: state === 'running',
      share: goal > 0 ? Math.min(samples / goal, 1) : 0,
      controls: this.controls && this.#live.shown !== undefined,
    });
    if (this.controls) this.tabIndex = 0;
  }
}

if (!customElements.get('smooth-grad')) customElements.define('smooth-grad', SmoothGradElement);

declare global {
  interface HTMLElementTagNameMap {
    'smooth-grad': SmoothGradElement;
  }
}
