// The user's own photos: in memory, and kept by this browser for this site until they are forgotten.
import { ask } from './database.js';
import type { Part } from './part.js';
import { visit } from './visit.js';

export interface OwnPhoto {
  name: string;
  file: Blob;
  /** A small picture of it; those that were kept in earlier days have none. */
  thumb?: Blob;
  /** What was last looked at of it. */
  part?: Part;
  /** When, in milliseconds since 1970. */
  kept: number;
}

/** Where the browser keeps nothing, they last as long as the visit. */
const here = visit.photos;

/** So begin the names of pictures that a link carries: it is said of them wherever they are shown. */
export const linkPrefix = 'link-';

export const isOfLink = (name: string) => name.startsWith(linkPrefix);

/** The latest; a browser's room for a site is not without end. */
const most = 24;

const watchers: (() => void)[] = [];

/** `changed` is told that there are more of them, or fewer. */
export const watchOwnPhotos = (changed: () => void) => watchers.push(changed);

function tell() {
  for (const changed of watchers) changed();
}

const latestFirst = (photos: Iterable<OwnPhoto>) => [...photos].sort((a, b) => b.kept - a.kept);
const all = async () => latestFirst(await ask<OwnPhoto[]>('photos', 'readonly', (rows) => rows.getAll()));
const remove = (name: string) => ask('photos', 'readwrite', (rows) => rows.delete(name));

async function store(photo: OwnPhoto) {
  await ask('photos', 'readwrite', (rows) => rows.put(photo));
  await Promise.all((await all()).slice(most).map(({ name }) => remove(name)));
}

/** Under its name from now on. */
export async function addOwnPhoto(photo: Omit<OwnPhoto, 'kept'>): Promise<void> {
  const kept = { ...photo, kept: Date.now() };
  here.set(photo.name, kept);
  await store(kept).catch(() => {});
  tell();
}

async function find(name: string): Promise<OwnPhoto | undefined> {
  const known = here.get(name);
  if (known) return known;
  const kept = await ask<OwnPhoto | undefined>('photos', 'readonly', (rows) => rows.get(name)).catch(() => undefined);
  if (kept) here.set(name, kept);
  return kept;
}

export const findOwnPhoto = async (name: string): Promise<Blob | undefined> => (await find(name))?.file;

/** Whoever chooses that photo again gets this part of it; undefined: the middle. */
export async function keepPart(name: string, part: Part | undefined): Promise<void> {
  const photo = await find(name);
  if (!photo) return;
  const { part: _, ...whole } = photo;
  const kept = part ? { ...whole, part } : whole;
  here.set(name, kept);
  await ask('photos', 'readwrite', (rows) => rows.put(kept)).catch(() => {});
  tell();
}

/** Those that are kept, the latest first. */
export const keptPhotos = (): Promise<OwnPhoto[]> => all().catch(() => latestFirst(here.values()));

export async function forgetPhotos(): Promise<void> {
  here.clear();
  await ask('photos', 'readwrite', (rows) => rows.clear()).catch(() => {});
  tell();
}
