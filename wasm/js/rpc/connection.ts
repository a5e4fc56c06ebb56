// A service, wherever it runs: in a worker (worker_bridge.ts) or on the caller's own thread (same_thread.ts).

export type Answering = (...args: never[]) => Promise<unknown>;

/** What a service is: methods that answer later. A function can only be the last argument; it is called until there is the answer. */
export type Callable<S> = { [M in keyof S]: Answering };

/** Every call rejects with a SmoothGradError. */
export interface Connection<S extends Callable<S>> {
  call<M extends keyof S>(method: M, ...args: Parameters<S[M]>): ReturnType<S[M]>;
  /** Resolves once it is over, with what ended it: closed, or lost. */
  readonly ended: Promise<Error>;
  /** Ends the service and rejects what is under way with this error. */
  close(error: Error): void;
}
