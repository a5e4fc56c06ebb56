// A start of threads of which one may fail: to Emscripten's glue that would be an uncaught error, or nothing at all.

/** A thread did not start; `message` says why, for people. */
export class ThreadError extends Error {}

export interface Watch<Thread> {
  readonly isStarting: boolean;
  begun(thread: Thread): void;
  failed(reason: unknown): void;
}

/** `listen` tells what becomes of threads. Rejects with a ThreadError once one has failed, and then leaves none. */
export async function watchedStart<Thread extends { terminate(): unknown }, T>(
  start: () => Promise<T>,
  listen: (watch: Watch<Thread>) => void,
): Promise<T> {
  const threads: Thread[] = [];
  let isStarting = true;
  const failure = new Promise<never>((_, reject) => {
    listen({
      get isStarting() {
        return isStarting;
      },
      begun: (thread) => void threads.push(thread),
      failed: (reason) =>
        reject(new ThreadError(String((reason as Partial<Error>).message || 'its script could not be loaded'))),
    });
  });
  try {
    return await Promise.race([start(), failure]);
  } catch (error) {
    await Promise.all(threads.map((thread) => thread.terminate()));
    throw error;
  } finally {
    isStarting = false;
  }
}
