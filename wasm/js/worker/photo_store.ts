// The photos that the service holds for its models, and what models make of photos and tensors.

import { badOption } from '../api/errors.js';
import type { Picture, RawTensor } from '../api/index.js';
import { isPrepared, isTensor } from '../api/sources.js';
import type { Source } from '../rpc/engine_calls.js';
import { clamped, gone, type ModelStore, sizeOf } from './model_store.js';
import type { Runtime } from './runtime.js';

/** A photo or tensor as a network takes it. */
export class Input {
  readonly shape: readonly number[];
  readonly data: Float32Array;
  /** RGBA of what the network sees; empty where a tensor was given. */
  readonly pixels: Uint8ClampedArray;
  /** By the model's number: nothing is looked at twice by one network. */
  readonly #logits = new Map<number, Float32Array>();

  constructor({ shape, data }: RawTensor, pixels = new Uint8ClampedArray()) {
    this.shape = shape;
    this.data = data;
    this.pixels = pixels;
  }

  get picture(): Picture {
    return { ...sizeOf(this.shape), data: this.pixels };
  }

  logits(model: number, look: () => Float32Array): Float32Array {
    const known = this.#logits.get(model) ?? look();
    this.#logits.set(model, known);
    return known;
  }
}

export class PhotoStore {
  readonly #runtime: Runtime;
  readonly #models: ModelStore;
  readonly #photos = new Map<number, { model: number; input: Input }>();

  constructor(runtime: Runtime, models: ModelStore) {
    this.#runtime = runtime;
    this.#models = models;
  }

  async hold(id: number, model: number, source: Source): Promise<Input> {
    const input = await this.read(model, source);
    this.#models.get(model); // may have been closed meanwhile
    this.#photos.set(id, { model, input });
    return input;
  }

  get(id: number): Input {
    const photo = this.#photos.get(id);
    if (!photo) throw gone('photo');
    return photo.input;
  }

  free(id: number): void {
    this.#photos.delete(id);
  }

  /** Those of a model that is closed. */
  freeOf(model: number): void {
    for (const [id, photo] of this.#photos) if (photo.model === model) this.free(id);
  }

  async read(model: number, source: Source): Promise<Input> {
    if (typeof source === 'object' && 'held' in source) return this.#fitting(model, this.get(source.held));
    if (isTensor(source)) return new Input(source);
    if (isPrepared(source)) return new Input(source.input, source.pixels.data.slice());
    const { width, height, data } = await this.#runtime.decode(source);
    const { wasm, inputShape } = this.#models.get(model); // may have been closed meanwhile
    const { pixels, input } = wasm.prepare(data, width, height);
    return new Input({ shape: inputShape, data: input }, clamped(pixels));
  }

  /** What was prepared for one network may be shown to another. */
  #fitting(model: number, input: Input): Input {
    const { inputShape } = this.#models.get(model);
    if (`${inputShape}` === `${input.shape}`) return input;
    throw badOption(`the input's shape must be [${inputShape.join(', ')}], not [${input.shape.join(', ')}]`);
  }
}
