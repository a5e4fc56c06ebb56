// The class of <smooth-grad>. Its attributes and what a change of them does: attributes.ts and the table of options; all else that it
// has: surface.ts. Keys, while it or what is in it has the focus and `controls` is set: space plays or pauses, s steps, r restarts.
import { type SmoothGradError, toSmoothGradError } from '../api/errors.js';
import type { ClassScore, ExplainOptions, Explanation, Model, Photo, Progress, RawMap, RawTensor } from '../api/index.js';
import { rankClasses } from '../api/scores.js';
import { isTensor } from '../api/sources.js';
import { fromKebab, toKebab } from '../options/kebab.js';
import { optionsOf } from '../options/kinds.js';
import { runOptions } from '../options/table.js';
import { attributeReadings, attributes, given, lookNames, mapNames } from './attributes.js';
import { ColourKey } from './colour_key.js';
import { Due, type Task } from './due.js';
import { listenToKeys } from './keys.js';
import { LiveMap } from './live_map.js';
import { warnOfMisspelt } from './misspelt.js';
import { ElementModel, type Network } from './network.js';
import { ElementPhoto } from './photo.js';
import { Presence } from './presence.js';
import { reflecting, takeEarly } from './reflecting.js';
import { States } from './states.js';
import { bubbling, type SmoothGradEvents } from './surface.js';
import { createView } from './view.js';
import type { State } from './words.js';

/** A run is sent here to be kept once to make it anew takes longer than that is worth: some 24 bytes for each number of the input. */
const keepAfterMs = ({ inputShape }: Pick<Model, 'inputShape'>) => inputShape.reduce((size, length) => size * length) / 100;

const Base = reflecting<typeof attributeReadings, SmoothGradEvents>(attributeReadings);

export class SmoothGradElement extends Base {
  static readonly observedAttributes = Object.keys(attributes).map(toKebab);

  readonly #view = createView(this.attachShadow({ mode: 'open' }));
  readonly #key = new ColourKey(this.#view.key, this);
  readonly #states = new States(this);
  readonly #models = new ElementModel();
  readonly #photos = new ElementPhoto();
  readonly #live: LiveMap;
  readonly #presence = new Presence(this, () => this.loading !== 'eager' && this.#pace());
  /** For somebody to see it. */
  #isWaiting = false;
  #photo: Photo | RawTensor | undefined;
  #network: Network | undefined;
  #outputs: Pick<Model, 'classNames' | 'ending'> = { classNames: [], ending: 'softmax' };
  #classes: readonly ClassScore[] = [];
  #failed: SmoothGradError | undefined;
  /** Counts restarts: whatever belongs to an earlier one is dropped. */
  #turn = 0;
  readonly #due = new Due((task) => {
    if (this.#presence.isThere) void (task === 'run' ? this.#run() : this.#live.redraw(this.#look()));
  });

  constructor() {
    super();
    this.#live = new LiveMap({
      begun: (progress) => this.#classify(progress),
      drawn: (progress, picture) => {
        this.#view.draw(picture);
        this.#key.show(progress);
        this.#emit('drawn', progress);
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

  get photo(): Photo | RawTensor | undefined {
    return this.#photo ?? this.src;
  }

  set photo(photo: Photo | RawTensor | undefined) {
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

  get explanation(): Explanation<Progress> | undefined {
    return this.#live.run;
  }

  get ownSamples(): number {
    return this.#live.ownSamples;
  }

  get raw(): RawMap | undefined {
    return this.#live.raw;
  }

  get kept(): Uint8Array | undefined {
    return this.#live.left;
  }

  get canvas(): HTMLCanvasElement {
    return this.#view.canvas;
  }

  get state(): State {
    if (this.#failed) return 'error';
    if (this.photo === undefined) return 'empty';
    return this.#live.run && this.progress ? this.progress.state : 'loading';
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

  /** From the first sample again; after a lost worker with a new one, from what is `kept`. */
  restart() {
    this.#schedule('run');
  }

  /** The values of what is drawn; undefined before the first sample. */
  async map(): Promise<RawMap | undefined> {
    return this.progress?.done ? this.#live.run?.map(given(this, mapNames)) : undefined;
  }

  /** Adds the samples of a saved run; rejects with a SmoothGradError that says why they do not fit. */
  merge(saved: Uint8Array): Promise<void> {
    return this.#live.merge(saved);
  }

  connectedCallback() {
    if (!this.#presence.enter()) return;
    takeEarly(this, [...Object.keys(attributes), 'photo', 'network']);
    warnOfMisspelt(this);
    this.#showPoster();
    this.#schedule('run');
    this.#describe();
  }

  disconnectedCallback() {
    this.#presence.leave(() => {
      this.#end();
      this.#photos.release();
      this.#models.release();
    });
  }

  attributeChangedCallback(attribute: string, before: string | null, after: string | null) {
    if (before === after || !this.#presence.isThere) return;
    const name = fromKebab(attribute);
    if (name === 'src') this.#photo = undefined;
    if (name === 'src' || name === 'poster') this.#showPoster();
    const changes = attributes[name]?.changes;
    if (changes === 'photo' || changes === 'samples') this.#schedule('run');
    else if (changes === 'look') this.#schedule('look');
    else if (changes === 'goal') this.#extend(this.samples ?? runOptions.samples.default);
    // A run that is due begins as it is to go on; the one before it has nothing more to show.
    else if (changes === 'pace' && this.#due.task !== 'run') this.#pace();
    this.#describe();
  }

  #schedule(task: Task) {
    if (this.#presence.isThere) this.#due.schedule(task);
  }

  async #run() {
    this.#end();
    const turn = this.#turn;
    this.#setFailed(undefined);
    const photo = this.photo;
    this.#isWaiting = photo !== undefined && this.#isUnseen;
    this.#describe();
    if (photo === undefined || this.#isWaiting) return;
    try {
      const { engine, model } = await this.#ready();
      const prepared = isTensor(photo) ? photo : await this.#photos.prepare(model, photo);
      if (turn !== this.#turn) return;
      this.#outputs = model;
      this.#key.engine = engine;
      // What is for another method stays as it was set, for when that is chosen.
      const options = given(this, optionsOf(this.method ?? runOptions.method.default, engine)) as ExplainOptions;
      const own = { ...options, pictures: true, keep: keepAfterMs(model), paused: this.paused || this.#isUnseen };
      this.#live.start((from) => model.explain(prepared, { ...own, from }));
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
    }
  }

  get #isUnseen(): boolean {
    return this.loading !== 'eager' && !this.#presence.isSeen;
  }

  /** As it is to go now: it may be seen, or no longer. */
  #pace() {
    if (!this.#isWaiting) this.#live.pause(this.paused || this.#isUnseen);
    else if (!this.#isUnseen) this.#schedule('run');
  }

  #look() {
    return given(this, lookNames);
  }

  #ready(): Promise<Network> {
    if (this.#network) return Promise.resolve(this.#network);
    const heard = (received: number, total = received) => this.#view.loaded(received / total);
    return this.#models.get(this.model, this.randomised, given(this, ['threads', 'assets']), heard);
  }

  #classify({ logits }: Progress) {
    this.#classes = rankClasses(logits, this.#outputs.classNames, 5, this.#outputs.ending);
    this.#emit('classified', this.#classes);
  }

  /** A new goal: the samples there are stay, unless they are too many, or the last of them is another. */
  #extend(samples: number) {
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
    this.#end();
    this.#setFailed(error);
    this.#describe();
    this.#emit('error', error);
  }

  #setFailed(error: SmoothGradError | undefined) {
    this.#failed = error;
    this.#view.fail(error);
  }

  #emit<K extends keyof SmoothGradEvents>(type: K, detail: SmoothGradEvents[K]['detail']) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: bubbling.has(type) }));
  }

  #showPoster() {
    this.#view.poster(this.poster ?? this.#photos.address(this.photo));
  }

  /** Puts the state into words and the bar. */
  #describe() {
    const hasControls = this.controls && this.#live.run !== undefined;
    this.#states.set(this.state, this.raw !== undefined);
    this.#key.show(this.#live.raw);
    this.#view.describe(this.state, this.alt, this.progress, this.#outputs.classNames, hasControls);
    if (this.controls) this.tabIndex = 0;
  }
}
