// One engine, and one model of each name in it, for everything on a page: elements share the worker and the packed weights.
import type { Engine, EngineOptions, Model } from '../api/index.js';
import { createEngine } from '../index.js';

export type SharedOptions = Pick<EngineOptions, 'threads' | 'assets'>;

interface Entry {
  engine: Promise<Engine>;
  models: Map<string, Promise<Model>>;
}

const entries = new Map<string, Entry>();

const keyOf = ({ threads, assets }: SharedOptions) => `${threads ?? 'auto'} ${assets ?? ''}`;

function entryOf(options: SharedOptions): Entry {
  const key = keyOf(options);
  const known = entries.get(key);
  if (known) return known;
  const entry: Entry = { engine: createEngine(options), models: new Map() };
  entries.set(key, entry);
  // One that did not start must not be remembered: the next caller tries anew.
  entry.engine.catch(() => entries.get(key) === entry && entries.delete(key));
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

/** Forgets an engine that was lost, unless another one already took its place; the next caller starts a new one. */
export async function forgetEngine(lost: Promise<Engine>, options: SharedOptions = {}): Promise<void> {
  const key = keyOf(options);
  if (entries.get(key)?.engine !== lost) return;
  entries.delete(key);
  (await lost).close();
}
