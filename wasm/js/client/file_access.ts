// What differs between a browser and Node on the caller's side.
import type { Connection } from '../rpc/engine_calls.js';

export interface ReadOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((received: number, total: number | undefined) => void) | undefined;
}

export interface Host {
  /** Starts the service. */
  connect(): Connection;
  /** An address as the user wrote it, in the form that read() and the service want. */
  resolve(address: string): string;
  /** The address of a folder, absolute and with a scheme. */
  folder(address: string): string;
  /** The bytes at an address; rejects with `not-found`. */
  read(address: string, options: ReadOptions): Promise<Uint8Array>;
}
