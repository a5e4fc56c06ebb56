// One engine, and one model of each name in it, for everything on a page: elements share the worker and the packed weights, also
// those of another copy of the package of the same version.
import type { Engine, EngineOptions, Model } from '../api/index.js';
import { createEngine } from '../index.js';

export type SharedOptions = Pick<EngineOptions, 'threads' | 'assets'>;

interface Entry {
  engine: Promise<Engine>;
  models: Map<string, Promise<Model>>;
}

/** Put here by the build. */
declare const SMOOTHGRAD_VERSION: string;

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

function entryOf(options: SharedOptions): Entry {
  const entries = pageEntries();
  const key = keyOf(options);
  const known = entries.get(key);
  if (known) return known;
  const entry: Entry = { engine: createEngine(options), models: new Map() };
  entries.set(key, entry);
  // One that did not start, was closed or lost must not be remembered: the next caller starts another.
  const forget = () => entries.get(key) === entry && entries.delete(key);
  entry.engine.then(({ closed }) => void closed.then(forget), forget);
  return entry;
}

/** The page's engine; every call with the same options gives the same one. Rejects as `createEngine` does. */
export const sharedEngine = (options: SharedOptions = {}): Promise<Engine> => entryOf(options).engine;

/** A model of the page's engine, loaded once. Rejects as `createEngine` and `loadModel` do. */
export function sharedModel(name: string, options: SharedOptions = {}): Promise<Model> {
  const { engine, models } = entryOf(options);
  const known = models.get(name);
  if (known) return known;
  const model = engine.then((ready) => ready.loadModel(name));
  models.set(name, model);
  model.catch(() => models.get(name) === model && models.delete(name));
  return model;
}
