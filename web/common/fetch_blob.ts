// A file of this site, or not at all.
import { text } from './texts.js';

/**
 * Requests for one file at once share what the browser's cache writes, and where the one that writes is dropped, as by a page that is left, the
 * other has half a file: then it is asked for once more, past the cache. Rejects with words for people.
 */
export async function fetchBlob(address: string | URL, signal?: AbortSignal): Promise<Blob> {
  const ask = (cache: RequestCache) => fetch(address, { signal: signal ?? null, cache });
  const response = await ask('default');
  const status = String(response.status);
  if (!response.ok) throw new Error(text('photo.unreachable', { address: String(address), status }));
  try {
    return await response.blob();
  } catch (error) {
    if (signal?.aborted) throw error;
    return (await ask('no-store')).blob();
  }
}
