// A file of this site, or not at all.
import { text } from './texts.js';

/**
 * Requests for one file at once share what the browser's cache writes, and where the one that writes is dropped, as by a page that is left, the
 * other has half a file: then it is asked for once more, past the cache. Rejects with words for people.
 */
export async function fetchBlob(address: string): Promise<Blob> {
  const ask = (cache: RequestCache) => fetch(address, { cache });
  const response = await ask('default');
  const status = String(response.status);
  if (!response.ok) throw new Error(text('photo.unreachable', { address, status }));
  try {
    return await response.blob();
  } catch {
    return (await ask('no-store')).blob();
  }
}
