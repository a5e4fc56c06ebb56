// The engine as the caller sees it: checks, finds the model's bytes, and talks to the service.

import { badOption, SmoothGradError } from '../api/errors.js';
import type {
  DrawnMap,
  Engine,
  EngineMemory,
  EngineOptions,
  Model,
  ModelOptions,
  RawMap,
  RenderMapOptions,
  ShippedModel,
  Tables,
} from '../api/index.js';
import { checkRenderMap } from '../options/check_options.js';
import { checkKnown, checkSeed, checkWhole } from '../options/check_values.js';
import { abortable } from '../rpc/abortable.js';
import type { Connection } from '../rpc/connection.js';
import type { EngineCalls, EngineSettings, ModelInfo, PackingListener } from '../rpc/engine_calls.js';
import { handOver } from '../rpc/hand_over.js';
import { checkMapValues } from './check_inputs.js';
import { EarlyModels } from './early_models.js';
import type { EarlyProgram } from './early_program.js';
import type { FileAccess, ReadOptions } from './file_access.js';
import { ModelClient } from './model_client.js';
import { checkModelOptions } from './model_options.js';
import { type ModelSource, readBeside, readModel } from './model_source.js';
import { type Connect, type Locate, locator, openService } from './open_service.js';
import { shippedModels } from './shipped_models.js';

/** `early`: starts with the program before the service does. */
export async function openEngine(
  { models = [], ...options }: EngineOptions,
  files: FileAccess,
  connect: Connect<EngineCalls>,
  early?: (files: EngineSettings['files'], options: EngineOptions) => Promise<EarlyProgram>,
): Promise<Engine> {
  const nameOf = (build: string) => `smoothgrad-${build}`;
  const opening = openService(nameOf, options, files, connect, early && ((built) => early(built, options)));
  const read = new EarlyModels(models, files, locator(files, options.assets), options.signal);
  const { info, connection, locate } = await opening;
  return Object.assign(new EngineClient(info, connection, files, locate, read), info);
}

const readingOf = ({ signal, onProgress }: ModelOptions): ReadOptions => ({
  signal,
  onProgress: onProgress && ((received, total) => onProgress(received, total, 'reading')),
});

class EngineClient {
  readonly closed: Promise<Error>;
  readonly #tables: Tables;
  readonly #connection: Connection<EngineCalls>;
  readonly #files: FileAccess;
  readonly #locate: Locate;

  readonly #early: EarlyModels;

  constructor(tables: Tables, connection: Connection<EngineCalls>, files: FileAccess, locate: Locate, early: EarlyModels) {
    this.#early = early;
    this.#tables = tables;
    this.closed = connection.ended;
    this.#connection = connection;
    this.#files = files;
    this.#locate = locate;
  }

  async loadModel(source: string | URL | Uint8Array, options: ModelOptions = {}): Promise<Model> {
    const checked = checkModelOptions(options);
    const { signal, classNames } = options;
    const reading = readingOf(options);
    const early = this.#early.take(source, reading.onProgress);
    const model = await abortable(early ?? readModel(this.#files, this.#locate, source, reading), signal);
    const { name, label } = model;
    const packing: PackingListener = (packed, total) => options.onProgress?.(packed, total, 'packing');
    const loading = this.#load(model, checked, reading, packing);
    try {
      const info = await abortable(loading, signal);
      if (classNames !== undefined && classNames.length !== info.classes) {
        throw badOption(`classNames must be ${info.classes} names, one for each class, not ${classNames.length}`);
      }
      const named = classNames === undefined ? info : { ...info, classNames };
      return new ModelClient(name, named, this.#connection, this.#files, this.#tables);
    } catch (error) {
      // Loaded in vain: nobody could close it.
      loading.then(({ id }) => this.#connection.call('closeModel', id)).catch(() => {});
      if (!(error instanceof SmoothGradError) || error.code === 'bad-option') throw error;
      throw new SmoothGradError(error.code, `${label}: ${error.message}`, { cause: error });
    }
  }

  async #load(
    model: ModelSource,
    checked: ReturnType<typeof checkModelOptions>,
    reading: ReadOptions,
    packing: PackingListener,
  ): Promise<ModelInfo> {
    const { settings, photos, files } = checked;
    const answer = await this.#connection.call('loadModel', model.onnx, files, settings, photos, packing);
    if ('id' in answer) return answer;
    const { wanted, onnx } = answer;
    const read = await readBeside(this.#files, { ...model, onnx: handOver(onnx) }, wanted, reading);
    return this.#load({ ...model, onnx }, { ...checked, files: { ...files, ...read } }, reading, packing);
  }

  async shippedModels(): Promise<ShippedModel[]> {
    return shippedModels();
  }

  async renderMap(map: RawMap, options: RenderMapOptions = {}): Promise<DrawnMap> {
    const settings = checkRenderMap(options, this.#tables);
    const checked = checkMapValues('the map', map, options.photo);
    const pixels = options.photo?.data ?? new Uint8ClampedArray();
    return this.#connection.call('renderMap', checked, pixels, settings);
  }

  async noise(options: { size: number; seed?: number | bigint; sample?: number }): Promise<Float32Array> {
    checkKnown(options, ['size', 'seed', 'sample']);
    const size = checkWhole('size', options.size, 1, 2 ** 27);
    return this.#connection.call('noise', size, checkSeed(options.seed ?? 0), checkWhole('sample', options.sample ?? 0, 0));
  }

  async measure(map: RawMap) {
    return this.#connection.call('measure', checkMapValues('the map', map));
  }

  async compare(a: RawMap, b: RawMap) {
    return this.#connection.call('compare', checkMapValues('the first map', a), checkMapValues('the second map', b, a));
  }

  memory(): Promise<EngineMemory> {
    return this.#connection.call('memory');
  }

  peak(): Promise<number> {
    return this.#connection.call('peak');
  }

  close() {
    this.#connection.close(new SmoothGradError('closed', 'the engine has been closed: create another'));
  }
}
