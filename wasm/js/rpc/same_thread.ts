// A service on the caller's own thread.
import { toSmoothGradError } from '../api/errors.js';
import type { Answering, Callable, Connection } from './connection.js';

/** close(): frees all that the service holds. */
export function connectHere<S extends Callable<S>>(service: S & { close(): void }): Connection<S> {
  let over: Error | undefined;
  let tell: (error: Error) => void;
  const ended = new Promise<Error>((resolve) => {
    tell = resolve;
  });
  const calls = new Set<(error: Error) => void>();
  const close = (error: Error) => {
    if (over) return;
    over = error;
    tell(error);
    for (const reject of calls) reject(error);
    service.close();
  };
  return {
    call(method, ...args) {
      return new Promise<never>((resolve, reject) => {
        if (over) return reject(over);
        calls.add(reject);
        const fail = (thrown: unknown) => {
          const error = toSmoothGradError(thrown);
          reject(error);
          if (error.code === 'worker-lost') close(error);
        };
        const answer = (service[method] as Answering).apply(service, args as never[]) as Promise<never>;
        answer.then(resolve, fail).finally(() => calls.delete(reject));
      }) as ReturnType<S[typeof method]>;
    },
    ended,
    close,
  };
}
