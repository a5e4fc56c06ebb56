// What the parts of the study share: engine, photos with their classes, and what more than one part reads, computed once.
import { basename, extname } from 'node:path';
import { badOption, SmoothGradError } from '../api/errors.js';
import type { Engine, Model, Prepared, PreparedPhoto } from '../api/index.js';
import { inTurn } from './in_turn.js';
import { figuresByMethod, type MethodFigures, type MethodMap, mapByMethod } from './methods.js';
import type { Pictures } from './pictures.js';
import type { SavedRuns } from './saved_runs.js';
import { milestones, noise, type Sizes } from './sizes.js';
import { type Snapshot, trace } from './trace.js';

export interface StudyPhoto {
  name: string;
  prepared: Prepared;
  /** The most probable class, which is explained. */
  target: { index: number; name: string; probability: number };
}

export async function studyPhoto(model: Model, name: string, photo: PreparedPhoto): Promise<StudyPhoto> {
  const prepared = { pixels: await photo.pixels(), input: await photo.input() };
  const [top] = await model.classify(prepared, { top: 1 });
  if (!top) throw new SmoothGradError('bad-model', 'the model has no classes');
  return { name, prepared, target: { index: top.index, name: top.name, probability: top.probability } };
}

export async function readPhotos(model: Model, paths: readonly string[]): Promise<StudyPhoto[]> {
  const names = paths.map((path) => basename(path, extname(path)));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw badOption(`two photos are called ${twice}: the study tells them apart by their names`);
  return inTurn(paths.entries(), async ([i, path]) => {
    const photo = await model.prepare(path);
    const known = await studyPhoto(model, names[i] as string, photo);
    photo.close();
    return known;
  });
}

function remembered<K, V>(make: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const known = new Map<K, Promise<V>>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

/** What a study is made of. */
export interface SessionParts {
  readonly engine: Engine;
  readonly model: Model;
  /** What the model was loaded from. */
  readonly source: string;
  readonly photos: readonly StudyPhoto[];
  /** On which the denoised map is measured, too. */
  readonly further: readonly StudyPhoto[];
  readonly sizes: Sizes;
  readonly seed: number;
  readonly pictures: Pictures;
  readonly savedRuns: SavedRuns;
}

export interface Session extends SessionParts {
  /** SmoothGrad of a photo at growing n. */
  readonly trajectory: (photo: StudyPhoto) => Promise<Snapshot[]>;
  /** The map of every method, at equal numbers of gradient evaluations. */
  readonly methodMaps: (photo: StudyPhoto) => Promise<MethodMap[]>;
  /** RQ1's and RQ3's measures of those maps. */
  readonly methodFigures: (photo: StudyPhoto) => Promise<MethodFigures[]>;
}

export function openSession(parts: SessionParts): Session {
  const counts = milestones(parts.sizes);
  const session: Session = {
    ...parts,
    trajectory: remembered((photo) => trace(session, photo, { seed: parts.seed, noise, counts })),
    methodMaps: remembered((photo) => mapByMethod(session, photo)),
    methodFigures: remembered((photo) => figuresByMethod(session, photo)),
  };
  return session;
}
