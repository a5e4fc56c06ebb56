// One engine, and one model of each name in it, for everything on a page: elements share the worker and the packed weights, also
// those of another copy of the package of the same version. Once the last element has gone its memory is given back, unless the page
// has asked for the engine itself.
import type { Engine, EngineOptions, LoadingListener, Model } from '../api/index.js';
import { createEngine } from '../index.js';

export type SharedOptions = Pick<EngineOptions, 'threads' | 'assets'>;

interface Loading {
  model: Promise<Model>;
  listeners: Set<LoadingListener>;
}

interface Entry {
  engine: Promise<Engine>;
  models: Map<string, Loading>;
  elements: number;
  isPages: boolean;
}

/** An element's part in an engine. */
export interface Hold {
  engine: Promise<Engine>;
  model(name: string, heard: LoadingListener): Promise<Model>;
  /** Once: it is not used here any more. */
  release(): void;
}

/** Put here by the build. */
declare const SMOOTHGRAD_VERSION: string;

/** An element that goes is often followed by another: a page that navigates by itself, say. */
const keptMs = 5000;

function pageEntries(): Map<string, Entry> {
  const key = Symbol.for(`smoothgrad ${SMOOTHGRAD_VERSION} engines`);
  const page = globalThis as { [key]?: Map<string, Entry> };
  page[key] ??= new Map();
  return page[key];
}

/** Equal for all ways to write one address. */
function keyOf({ threads, assets }: SharedOptions): string {
  const folder = assets === undefined ? '' : new URL(assets, document.baseURI).href.replace(/\/?$/, '/');
  return `${threads ?? 'auto'} ${folder}`;
}

/** `model`: which one is wanted first, so that it can be asked for while the engine starts. */
function entryOf(options: SharedOptions, model?: string): Entry {
  const entries = pageEntries();
  const key = keyOf(options);
  const known = entries.get(key);
  if (known) return known;
  const entry: Entry = {
    engine: createEngine(model === undefined ? options : { ...options, models: [model] }),
    models: new Map(),
    elements: 0,
    isPages: false,
  };
  entries.set(key, entry);
  // One that did not start, was closed or lost must not be remembered: the next caller starts another.
  const forget = () => entries.get(key) === entry && entries.delete(key);
  entry.engine.then((engine) => void engine.closed.then(forget), forget);
  return entry;
}

function modelOf({ engine, models }: Entry, name: string, heard?: LoadingListener): Promise<Model> {
  const known = models.get(name);
  if (heard) known?.listeners.add(heard);
  if (known) return known.model;
  const all = new Set(heard && [heard]);
  const onProgress: LoadingListener = (...bytes) => {
    for (const each of all) each(...bytes);
  };
  const model = engine.then((ready) => ready.loadModel(name, { onProgress }));
  models.set(name, { model, listeners: all });
  model.then(
    () => all.clear(),
    () => models.get(name)?.model === model && models.delete(name),
  );
  return model;
}

function closeUnused(entry: Entry): void {
  if (entry.elements === 0 && !entry.isPages) entry.engine.then((engine) => engine.close()).catch(() => {});
}

/** `model`: which one is wanted first. */
export function holdEngine(options: SharedOptions, model: string): Hold {
  const entry = entryOf(options, model);
  entry.elements++;
  return {
    engine: entry.engine,
    model: (name, heard) => modelOf(entry, name, heard),
    release() {
      entry.elements--;
      setTimeout(closeUnused, keptMs, entry);
    },
  };
}

function pagesEntry(options: SharedOptions, model?: string): Entry {
  const entry = entryOf(options, model);
  entry.isPages = true;
  return entry;
}

/** The page's engine; every call with the same options gives the same one. Rejects as `createEngine` does. */
export const sharedEngine = (options: SharedOptions = {}): Promise<Engine> => pagesEntry(options).engine;

/** A model of the page's engine, loaded once. Rejects as `createEngine` and `loadModel` do. */
export const sharedModel = (name: string, options: SharedOptions = {}): Promise<Model> =>
  modelOf(pagesEntry(options, name), name);
