// The one class that owns the wasm module: models, explanations and their memory. Runs in a worker, or in Node directly.

import { badOption } from '../api/errors.js';
import type { Photo, Picture, RawMap, RawTensor } from '../api/index.js';
import type {
  DrawingSettings,
  EngineSettings,
  Evaluation,
  GradCamSettings,
  MapSettings,
  NetworkSettings,
  OcclusionSettings,
  PerturbSettings,
  Preprocessing,
  RenderSettings,
  RunOptions,
  Service,
} from '../rpc/engine_calls.js';
import { attributionOf, mapOf, Running, type Started } from './held_run.js';
import { loadModule } from './load_module.js';
import { clamped, gone, Models, sizeOf } from './model_store.js';
import { Occlusions } from './occlusions.js';
import { measurePeak, profile } from './profile.js';
import { rankCorrelation } from './rank_correlation.js';
import type { Platform } from './runtime.js';
import { Lanes } from './turns.js';
import type { WasmModule } from './wasm_module.js';

/** Cancelled explanations that stay readable. */
const keptCancelled = 8;

export class WasmService implements Service {
  readonly #platform: Platform;
  readonly #models: Models;
  readonly #occlusions: Occlusions;
  readonly #runs = new Map<number, Running>();
  readonly #cancelled: number[] = [];
  #module: WasmModule | undefined;
  #lanes: Lanes | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.#models = new Models(platform);
    this.#occlusions = new Occlusions(platform, this.#models);
  }

  async open(settings: EngineSettings) {
    const begin = performance.now();
    const { module, ...build } = await loadModule('smoothgrad', settings, this.#platform);
    this.#module = module;
    this.#lanes = new Lanes(module, this.#platform, module.PThread ? build.threads : 0);
    return { ...build, ...module.tables(), loadMs: performance.now() - begin };
  }

  /** Frees everything, at once; for who has no worker to terminate. */
  close(): void {
    for (const id of this.#models.ids) this.#free(id);
    this.#module?.PThread?.terminateAllThreads();
    this.#module = undefined;
  }

  async loadModel(onnx: Uint8Array, settings: NetworkSettings, preprocessing: Preprocessing) {
    return this.#models.add(this.#wasm().loadModel(onnx, settings, preprocessing));
  }

  async closeModel(model: number) {
    this.#free(model);
  }

  async prepare(model: number, photo: Photo) {
    return this.#models.prepare(model, photo);
  }

  async logits(model: number, photo: Photo) {
    return (await this.#models.look(model, photo, {})).logits;
  }

  async evaluate(model: number, input: RawTensor, evaluation: Evaluation) {
    const { wasm, inputShape } = this.#models.get(model);
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
    const { wasm, data, shape } = await this.#models.read(model, source);
    return { ...sizeOf(shape), map: wasm.edges(data), signed: false };
  }

  async perturb(model: number, source: Photo | RawTensor, { map }: RawMap, settings: PerturbSettings) {
    const { wasm, data } = await this.#models.read(model, source);
    return wasm.perturb(data, map, settings);
  }

  async memory() {
    return { heap: this.#wasm().heapBytes(), allocated: this.#wasm().allocatedBytes(), ...this.#models.memory() };
  }

  async peak() {
    return measurePeak(this.#wasm(), this.#platform);
  }

  async profile(model: number, input: RawTensor, target: number, passes: number) {
    return profile(() => this.#models.get(model).wasm, this.#platform, input.data, target, passes);
  }

  async renderMap(
    { map, width, height, signed = map.some((value) => value < 0) }: RawMap,
    pixels: Uint8ClampedArray,
    options: DrawingSettings,
  ): Promise<Picture> {
    const settings = { colours: signed ? 'diverging' : 'grey', ...options, signed };
    return { width, height, data: clamped(this.#wasm().renderMap(map, width, height, pixels, settings)) };
  }

  async gradCam(model: number, source: Photo | RawTensor, options: GradCamSettings) {
    const { wasm, data, shape, classes } = await this.#models.look(model, source, options);
    return { ...classes, ...sizeOf(shape), map: wasm.gradCam(data, { ...options, ...classes }), signed: false };
  }

  async occlude(occlusion: number, model: number, source: Photo | RawTensor, options: OcclusionSettings) {
    await this.#occlusions.start(() => this.#wasm(), occlusion, model, source, options);
  }

  async nextSquares(occlusion: number) {
    return this.#occlusions.next(occlusion);
  }

  async endOcclusion(occlusion: number) {
    this.#occlusions.end(occlusion);
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
    const { samples, goal, done } = wasm.progress();
    // The goal is of this run alone: what was merged does not count.
    if (done) wasm.extend(goal + 1);
    while (running.paused && !running.cancelled && wasm.progress().samples === samples) {
      wasm.stepOne();
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
    return attributionOf(await this.#started(run), (wasm) => wasm.attribution(reduction));
  }

  async standardError(run: number): Promise<RawTensor> {
    return attributionOf(await this.#started(run), (wasm) => wasm.standardError());
  }

  async agreement(run: number): Promise<number> {
    const { run: wasm } = await this.#started(run);
    return wasm.progress().samples < 2 ? Number.NaN : rankCorrelation(wasm.halfMap(true), wasm.halfMap(false));
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

  async map(run: number, options: MapSettings): Promise<RawMap> {
    return mapOf(await this.#started(run), options);
  }

  async render(run: number, options: RenderSettings): Promise<Picture> {
    const started = await this.#started(run);
    const { pixels } = started.subject;
    if (options.view !== 'map' && pixels.length === 0) {
      throw badOption(`view ${options.view} shows the photo, but a tensor is explained: choose map`);
    }
    return this.renderMap(mapOf(started, options), pixels, options);
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
    this.#occlusions.endOf(model);
    this.#models.free(model);
  }

  async #begin(running: Running, source: Photo | RawTensor, options: RunOptions): Promise<Started> {
    const subject = await this.#models.look(running.model, source, options);
    const settings = { ...options, ...subject.classes, expectedClass: subject.topClass };
    const started = {
      run: this.#wasm().makeRun(subject.wasm, subject.data, settings),
      subject,
      difference: options.difference,
    };
    this.#go(running, started);
    return started;
  }

  /** Gives it lanes, if it wants any. */
  #go(running: Running, { run }: Started) {
    if (!running.paused && !running.cancelled && !run.progress().done) this.#lanes?.add(running, run);
    running.poke();
  }

  #wasm(): WasmModule {
    if (!this.#module) throw gone('engine');
    return this.#module;
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
