// The engine's program, asked for on the caller's side while the worker starts: the worker would ask for it only after its own script
// and the glue had come. It is the worker that compiles it: here that would keep the page from answering.
import { relaxedSimd } from 'wasm-feature-detect';
import type { BuildName, EngineOptions } from '../api/index.js';
import type { EngineSettings } from '../rpc/engine_calls.js';
import { fetchWhole } from '../rpc/fetch_whole.js';
import { handOver } from '../rpc/hand_over.js';

export interface EarlyProgram {
  build: BuildName;
  /** Undefined where that did not work: then the worker tries itself, and says why not. */
  bytes: Promise<Uint8Array | undefined>;
}

/** What the worker is going to choose, most likely. */
async function likelyBuild({ build, threads }: EngineOptions): Promise<BuildName> {
  const kind = (await relaxedSimd()) ? 'relaxed' : 'simd';
  const isThreaded = globalThis.crossOriginIsolated && typeof SharedArrayBuffer !== 'undefined' && threads !== 1;
  return build ?? (isThreaded ? `${kind}-threads` : kind);
}

async function read(wasm: string): Promise<Uint8Array | undefined> {
  const bytes = await fetchWhole(wasm, async (response) => (response.ok ? response.arrayBuffer() : undefined));
  return bytes && handOver(new Uint8Array(bytes));
}

export async function fetchEarly(files: EngineSettings['files'], options: EngineOptions): Promise<EarlyProgram> {
  const build = await likelyBuild(options);
  const { glue, wasm } = files[build];
  // For the browser's cache, where the worker finds it.
  fetch(glue).catch(() => {});
  return { build, bytes: read(wasm).catch(() => undefined) };
}
