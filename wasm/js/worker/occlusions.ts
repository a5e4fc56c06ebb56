// Occlusion maps in the making: some squares whenever somebody asks, messages and other work in between.
import type { OcclusionProgress, Photo, RawTensor } from '../api/index.js';
import type { OcclusionSettings } from '../rpc/engine_calls.js';
import { gone, type Models, type Subject, sizeOf } from './model_store.js';
import type { Platform } from './runtime.js';
import type { WasmModule, WasmOcclusion } from './wasm_module.js';

/** What one answer may cover. */
const sliceMs = 100;

interface Started extends Pick<Subject, 'classes' | 'shape'> {
  occlusion: WasmOcclusion;
}

export class Occlusions {
  readonly #platform: Platform;
  readonly #models: Models;
  readonly #started = new Map<number, Started & { model: number }>();

  constructor(platform: Platform, models: Models) {
    this.#platform = platform;
    this.#models = models;
  }

  async start(module: () => WasmModule, id: number, model: number, source: Photo | RawTensor, options: OcclusionSettings) {
    const { wasm, data, shape, classes } = await this.#models.look(model, source, options);
    const occlusion = module().makeOcclusion(wasm, data, { ...options, ...classes });
    this.#started.set(id, { occlusion, shape, classes, model });
  }

  async next(id: number): Promise<OcclusionProgress> {
    const end = performance.now() + sliceMs;
    let state: OcclusionProgress['state'] = 'running';
    while (state === 'running' && performance.now() < end) {
      if (!this.#get(id).occlusion.step()) state = 'done';
      await this.#platform.nextTurn();
    }
    const { occlusion, shape, classes } = this.#get(id);
    const squares = { squares: occlusion.done(), goal: occlusion.squares() };
    const progress = { state, ...squares, ...classes, ...sizeOf(shape), map: occlusion.map(), signed: true };
    if (state === 'done') this.end(id);
    return progress;
  }

  end(id: number): void {
    this.#started.get(id)?.occlusion.delete();
    this.#started.delete(id);
  }

  /** Those of a model that is closed. */
  endOf(model: number): void {
    for (const [id, started] of this.#started) if (started.model === model) this.end(id);
  }

  #get(id: number): Started {
    const started = this.#started.get(id);
    if (!started) throw gone('occlusion');
    return started;
  }
}
