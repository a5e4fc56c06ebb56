// The one class that owns the wasm module: models, explanations and their memory. Runs in a worker, or in Node directly.
import type { Photo, RawMap, RawTensor } from './api.js';
import { badOption, SmoothGradError } from './errors.js';
import { Lanes } from './lanes.js';
import { loadModule } from './load.js';
import type { WasmModel, WasmModule } from './module.js';
import { isPrepared, isTensor } from './options.js';
import type { Platform } from './platform.js';
import { measurePeak, profile } from './profile.js';
import type {
  EngineInfo,
  EngineSettings,
  Evaluation,
  ModelInfo,
  PerturbSettings,
  Preprocessing,
  RenderSettings,
  Rgba,
  RunOptions,
  Service,
} from './protocol.js';
import { magnitudes, rankCorrelation } from './ranks.js';
import { Running, type Started } from './running.js';

/** Cancelled explanations that stay readable. */
const keptCancelled = 8;

interface Loaded {
  wasm: WasmModel;
  inputShape: number[];
  weightBytes: number;
  arenaBytes: number;
}

const gone = (what: string) => new SmoothGradError('closed', `this ${what} has been closed`);

export class WasmService implements Service {
  readonly #platform: Platform;
  readonly #models = new Map<number, Loaded>();
  readonly #runs = new Map<number, Running>();
  readonly #cancelled: number[] = [];
  #module: WasmModule | undefined;
  #lanes: Lanes | undefined;
  #lastModel = 0;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  async open(settings: EngineSettings): Promise<EngineInfo> {
    const begin = performance.now();
    const { module, ...build } = await loadModule(settings, this.#platform);
    this.#module = module;
    this.#lanes = new Lanes(module, this.#platform, module.PThread ? build.threads : 0);
    return { ...build, ...module.tables(), loadMs: performance.now() - begin };
  }

  /** Frees everything, at once; for who has no worker to terminate. */
  close(): void {
    for (const id of [...this.#models.keys()]) this.#free(id);
    this.#module?.PThread?.terminateAllThreads();
    this.#module = undefined;
  }

  async loadModel(onnx: Uint8Array, preprocessing: Preprocessing): Promise<ModelInfo> {
    const wasm = this.#wasm().loadModel(onnx, preprocessing);
    try {
      const { inputShape, classes, classNames, weightBytes, arenaBytes } = wasm.info();
      this.#models.set(++this.#lastModel, { wasm, inputShape, weightBytes, arenaBytes });
      return { id: this.#lastModel, inputShape, classes, classNames };
    } catch (error) {
      wasm.delete();
      throw error;
    }
  }

  async closeModel(model: number) {
    this.#free(model);
  }

  async prepare(model: number, photo: Photo): Promise<{ pixels: Rgba; input: RawTensor }> {
    const { data, pixels, shape } = await this.#prepare(model, photo);
    const [, , height = 1, width = 1] = shape;
    return { pixels: { width, height, data: pixels }, input: { shape, data } };
  }

  async logits(model: number, photo: Photo): Promise<Float32Array> {
    const { data } = await this.#prepare(model, photo);
    return this.#model(model).wasm.evaluate(data, { rule: 'gradient' }).logits;
  }

  async evaluate(model: number, input: RawTensor, evaluation: Evaluation) {
    const { wasm, inputShape } = this.#model(model);
    const { logits, gradient } = wasm.evaluate(input.data, evaluation);
    return gradient ? { logits, gradient: { shape: [...inputShape], data: gradient } } : { logits };
  }

  async noise(size: number, seed: bigint, sample: number) {
    return this.#wasm().noise(seed, sample, size);
  }

  async measure({ map, height, width }: RawMap) {
    return this.#wasm().measureMap(map, height, width);
  }

  async compare(a: RawMap, b: RawMap) {
    return this.#wasm().compareMaps(a.map, b.map, a.height, a.width);
  }

  async edges(model: number, source: Photo | RawTensor): Promise<RawMap> {
    const { data, shape } = await this.#input(model, source);
    const [, , height = 1, width = 1] = shape;
    return { width, height, map: this.#model(model).wasm.edges(data) };
  }

  async perturb(model: number, source: Photo | RawTensor, { map }: RawMap, settings: PerturbSettings) {
    const { data } = await this.#input(model, source);
    return this.#model(model).wasm.perturb(data, map, settings);
  }

  async memory() {
    const models = [...this.#models.values()];
    return {
      heap: this.#wasm().heapBytes(),
      allocated: this.#wasm().allocatedBytes(),
      weights: models.reduce((sum, { weightBytes }) => sum + weightBytes, 0),
      arena: models.reduce((most, { arenaBytes }) => Math.max(most, arenaBytes), 0),
    };
  }

  async peak() {
    return measurePeak(this.#wasm(), this.#platform);
  }

  async profile(model: number, input: RawTensor, target: number, passes: number) {
    return profile(() => this.#model(model).wasm, this.#platform, input.data, target, passes);
  }

  async explain(run: number, model: number, source: Photo | RawTensor, options: RunOptions) {
    const begin = (running: Running) => this.#begin(running, source, options);
    const running = new Running(model, options.map, options.paused, this.#platform.frameMs, begin);
    this.#runs.set(run, running);
    await running.ready;
  }

  async next(run: number, seen: string) {
    return this.#running(run).next(seen);
  }

  async pause(run: number) {
    const running = this.#running(run);
    running.paused = true;
    this.#lanes?.remove((await this.#started(run)).run);
    running.poke();
  }

  async resume(run: number) {
    const running = this.#running(run);
    running.paused = false;
    this.#go(running, await this.#started(run));
  }

  async step(run: number) {
    const running = this.#running(run);
    await this.pause(run);
    const wasm = (await this.#started(run)).run;
    const { samples, goal } = wasm.progress();
    if (samples >= goal) wasm.extend(samples + 1);
    while (running.paused && !running.cancelled && wasm.progress().samples === samples) {
      wasm.step();
      await this.#platform.nextTurn();
    }
    if (running.paused && !running.cancelled) wasm.stop();
    running.poke();
  }

  async extend(run: number, samples: number) {
    const running = this.#running(run);
    // At once where it can be: who asks next must not be told that it is done.
    const started = running.started ?? (await this.#started(run));
    if (running.cancelled) return;
    started.run.extend(samples);
    this.#go(running, started);
  }

  async cancel(run: number) {
    const running = this.#runs.get(run);
    if (!running || running.cancelled) return;
    running.cancelled = true;
    running.poke();
    this.#cancelled.push(run);
    if (this.#cancelled.length > keptCancelled) this.#forget(this.#cancelled.shift() as number);
    const started = await running.ready.catch(() => undefined);
    if (started && this.#runs.has(run)) this.#lanes?.remove(started.run);
  }

  async attribution(run: number, reduction: string | undefined): Promise<RawTensor> {
    const { run: wasm, shape } = await this.#started(run);
    return { shape: [...shape], data: wasm.attribution(reduction) };
  }

  async standardError(run: number): Promise<RawTensor> {
    const { run: wasm, shape } = await this.#started(run);
    return { shape: [...shape], data: wasm.standardError() };
  }

  async agreement(run: number): Promise<number> {
    const { run: wasm, shape } = await this.#started(run);
    const [even, odd] = [true, false].map((half) => magnitudes(wasm.halfMean(half), shape));
    return wasm.progress().samples < 2 ? Number.NaN : rankCorrelation(even as Float32Array, odd as Float32Array);
  }

  async signalToNoise(run: number): Promise<number> {
    const { run: wasm } = await this.#started(run);
    if (wasm.progress().samples < 2) return Number.NaN;
    return this.#wasm().signalToNoise(wasm.attribution('mean'), wasm.standardError());
  }

  async save(run: number): Promise<Uint8Array> {
    return (await this.#started(run)).run.save();
  }

  async merge(run: number, saved: Uint8Array) {
    (await this.#started(run)).run.merge(saved);
    this.#running(run).poke();
  }

  async render(run: number, options: RenderSettings): Promise<Rgba> {
    const { run: wasm, pixels, shape } = await this.#started(run);
    if (options.view !== 'map' && pixels.length === 0) {
      throw badOption(`view ${options.view} shows the photo, but a tensor is explained: choose map`);
    }
    const [, , height = 1, width = 1] = shape;
    return { width, height, data: clamped(wasm.render(pixels, options)) };
  }

  /** Ends it and frees its memory, as soon as it has some. */
  #forget(id: number) {
    const running = this.#runs.get(id);
    if (!running) return;
    this.#runs.delete(id);
    running.cancelled = true;
    running.poke();
    const free = ({ run }: Started) => {
      this.#lanes?.remove(run);
      run.delete();
    };
    // At once where it can be: threads must end before their pool does.
    if (running.started) free(running.started);
    else running.ready.then(free, () => {});
  }

  #free(model: number) {
    for (const [id, running] of this.#runs) if (running.model === model) this.#forget(id);
    this.#models.get(model)?.wasm.delete();
    this.#models.delete(model);
  }

  async #begin(running: Running, source: Photo | RawTensor, options: RunOptions): Promise<Started> {
    const { data, pixels, shape } = await this.#input(running.model, source);
    const { wasm } = this.#model(running.model);
    const { logits } = wasm.evaluate(data, { rule: 'gradient' });
    const expectedClass = logits.indexOf(logits.reduce((a, b) => Math.max(a, b)));
    const target = options.target ?? expectedClass;
    const run = this.#wasm().makeRun(wasm, data, { ...options, target, expectedClass });
    const started = { run, target, logits, pixels, shape };
    this.#go(running, started);
    return started;
  }

  /** Gives it lanes, if it wants any. */
  #go(running: Running, { run }: Started) {
    if (!running.paused && !running.cancelled && !run.progress().done) this.#lanes?.add(running, run);
    running.poke();
  }

  /** Without pixels where a tensor is given. */
  async #input(model: number, source: Photo | RawTensor) {
    return isTensor(source) ? { ...source, pixels: new Uint8ClampedArray() } : this.#prepare(model, source);
  }

  async #prepare(model: number, photo: Photo) {
    if (isPrepared(photo)) {
      const { pixels, input } = photo;
      return { data: input.data, pixels: pixels.data, shape: input.shape };
    }
    const { width, height, data } = await this.#platform.decode(photo);
    const { wasm, inputShape } = this.#model(model); // may have been closed meanwhile
    const { pixels, input } = wasm.prepare(data, width, height);
    return { data: input, pixels: clamped(pixels), shape: [...inputShape] };
  }

  #wasm(): WasmModule {
    if (!this.#module) throw gone('engine');
    return this.#module;
  }

  #model(id: number): Loaded {
    const model = this.#models.get(id);
    if (!model) throw gone('model');
    return model;
  }

  async #started(id: number): Promise<Started> {
    const started = await this.#running(id).ready;
    this.#running(id); // may have been closed meanwhile
    return started;
  }

  #running(id: number): Running {
    const running = this.#runs.get(id);
    if (!running) throw gone('explanation');
    return running;
  }
}

const clamped = (bytes: Uint8Array) => new Uint8ClampedArray(bytes.buffer as ArrayBuffer);
