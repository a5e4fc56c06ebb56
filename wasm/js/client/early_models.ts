// Models that the caller is going to load, asked for while the engine starts.
import type { FileAccess, ReadOptions } from './file_access.js';
import { type ModelSource, readModel } from './model_source.js';
import type { Locate } from './open_service.js';

interface Reading {
  model: Promise<ModelSource>;
  /** Told how far it is, and whatever is new from then on. */
  listen(heard: ReadOptions['onProgress']): void;
}

function begin(files: FileAccess, locate: Locate, source: string, signal: AbortSignal | undefined): Reading {
  let latest: [received: number, total: number | undefined] | undefined;
  let heard: ReadOptions['onProgress'];
  const onProgress: ReadOptions['onProgress'] = (...progress) => {
    latest = progress;
    heard?.(...progress);
  };
  const model = readModel(files, locate, source, { signal, onProgress });
  // Whoever loads it is told.
  model.catch(() => {});
  return {
    model,
    listen(listener) {
      heard = listener;
      if (latest) heard?.(...latest);
    },
  };
}

export class EarlyModels {
  readonly #readings: Map<string, Reading>;

  constructor(sources: readonly string[], files: FileAccess, locate: Locate, signal: AbortSignal | undefined) {
    this.#readings = new Map(sources.map((source) => [source, begin(files, locate, source, signal)]));
  }

  /** Once: its bytes go to the service. Undefined where it was not expected. */
  take(source: unknown, onProgress: ReadOptions['onProgress']): Promise<ModelSource> | undefined {
    const reading = this.#readings.get(source as string);
    this.#readings.delete(source as string);
    reading?.listen(onProgress);
    return reading?.model;
  }
}
