// How files are found and read on the caller's side, in a browser or in Node.
import type { ModelPackages } from './packaged_models.js';

export interface ReadOptions {
  signal?: AbortSignal | undefined;
  /** Whoever reads it again on this page gets the same bytes, without another request. */
  keep?: boolean;
  onProgress?: ((received: number, total: number | undefined) => void) | undefined;
}

export interface FileAccess {
  /** The absolute address of one of the package's own files, by its name from the package's root. */
  own(name: string): string;
  /** Of photo models; a trainer needs none. */
  readonly packages?: ModelPackages;
  /** How the names of Emscripten's glue end. */
  readonly glueEnding: string;
  /** An address as the user wrote it, in the form that read() and the service want. */
  resolve(address: string): string;
  /** The address of a folder, absolute and with a scheme. */
  folder(address: string): string;
  /** The address of a file in the folder of one that resolve() gave; the name is a plain one. */
  beside(address: string, name: string): string;
  /** The bytes at an address; rejects with `not-found`. */
  read(address: string, options: ReadOptions): Promise<Uint8Array>;
}
