// What differs between a browser's worker and Node where the service runs.
import type { Picture } from '../api/index.js';
import type { Source } from '../rpc/engine_calls.js';

/** What has to be decoded, or at least copied: neither prepared nor a tensor. */
export type Encoded = Exclude<Source, { input: unknown } | { shape: unknown } | { held: unknown }>;

export interface Runtime {
  readonly cores: number;
  /** Least time between two progress reports of one explanation. */
  readonly frameMs: number;
  /** Largest sizes of the shared memory to try, in bytes, best first. */
  readonly sharedMemory: readonly number[];
  /** Why there can be no threads here, for people; undefined when there can. */
  singleThreadReason(): string | undefined;
  /** Whatever has to be switched on before wasm is compiled. */
  prepare(): void;
  /** Whatever the threads of this glue need to start. */
  prepareThreads(glue: string): void;
  /** Lets messages and timers in between two passes. */
  nextTurn(): Promise<void>;
  /** Encoded bytes, a Blob, a bitmap or an address to upright RGBA in sRGB; rejects with `bad-image` or `not-found`. */
  decode(photo: Encoded): Promise<Picture>;
}
