// What a server sends, or not at all.

export interface FetchOptions {
  signal?: AbortSignal | undefined;
  /** Where it has been asked for already. */
  early?: Promise<Response> | undefined;
}

/**
 * What `read` makes of the answer; it throws where that is none to be read. Requests for one file at once, as of two tabs, share what the
 * browser's cache writes, and where the one that writes is dropped the other has half a file: then it is asked for once more, past the cache.
 */
export async function fetchWhole<T>(
  address: string,
  read: (response: Response) => Promise<T>,
  { signal, early }: FetchOptions = {},
): Promise<T> {
  const ask = (cache: RequestCache) => fetch(address, { signal: signal ?? null, cache });
  const first = await (early ?? ask('default'));
  try {
    return await read(first);
  } catch (error) {
    if (!first.ok || signal?.aborted) throw error;
    return read(await ask('no-store'));
  }
}
