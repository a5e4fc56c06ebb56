// Networks of the user's own, trained in the lab or opened from a file: ONNX that this browser keeps for this site.
import type { ModelOptions, ShippedModel } from 'smoothgrad';
import { ask } from './database.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** What it is loaded from. */
export interface OwnFile {
  onnx: Bytes;
  /** Those beside it that may hold its weights, by their names. */
  files?: Record<string, Bytes>;
  /** Of its input, where the file leaves it open. */
  size?: number;
}

export interface OwnModel extends OwnFile, Pick<ShippedModel, 'title' | 'kind' | 'noise' | 'accuracy'> {
  /** What an address calls it. */
  name: string;
  /** When, in milliseconds since 1970. */
  kept: number;
}

/** Of loadModel(). */
export const loadOptions = ({ files, size }: OwnFile): Pick<ModelOptions, 'files' | 'size'> => ({
  ...(files === undefined ? {} : { files }),
  ...(size === undefined ? {} : { size }),
});

export const isOwnName = (name: string) => name.startsWith('own-');

/** The earliest first; none where the browser keeps nothing for sites. */
export async function ownModels(): Promise<OwnModel[]> {
  const all = await ask<OwnModel[]>('models', 'readonly', (models) => models.getAll()).catch(() => []);
  return all.sort((a, b) => a.kept - b.kept);
}

/** Rejects in words for people where there is none of this name. */
export async function findOwnModel(name: string): Promise<OwnModel> {
  const found = await ask<OwnModel | undefined>('models', 'readonly', (models) => models.get(name)).catch(() => undefined);
  if (!found) throw new Error('This network is not kept in this browser: it was removed, or kept in another one');
  return found;
}

/** Keeps it, under a new name. Rejects where the browser does not. */
export async function keepModel(model: Omit<OwnModel, 'name' | 'kept'>): Promise<OwnModel> {
  const own = { ...model, name: `own-${crypto.randomUUID().slice(0, 8)}`, kept: Date.now() };
  await putModel(own);
  return own;
}

/** As it was, also after it was removed. */
export const putModel = (own: OwnModel) => ask('models', 'readwrite', (models) => models.put(own));

export const removeModel = (name: string) => ask('models', 'readwrite', (models) => models.delete(name));
