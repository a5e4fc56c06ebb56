// <smooth-grad src="cat.jpg">: the live map of a photo, for any page. A plain custom element: no library to load.
//
// Attributes, each also a property (see element_attributes.ts): src, alt, model, randomised (layers from the last with random
//   weights), threads, assets; method, convention, target, versus, difference, noise, sigma, samples, seed, steps, baseline,
//   antithetic; view, colours, channels, reduction, magnitude, window, percentile, opacity, which need no new sample; paused,
//   controls. Absent ones take the engine's defaults.
// Property photo: anything the engine explains instead of src (a Blob, an ImageBitmap, RGBA pixels).
// Methods: play(), pause(), step(), restart(), ready (the model), map() (what is drawn, as values). State: state, progress,
//   classes.
// Events (detail): progress (Progress), classified (ClassScore[], the top five), done (Progress), error (SmoothGradError).
// Keys, while the element or what is in it has the focus and `controls` is set: space plays or pauses, s steps, r restarts.
import type { ClassScore, Explanation, Model, Photo, Progress, RawMap } from './api.js';
import { attributes, drawing, explaining, given, mapping, setup } from './element_attributes.js';
import { ElementModel } from './element_model.js';
import { createView } from './element_view.js';
import { describe, type State } from './element_words.js';
import { type SmoothGradError, toSmoothGradError } from './errors.js';
import { reflecting } from './reflect.js';
import { rankClasses } from './scores.js';

export type * from './api.js';
export { SmoothGradError } from './errors.js';
export { softmax } from './scores.js';
export { sharedEngine, sharedModel } from './shared.js';

const defaultModel = 'efficientnet-lite0';
const defaultSamples = 50;

const Base = reflecting(attributes);

export class SmoothGradElement extends Base {
  static readonly observedAttributes = Object.keys(attributes);

  readonly #view = createView(this.attachShadow({ mode: 'open' }));
  readonly #models = new ElementModel();
  #photo: Photo | undefined;
  #posterUrl: string | undefined;
  #model: Model | undefined;
  #explanation: Explanation | undefined;
  #progress: Progress | undefined;
  #classes: readonly ClassScore[] = [];
  #failed: SmoothGradError | undefined;
  /** Counts restarts: whatever belongs to an earlier one is dropped. */
  #turn = 0;
  #drawings = 0;
  #scheduled = false;

  constructor() {
    super();
    this.#view.toggle.addEventListener('click', () => this.#toggle());
    this.#view.retry.addEventListener('click', () => this.restart());
    this.addEventListener('keydown', (event) => this.#key(event));
  }

  /** The model in use, shared with the page's other elements; rejects with a SmoothGradError. */
  get ready(): Promise<Model> {
    return this.#models.get(this.model ?? defaultModel, this.randomised, given(this, { threads: '', assets: '' }));
  }

  get photo(): Photo | undefined {
    return this.#photo ?? this.src;
  }

  set photo(photo: Photo | undefined) {
    this.#photo = photo;
    this.#showPoster();
    this.#schedule();
  }

  /** The latest figures; of the last map shown while another is being prepared. */
  get progress(): Progress | undefined {
    return this.#progress;
  }

  /** The five most probable classes of the photo. */
  get classes(): readonly ClassScore[] {
    return this.#classes;
  }

  get state(): State {
    if (this.#failed) return 'error';
    if (this.photo === undefined) return 'empty';
    return this.#explanation && this.#progress ? this.#progress.state : 'loading';
  }

  play() {
    this.paused = false;
  }

  pause() {
    this.paused = true;
  }

  /** One more sample; the explanation stays, or becomes, paused. */
  step() {
    if (!this.#explanation) return;
    if (this.#progress?.state === 'done') return this.#extend(this.#progress.samples + 1);
    this.paused = true;
    this.#explanation.step();
  }

  /** From the first sample again; after a lost worker with a new one. */
  restart() {
    void this.#run();
  }

  /** The values of what is drawn; undefined before the first sample. */
  async map(): Promise<RawMap | undefined> {
    return this.#progress?.samples ? this.#explanation?.map(given(this, mapping)) : undefined;
  }

  connectedCallback() {
    this.#showPoster();
    this.#schedule();
    this.#describe();
  }

  disconnectedCallback() {
    this.#turn++;
    this.#explanation?.cancel();
    this.#explanation = undefined;
    this.#models.release();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null) {
    if (before === after || !this.isConnected) return;
    if (name === 'src') {
      this.#photo = undefined;
      this.#showPoster();
    }
    if (name in setup || name in explaining) this.#schedule();
    else if (name in drawing) void this.#draw();
    else if (name === 'samples') this.#extend(this.samples ?? defaultSamples);
    else if (name === 'paused') this.#pauseOrResume();
    this.#describe();
  }

  /** Attributes set in one go make one restart. */
  #schedule() {
    if (this.#scheduled || !this.isConnected) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      if (this.isConnected) void this.#run();
    });
  }

  async #run() {
    const turn = ++this.#turn;
    this.#explanation?.cancel();
    this.#explanation = undefined;
    this.#setFailed(undefined);
    const photo = this.photo;
    if (photo === undefined) return this.#describe();
    try {
      this.#describe();
      const model = await this.ready;
      if (turn !== this.#turn) return;
      this.#model = model;
      const options = given(this, { ...explaining, samples: '' });
      this.#explanation = model.explain(photo, { ...options, paused: this.paused });
      this.#progress = undefined;
      await this.#follow(this.#explanation, turn);
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
    }
  }

  async #follow(explanation: Explanation, turn: number) {
    for await (const progress of explanation) {
      if (turn !== this.#turn) return;
      // A smaller goal came too late: the map of exactly that many samples has to be made anew.
      if (progress.samples > progress.goal) return this.#schedule();
      if (!this.#progress) this.#classify(progress);
      this.#progress = progress;
      if (progress.samples > 0) await this.#draw();
      if (turn !== this.#turn) return;
      this.#describe();
      this.#emit('progress', progress);
      if (progress.state === 'done') this.#emit('done', progress);
    }
  }

  #classify({ logits }: Progress) {
    this.#classes = rankClasses(logits, this.#model?.classNames ?? [], 5);
    this.#emit('classified', this.#classes);
  }

  async #draw() {
    const explanation = this.#explanation;
    if (!explanation || !this.#progress?.samples) return;
    const serial = ++this.#drawings;
    try {
      const picture = await explanation.render(given(this, drawing));
      if (serial === this.#drawings && explanation === this.#explanation) this.#view.draw(picture);
    } catch (error) {
      if (explanation === this.#explanation) this.#fail(error);
    }
  }

  /** A new goal: the samples there are stay, unless they are too many. */
  #extend(samples: number) {
    const explanation = this.#explanation;
    const progress = this.#progress;
    if (!explanation || !progress || samples < progress.samples) return this.#schedule();
    try {
      explanation.extend(samples);
    } catch (error) {
      return this.#fail(error);
    }
    const turn = this.#turn;
    if (progress.state === 'done') this.#follow(explanation, turn).catch((error) => turn === this.#turn && this.#fail(error));
  }

  #pauseOrResume() {
    if (this.paused) this.#explanation?.pause();
    else this.#explanation?.resume();
  }

  #toggle() {
    if (this.state === 'done') this.restart();
    else this.paused = !this.paused;
  }

  #key(event: KeyboardEvent) {
    const onButton = event.composedPath()[0] instanceof HTMLButtonElement && event.key === ' ';
    const actions: Record<string, () => void> = { ' ': () => this.#toggle(), s: () => this.step(), r: () => this.restart() };
    const action = actions[event.key];
    if (!this.controls || !action || onButton || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  }

  #fail(thrown: unknown) {
    const error = toSmoothGradError(thrown);
    if (error.code === 'worker-lost') this.#models.lost();
    this.#explanation?.cancel();
    this.#explanation = undefined;
    this.#setFailed(error);
    this.#describe();
    this.#emit('error', error);
  }

  #setFailed(error: SmoothGradError | undefined) {
    this.#failed = error;
    this.#view.fail(error?.message);
  }

  #emit(type: 'progress' | 'done' | 'classified' | 'error', detail: unknown) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #showPoster() {
    if (this.#posterUrl) URL.revokeObjectURL(this.#posterUrl);
    this.#posterUrl = this.#photo instanceof Blob ? URL.createObjectURL(this.#photo) : undefined;
    const address = this.#posterUrl ?? (typeof this.photo === 'string' ? this.photo : undefined);
    if (address) this.#view.poster.src = address;
    else this.#view.poster.removeAttribute('src');
  }

  /** Puts the state into words and the bar. */
  #describe() {
    const state = this.state;
    const { samples = 0, goal = 0 } = this.#progress ?? {};
    const { label, caption } = describe(state, this.alt, this.#progress, this.#model?.classNames ?? []);
    this.#view.label(label);
    this.#view.caption(caption);
    this.#view.show({
      waiting: state === 'loading' || state === 'running',
      running: state === 'running',
      share: goal > 0 ? samples / goal : 0,
      controls: this.controls && this.#explanation !== undefined,
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
