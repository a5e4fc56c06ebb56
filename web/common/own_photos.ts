// The user's own photos: in memory, and kept by this browser for this site until they are forgotten.
import { ask } from './database.js';

interface OwnPhoto {
  name: string;
  file: Blob;
  /** When, in milliseconds since 1970. */
  kept: number;
}

/** Where the browser keeps nothing, they last as long as the page. */
const here = new Map<string, Blob>();

/** The latest; a browser's room for a site is not without end. */
const most = 6;

const all = async () => (await ask<OwnPhoto[]>('photos', 'readonly', (rows) => rows.getAll())).sort((a, b) => b.kept - a.kept);
const remove = (name: string) => ask('photos', 'readwrite', (rows) => rows.delete(name));

async function store(photo: OwnPhoto) {
  await ask('photos', 'readwrite', (rows) => rows.put(photo));
  await Promise.all((await all()).slice(most).map(({ name }) => remove(name)));
}

/** Under this name from now on. */
export async function addOwnPhoto(name: string, file: Blob): Promise<void> {
  here.set(name, file);
  await store({ name, file, kept: Date.now() }).catch(() => {});
}

export async function findOwnPhoto(name: string): Promise<Blob | undefined> {
  const known = here.get(name);
  if (known) return known;
  const kept = await ask<OwnPhoto | undefined>('photos', 'readonly', (rows) => rows.get(name)).catch(() => undefined);
  if (kept) here.set(name, kept.file);
  return kept?.file;
}

/** Those that are kept, the latest first. */
export const keptPhotos = (): Promise<{ name: string; file: Blob }[]> => all().catch(() => []);

export async function forgetPhotos(): Promise<void> {
  here.clear();
  await ask('photos', 'readwrite', (rows) => rows.clear()).catch(() => {});
}
