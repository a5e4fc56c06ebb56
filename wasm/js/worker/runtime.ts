// What differs between a browser's worker and Node where the service runs.
import type { Picture } from '../api/index.js';
import type { Source } from '../rpc/engine_calls.js';

/** What has to be decoded, or at least copied: neither prepared nor a tensor. */
export type Encoded = Exclude<Source, { input: unknown } | { shape: unknown } | { held: unknown }>;

export interface Runtime {
  readonly cores: number;
  /** Least time between two progress reports of one explanation. */
  readonly frameMs: number;
  /** Why there can be no threads here, for people; undefined when there can. */
  singleThreadReason(): string | undefined;
  /** Whatever has to be switched on before wasm is compiled. */
  prepare(): void;
  /** Around what starts the threads of this glue. Rejects with a ThreadError when one does not start, and then leaves none. */
  startThreads<T>(glue: string, start: () => Promise<T>): Promise<T>;
  /** Lets messages and timers in between two passes. */
  nextTurn(): Promise<void>;
  /** Encoded bytes, a Blob, a bitmap or an address to upright RGBA in sRGB; rejects with `bad-image` or `not-found`. */
  decode(photo: Encoded): Promise<Picture>;
}
