// The calls about runs: their control, their frames, what can be read of them.

import { badOption } from '../api/errors.js';
import type { Denoised, DenoisedFigures, DrawnMap, RawMap, RawTensor, Reliability } from '../api/index.js';
import type { DrawingSettings, LookSettings, RunSettings } from '../options/settings.js';
import type { Frame, RunStart, Source } from '../rpc/engine_calls.js';
import { HeldRun } from './held_run.js';
import { clamped, gone, ModelStore } from './model_store.js';
import { type Input, PhotoStore } from './photo_store.js';
import { rankCorrelation } from './rank_correlation.js';
import type { Runtime } from './runtime.js';
import { attributionOf, mapOf, type Started, sampledOf } from './started.js';
import type { Turns } from './turns.js';
import type { AnyRun, WasmModule } from './wasm_module.js';
import { zeroNote } from './zero_note.js';

/** Cancelled runs that stay readable. */
const keptCancelled = 8;

export class RunService {
  protected readonly runtime: Runtime;
  protected readonly models = new ModelStore();
  protected readonly photos: PhotoStore;
  protected module: WasmModule | undefined;
  protected turns: Turns | undefined;
  readonly #runs = new Map<number, HeldRun>();
  readonly #cancelled: number[] = [];

  constructor(runtime: Runtime) {
    this.runtime = runtime;
    this.photos = new PhotoStore(runtime, this.models);
  }

  async explain(run: number, model: number, source: Source, settings: RunSettings): Promise<RunStart> {
    const begin = (held: HeldRun) => this.#begin(held, source, settings);
    const remark = (started: Started) => zeroNote(started, this.models.get(model).wasm);
    const held = new HeldRun(model, settings, this.runtime.frameMs, (...map) => this.draw(...map), remark, begin);
    this.#runs.set(run, held);
    const { target, versus, logits } = await held.ready;
    return { target, ...(versus === undefined ? {} : { versus }), logits: logits.slice() };
  }

  async next(run: number, seen: string): Promise<Frame | undefined> {
    return this.#held(run).next(seen);
  }

  async redraw(run: number, look: LookSettings): Promise<Frame> {
    return this.#held(run).redraw(look);
  }

  async pause(run: number) {
    const held = this.#held(run);
    held.paused = true;
    this.turns?.remove((await this.#started(run)).run);
    held.poke();
  }

  async resume(run: number) {
    const held = this.#held(run);
    held.paused = false;
    held.resumed++;
    this.#go(held, await this.#started(run));
  }

  async step(run: number) {
    const held = this.#held(run);
    const { resumed } = held;
    await this.pause(run);
    const { run: wasm } = await this.#started(run);
    // Two at once would take the same sample for theirs.
    const before = held.steps;
    const isWanted = () => held.paused && !held.cancelled && held.resumed === resumed;
    const made = before.then(() => this.#makeStep(held, wasm, isWanted));
    held.steps = made.catch(() => {});
    await made;
  }

  async #makeStep(held: HeldRun, wasm: AnyRun, isWanted: () => boolean) {
    if (!isWanted()) return;
    const isSampled = 'stepOne' in wasm;
    const { samples, goal, done } = wasm.progress();
    // The goal is of this run alone: what was merged does not count.
    if (done && isSampled) wasm.extend(goal + 1);
    while (isWanted() && wasm.progress().samples === samples && !wasm.progress().done) {
      if (isSampled) wasm.stepOne();
      else wasm.step();
      await this.runtime.nextTurn();
    }
    if (isWanted()) wasm.stop();
    held.poke();
  }

  async extend(run: number, samples: number) {
    const held = this.#held(run);
    held.goal = samples;
    // At once where it can be: who asks next must not be told that it is done.
    const started = held.started ?? (await this.#started(run));
    if (held.cancelled) return;
    sampledOf(started, 'a goal').extend(samples);
    this.#go(held, started);
  }

  async cancel(run: number) {
    const held = this.#runs.get(run);
    if (!held || held.cancelled) return;
    held.cancelled = true;
    held.poke();
    // What was not made of samples has been seen whole.
    if (held.started && !('attribution' in held.started.run)) return this.forget(run);
    this.#cancelled.push(run);
    if (this.#cancelled.length > keptCancelled) await this.forget(this.#cancelled.shift() as number);
    const started = await held.ready.catch(() => undefined);
    if (started && this.#runs.has(run)) this.turns?.remove(started.run);
  }

  /** Ends it and frees its memory, as soon as it has some. */
  async forget(run: number) {
    const held = this.#runs.get(run);
    if (!held) return;
    this.#runs.delete(run);
    held.cancelled = true;
    held.poke();
    const free = ({ run: wasm }: Started) => {
      this.turns?.remove(wasm);
      wasm.delete();
    };
    // At once where it can be: threads must end before their pool does.
    if (held.started) free(held.started);
    else held.ready.then(free, () => {});
  }

  async map(run: number, look: LookSettings): Promise<RawMap> {
    return mapOf(await this.#started(run), look);
  }

  async render(run: number, look: LookSettings): Promise<DrawnMap> {
    const started = await this.#started(run);
    return this.draw(mapOf(started, look), started.input.pixels, look);
  }

  async attribution(run: number, reduction: string | undefined): Promise<RawTensor> {
    return attributionOf(await this.#started(run), (wasm) => wasm.attribution(reduction));
  }

  async standardError(run: number): Promise<RawTensor> {
    return attributionOf(await this.#started(run), (wasm) => wasm.standardError());
  }

  async denoised(run: number): Promise<Denoised> {
    const started = await this.#started(run);
    const wasm = sampledOf(started, 'a denoised attribution');
    const { mean, variance } = wasm.denoisedTensors();
    const figures = wasm.denoisedFigures() as DenoisedFigures;
    return { mean: attributionOf(started, () => mean), variance: attributionOf(started, () => variance), ...figures };
  }

  async agreement(run: number): Promise<number> {
    const wasm = sampledOf(await this.#started(run), 'the agreement of halves');
    return wasm.progress().samples < 2 ? Number.NaN : rankCorrelation(wasm.halfMap(true), wasm.halfMap(false));
  }

  async reliability(run: number): Promise<Reliability> {
    return sampledOf(await this.#started(run), 'the reliability').reliability();
  }

  async signalToNoise(run: number): Promise<number> {
    const wasm = sampledOf(await this.#started(run), 'signal to noise');
    if (wasm.progress().samples < 2) return Number.NaN;
    return this.wasm().signalToNoise(wasm.attribution('mean'), wasm.standardError());
  }

  async save(run: number): Promise<Uint8Array> {
    return sampledOf(await this.#started(run), 'a saved run').save();
  }

  async merge(run: number, saved: Uint8Array) {
    sampledOf(await this.#started(run), 'a saved run').merge(saved);
    this.#held(run).poke();
  }

  protected draw(
    { map, width, height, signed = map.some((value) => value < 0) }: RawMap,
    pixels: Uint8ClampedArray,
    drawing: DrawingSettings,
  ): DrawnMap {
    if (drawing.view !== 'map' && pixels.length === 0) {
      throw badOption(`view ${drawing.view} shows the photo, but a tensor is explained: choose map`);
    }
    const usual = signed ? 'diverging' : drawing.view === 'overlay' ? 'inferno' : 'grey';
    const settings = { colours: usual, ...drawing, signed };
    const { data, low, high } = this.wasm().renderMap(map, width, height, pixels, settings);
    return { width, height, data: clamped(data), low, high, colours: settings.colours };
  }

  /** With all that was made of it. */
  protected freeModel(model: number) {
    for (const [id, held] of this.#runs) if (held.model === model) void this.forget(id);
    this.photos.freeOf(model);
    this.models.free(model);
  }

  /** Computed once for a model and a photo that is held. */
  protected logitsOf(model: number, input: Input): Float32Array {
    const { wasm } = this.models.get(model);
    return input.logits(model, () => wasm.evaluate(input.data, { rule: 'gradient' }).logits);
  }

  protected wasm(): WasmModule {
    if (!this.module) throw gone('engine');
    return this.module;
  }

  async #begin(held: HeldRun, source: Source, settings: RunSettings): Promise<Started> {
    const { model } = held;
    const input = await this.photos.read(model, source);
    const { wasm } = this.models.get(model);
    const logits = this.logitsOf(model, input);
    const expectedClass = logits.indexOf(logits.reduce((a, b) => Math.max(a, b)));
    const { target = expectedClass, versus } = settings;
    const run = this.wasm().makeRun(wasm, input.data, { ...settings, target, expectedClass });
    const classes = { target, ...(versus === undefined ? {} : { versus }) };
    const started = { run, input, logits, ...classes, difference: settings.difference };
    if (settings.from !== undefined) sampledOf(started, 'a saved run').resume(settings.from);
    // Or it would be done at its first goal before it hears of the other.
    if (held.goal !== undefined && 'extend' in run) run.extend(held.goal);
    this.#go(held, started);
    return started;
  }

  /** Gives it lanes, if it wants any. */
  #go(held: HeldRun, { run }: Started) {
    if (!held.paused && !held.cancelled && !run.progress().done) this.turns?.add(held, run);
    held.poke();
  }

  async #started(id: number): Promise<Started> {
    const started = await this.#held(id).ready;
    this.#held(id); // may have been closed meanwhile
    return started;
  }

  #held(id: number): HeldRun {
    const held = this.#runs.get(id);
    if (!held) throw gone('explanation');
    return held;
  }
}
