// The models that the service holds.
import { SmoothGradError } from '../api/errors.js';
import type { ModelInfo } from '../rpc/engine_calls.js';
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

export class ModelStore {
  readonly #models = new Map<number, Loaded>();
  #last = 0;

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
}
