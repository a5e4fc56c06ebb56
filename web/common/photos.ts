// Photos by name, the samples and the user's own, and what the network sees of them.
import type { Model, PreparedPhoto } from 'smoothgrad/element';
import { readHandwriting } from './handwriting.js';
import { kindOf } from './model_kind.js';
import { addOwnPhoto, findOwnPhoto } from './own_photos.js';
import { findSample } from './sample_photos.js';
import { startBytes, whyUnreadable } from './unreadable.js';

type Seeing = Pick<Model, 'prepare' | 'inputShape' | 'classes'>;

/** By the model that looked: with a lost engine go its models, and what they held. */
const seen = new WeakMap<Seeing, WeakMap<Blob, Promise<PreparedPhoto>>>();

async function prepare(photo: Blob, model: Seeing): Promise<PreparedPhoto> {
  // What is no picture is refused by the model.
  const digit = kindOf(model) === 'digits' ? await readHandwriting(photo).catch(() => undefined) : undefined;
  return model.prepare(digit ?? photo);
}

function seenBy(model: Seeing): WeakMap<Blob, Promise<PreparedPhoto>> {
  const photos = seen.get(model) ?? new WeakMap<Blob, Promise<PreparedPhoto>>();
  seen.set(model, photos);
  return photos;
}

/** What the network sees of a photo, worked out once and held by the engine; rejects as the model's prepare() does. */
export function prepareOnce(photo: Blob, model: Seeing): Promise<PreparedPhoto> {
  const photos = seenBy(model);
  const known = photos.get(photo);
  if (known) return known;
  const preparing = prepare(photo, model);
  photos.set(photo, preparing);
  preparing.catch(() => photos.delete(photo));
  return preparing;
}

/** It is out of view: the engine need not hold it. */
export function release(photo: Blob, model: Seeing) {
  const photos = seenBy(model);
  photos
    .get(photo)
    ?.then((prepared) => prepared.close())
    .catch(() => {});
  photos.delete(photo);
}

/** The photo of this name; undefined where it is one of the user's that this browser does not have. */
export async function findPhoto(name: string): Promise<Blob | undefined> {
  const sample = findSample(name);
  if (!sample) return findOwnPhoto(name);
  const response = await fetch(sample.url);
  if (!response.ok) throw new Error(`${sample.url} could not be read: HTTP ${response.status}`);
  return response.blob();
}

async function refusalOf(file: File): Promise<string> {
  const start = await file.slice(0, startBytes).arrayBuffer();
  return whyUnreadable(file.name, new Uint8Array(start)) ?? 'is not a picture that this browser can read';
}

/** Keeps a file of the user's and gives its new name. Throws, in words for people, where it is not a picture. */
export async function keepPhoto(file: File, model: Seeing): Promise<string> {
  try {
    await prepareOnce(file, model);
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    const reason = code === 'bad-image' ? await refusalOf(file) : `could not be used: ${message}`;
    throw new Error(`“${file.name}” ${reason}.`, { cause: error });
  }
  const name = `own-${Math.random().toString(36).slice(2, 10)}`;
  await addOwnPhoto(name, file);
  return name;
}

export const lostPhoto = 'That photo is not kept in this browser, so it has to be chosen again. Here is a sample instead.';

export const altOf = (name: string) => findSample(name)?.alt ?? 'Your photo';
