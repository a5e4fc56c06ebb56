// The package's files that a trainer is made of.
import type { OwnFiles } from './own_files.js';

export const trainerFiles: OwnFiles = {
  'train_worker.js': () => new URL('./train_worker.js', import.meta.url),
  'wasm/smoothgrad-trainer-simd.web.js': () => new URL('./wasm/smoothgrad-trainer-simd.web.js', import.meta.url),
  'wasm/smoothgrad-trainer-simd.wasm': () => new URL('./wasm/smoothgrad-trainer-simd.wasm', import.meta.url),
  'wasm/smoothgrad-trainer-simd-threads.web.js': () =>
    new URL('./wasm/smoothgrad-trainer-simd-threads.web.js', import.meta.url),
  'wasm/smoothgrad-trainer-simd-threads.wasm': () => new URL('./wasm/smoothgrad-trainer-simd-threads.wasm', import.meta.url),
};
