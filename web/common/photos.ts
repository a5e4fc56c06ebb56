// Photos by name, the samples and the user's own, and what the network sees of them.
import { largestPhoto } from 'smoothgrad';
import type { Model, Picture, PreparedPhoto } from 'smoothgrad/element';
import { cut, framed } from './cut.js';
import { fetchBlob } from './fetch_blob.js';
import { readHandwriting } from './handwriting.js';
import { kindOf } from './model_kind.js';
import { showNumber } from './numbers.js';
import { once } from './once.js';
import { addOwnPhoto, findOwnPhoto, isOfLink } from './own_photos.js';
import { partOf, wholeName } from './part.js';
import { countPixels } from './photo_size.js';
import { toBlob } from './pixels.js';
import { findSample } from './sample_photos.js';
import { text } from './texts.js';
import { startBytes, whyUnreadable } from './unreadable.js';

type Seeing = Pick<Model, 'prepare' | 'inputShape' | 'classes' | 'preprocessing'>;

/** By the model that looked: with a lost engine go its models, and what they held. */
const seen = new WeakMap<Seeing, WeakMap<Blob, Promise<PreparedPhoto>>>();

async function prepare(photo: Blob, model: Seeing): Promise<PreparedPhoto> {
  // What is no picture is refused by the model.
  const digit = kindOf(model) === 'digits' ? await readHandwriting(photo).catch(() => undefined) : undefined;
  return model.prepare(digit ?? (await framed(photo, model.preprocessing).catch(() => photo)));
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

const pictures = new WeakMap<PreparedPhoto, Promise<Picture>>();

/** What the network sees, which crosses from the engine once. */
export function pixelsOf(prepared: PreparedPhoto): Promise<Picture> {
  const picture = pictures.get(prepared) ?? prepared.pixels();
  pictures.set(prepared, picture);
  return picture;
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

const fetched = once(fetchBlob);

/** The photo of this name, or the part of it; undefined where it is one of the user's that this browser does not have. */
export async function findPhoto(name: string): Promise<Blob | undefined> {
  const sample = findSample(name);
  const photo = sample ? await fetched(sample.url) : await findOwnPhoto(wholeName(name));
  const part = partOf(name);
  return photo && part ? cut(photo, part) : photo;
}

const megapixels = (pixels: number) => showNumber(Math.round(pixels / 1e6));

async function refusalOf(file: File): Promise<string> {
  const start = await file.slice(0, startBytes).arrayBuffer();
  return whyUnreadable(file.name, new Uint8Array(start)) ?? text('unreadable.other');
}

/** Keeps a file of the user's and gives its new name. Throws, in words for people, where it is not a picture. */
export async function keepPhoto(file: File, model: Seeing): Promise<string> {
  const name = `own-${Math.random().toString(36).slice(2, 10)}`;
  const pixels = await countPixels(file);
  if (pixels > largestPhoto) {
    const reason = text('photo.large', { size: megapixels(pixels), most: megapixels(largestPhoto) });
    throw new Error(text('photo.refused', { name: file.name, reason }));
  }
  try {
    const prepared = await prepareOnce(file, model);
    await addOwnPhoto({ name, file, thumb: await toBlob(await pixelsOf(prepared)) });
    return name;
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    const reason = code === 'bad-image' ? await refusalOf(file) : text('photo.unusable', { message });
    throw new Error(text('photo.refused', { name: file.name, reason }), { cause: error });
  }
}

export const lostPhoto = text('photo.lost');

export const altOf = (name: string) => findSample(name)?.alt ?? text(isOfLink(name) ? 'photo.ofLink' : 'photo.own');
