// The service's side in Node, where it runs on the caller's thread.
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import type { Runtime } from '../worker/runtime.js';
import { decode } from './decode.js';
import { startThreads } from './node_threads.js';

/** From this V8 on relaxed SIMD needs no flag, and later ones warn of it. */
const relaxedSimdV8 = 12;

export const nodeRuntime: Runtime = {
  cores: availableParallelism(),
  frameMs: 33,
  singleThreadReason: () => undefined,
  prepare() {
    if (Number.parseInt(process.versions.v8, 10) < relaxedSimdV8) setFlagsFromString('--experimental-wasm-relaxed-simd');
  },
  startThreads: (_, start) => startThreads(start),
  nextTurn: () => new Promise((resolve) => setImmediate(resolve)),
  decode,
};
