// The models that the service holds, and what they make of photos.

import { SmoothGradError } from '../api/errors.js';
import type { Photo, Prepared, RawTensor } from '../api/index.js';
import { isPrepared, isTensor } from '../client/check_inputs.js';
import type { ModelInfo, ScoreSettings } from '../rpc/engine_calls.js';
import type { Platform } from './runtime.js';
import type { WasmModel } from './wasm_module.js';

interface Loaded {
  wasm: WasmModel;
  inputShape: number[];
  weightBytes: number;
  arenaBytes: number;
}

export const gone = (what: string) => new SmoothGradError('closed', `this ${what} has been closed`);

/** Of bytes that are nobody else's. */
export const clamped = (bytes: Uint8Array) => new Uint8ClampedArray(bytes.buffer as ArrayBuffer);

/** Height and width of [1, C, H, W]. */
export const sizeOf = ([, , height = 1, width = 1]: readonly number[]) => ({ width, height });

/** A photo or tensor as the network takes it. */
export interface Input extends RawTensor {
  wasm: WasmModel;
  /** RGBA of what the network sees; empty where a tensor is given. */
  pixels: Uint8ClampedArray;
}

/** Looked at once. */
export interface Subject extends Input {
  logits: Float32Array;
  topClass: number;
  /** Target and versus, as far as they are there. */
  classes: { target: number; versus?: number };
}

export class Models {
  readonly #platform: Platform;
  readonly #models = new Map<number, Loaded>();
  #last = 0;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  get ids(): number[] {
    return [...this.#models.keys()];
  }

  add(wasm: WasmModel): ModelInfo {
    try {
      const { weightBytes, arenaBytes, ...info } = wasm.info();
      this.#models.set(++this.#last, { wasm, inputShape: info.inputShape, weightBytes, arenaBytes });
      return { id: this.#last, ...info };
    } catch (error) {
      wasm.delete();
      throw error;
    }
  }

  get(id: number): Loaded {
    const model = this.#models.get(id);
    if (!model) throw gone('model');
    return model;
  }

  free(id: number): void {
    this.#models.get(id)?.wasm.delete();
    this.#models.delete(id);
  }

  memory() {
    const models = [...this.#models.values()];
    return {
      weights: models.reduce((sum, { weightBytes }) => sum + weightBytes, 0),
      arena: models.reduce((most, { arenaBytes }) => Math.max(most, arenaBytes), 0),
    };
  }

  async prepare(id: number, photo: Photo): Promise<Prepared> {
    if (isPrepared(photo)) return photo;
    const { width, height, data } = await this.#platform.decode(photo);
    const { wasm, inputShape } = this.get(id); // may have been closed meanwhile
    const { pixels, input } = wasm.prepare(data, width, height);
    return { pixels: { ...sizeOf(inputShape), data: clamped(pixels) }, input: { shape: [...inputShape], data: input } };
  }

  async read(id: number, source: Photo | RawTensor): Promise<Input> {
    if (isTensor(source)) return { wasm: this.get(id).wasm, ...source, pixels: new Uint8ClampedArray() };
    const { input, pixels } = await this.prepare(id, source);
    return { wasm: this.get(id).wasm, ...input, pixels: pixels.data };
  }

  async look(id: number, source: Photo | RawTensor, { target, versus }: ScoreSettings): Promise<Subject> {
    const input = await this.read(id, source);
    const { logits } = input.wasm.evaluate(input.data, { rule: 'gradient' });
    const topClass = logits.indexOf(logits.reduce((a, b) => Math.max(a, b)));
    const classes = { target: target ?? topClass, ...(versus === undefined ? {} : { versus }) };
    return { ...input, logits, topClass, classes };
  }
}
