// The one class that owns the wasm module: models, photos, runs and their memory. Runs in a worker, or in Node directly.
import { toSmoothGradError } from '../api/errors.js';
import type { DrawnMap, RawMap } from '../api/index.js';
import type { DrawingSettings } from '../options/settings.js';
import type {
  EngineCalls,
  EngineSettings,
  Evaluation,
  ModelFiles,
  NetworkSettings,
  PackingListener,
  PerturbSettings,
  PhotoSettings,
  Source,
} from '../rpc/engine_calls.js';
import { loadModule } from './load_module.js';
import { sizeOf } from './model_store.js';
import { measurePeak, profile } from './profile.js';
import { RunService } from './run_service.js';
import { seldom } from './seldom.js';
import { tooLarge } from './too_large.js';
import { Turns } from './turns.js';
import type { WasmModule } from './wasm_module.js';

export class EngineService extends RunService implements EngineCalls {
  #tellProgram: (bytes: Uint8Array | undefined) => void = () => {};
  readonly #program = new Promise<Uint8Array | undefined>((resolve) => {
    this.#tellProgram = resolve;
  });

  #memoryLimit = 0;

  async program(bytes: Uint8Array | undefined) {
    this.#tellProgram(bytes);
  }

  async open(settings: EngineSettings) {
    const begin = performance.now();
    const { module, memoryLimit, ...build } = await loadModule<WasmModule>(settings, this.runtime, this.#program);
    this.module = module;
    this.#memoryLimit = memoryLimit;
    this.turns = new Turns(module, this.runtime, module.PThread ? build.threads : 0);
    return { ...build, ...module.tables(), loadMs: performance.now() - begin };
  }

  /** Frees everything, at once; for who has no worker to terminate. */
  close(): void {
    for (const id of this.models.ids) this.freeModel(id);
    this.module?.PThread?.terminateAllThreads();
    this.module = undefined;
  }

  async loadModel(
    onnx: Uint8Array,
    files: ModelFiles,
    settings: NetworkSettings,
    photos: PhotoSettings,
    packing: PackingListener,
  ) {
    try {
      return this.models.add(this.wasm().loadModel(onnx, files, settings, photos, seldom(packing)));
    } catch (error) {
      const { code } = toSmoothGradError(error);
      if (code === 'out-of-memory') throw tooLarge(onnx, files, this.wasm(), this.#memoryLimit, error);
      if (code === 'worker-lost') throw error;
      // Asked for only now: it is a second look at all of the file, and most have none.
      const wanted = this.wasm()
        .externalFiles(onnx)
        .filter((name) => !Object.hasOwn(files, name));
      if (wanted.length === 0) throw error;
      return { wanted, onnx };
    }
  }

  async closeModel(model: number) {
    this.freeModel(model);
  }

  async memory() {
    const wasm = this.wasm();
    const heap = { heap: wasm.heapBytes(), limit: this.#memoryLimit, allocated: wasm.allocatedBytes() };
    return { ...heap, ...this.models.memory() };
  }

  async peak() {
    return measurePeak(this.wasm(), this.runtime);
  }

  async noise(size: number, seed: bigint, sample: number) {
    return this.wasm().noise(seed, sample, size);
  }

  async prepare(photo: number, model: number, source: Source) {
    return sizeOf((await this.photos.hold(photo, model, source)).shape);
  }

  async photoPixels(photo: number) {
    const { width, height, data } = this.photos.get(photo).picture;
    return {
      width,
      height,
      rgb: Uint8Array.from({ length: width * height * 3 }, (_, i) => data[i + Math.floor(i / 3)] as number),
    };
  }

  async photoInput(photo: number) {
    const { shape, data } = this.photos.get(photo);
    return { shape: [...shape], data: data.slice() };
  }

  async closePhoto(photo: number) {
    this.photos.free(photo);
  }

  async logits(model: number, source: Source) {
    return this.logitsOf(model, await this.photos.read(model, source)).slice();
  }

  async evaluate(model: number, source: Source, evaluation: Evaluation) {
    const { data } = await this.photos.read(model, source);
    const { wasm, inputShape } = this.models.get(model);
    const { logits, gradient } = wasm.evaluate(data, evaluation);
    return gradient ? { logits, gradient: { shape: [...inputShape], data: gradient } } : { logits };
  }

  async profile(model: number, source: Source, target: number, passes: number) {
    const { data } = await this.photos.read(model, source);
    return profile(() => this.models.get(model).wasm, this.runtime, data, target, passes);
  }

  async edges(model: number, source: Source): Promise<RawMap> {
    const { data, shape } = await this.photos.read(model, source);
    return { ...sizeOf(shape), map: this.models.get(model).wasm.edges(data), signed: false };
  }

  async perturb(model: number, source: Source, { map }: RawMap, settings: PerturbSettings) {
    const { data } = await this.photos.read(model, source);
    return this.models.get(model).wasm.perturb(data, map, settings);
  }

  async measure({ map, height, width }: RawMap) {
    return this.wasm().measureMap(map, height, width);
  }

  async compare(a: RawMap, b: RawMap) {
    return this.wasm().compareMaps(a.map, b.map, a.height, a.width);
  }

  async renderMap(map: RawMap, pixels: Uint8ClampedArray, drawing: DrawingSettings): Promise<DrawnMap> {
    return this.draw(map, pixels, drawing);
  }
}
