// What this browser keeps for this site (IndexedDB): nothing of it is sent anywhere.
import { text } from './texts.js';

export type Table = 'models' | 'photos';

/** Rows are found by their `name`. */
const tables: readonly Table[] = ['models', 'photos'];

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('smoothgrad', 2);
    request.onupgradeneeded = () => {
      const { result: database } = request;
      for (const table of tables) {
        if (!database.objectStoreNames.contains(table)) database.createObjectStore(table, { keyPath: 'name' });
      }
    };
    request.onsuccess = () => {
      // Another tab has a later version of this site.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error(text('database.blocked')));
  });
}

/** One request in a transaction of its own; what it answered, once it is on the disk. Rejects where the browser keeps nothing. */
export async function ask<T>(
  table: Table,
  mode: IDBTransactionMode,
  request: (rows: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
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
