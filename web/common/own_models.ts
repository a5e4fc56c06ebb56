// Networks of the user's own, trained in the lab or opened from a file: ONNX that this browser keeps for this site (IndexedDB).
import type { ModelOptions, ShippedModel } from 'smoothgrad';

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

const table = 'models';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('smoothgrad', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: 'name' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** One request in a transaction of its own; what it answered, once it is on the disk. */
async function ask<T>(mode: IDBTransactionMode, request: (models: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(table, mode);
      const asked = request(transaction.objectStore(table));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const isOwnName = (name: string) => name.startsWith('own-');

/** The earliest first; none where the browser keeps nothing for sites. */
export async function ownModels(): Promise<OwnModel[]> {
  const all = await ask<OwnModel[]>('readonly', (models) => models.getAll()).catch(() => []);
  return all.sort((a, b) => a.kept - b.kept);
}

/** Rejects in words for people where there is none of this name. */
export async function findOwnModel(name: string): Promise<OwnModel> {
  const found = await ask<OwnModel | undefined>('readonly', (models) => models.get(name)).catch(() => undefined);
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
export const putModel = (own: OwnModel) => ask('readwrite', (models) => models.put(own));

export const removeModel = (name: string) => ask('readwrite', (models) => models.delete(name));
