// The package's files that an engine is made of.
import type { OwnFiles } from './own_files.js';

export const engineFiles: OwnFiles = {
  'worker.js': () => new URL('./worker.js', import.meta.url),
  'wasm/smoothgrad-simd.web.js': () => new URL('./wasm/smoothgrad-simd.web.js', import.meta.url),
  'wasm/smoothgrad-simd.wasm': () => new URL('./wasm/smoothgrad-simd.wasm', import.meta.url),
  'wasm/smoothgrad-simd-threads.web.js': () => new URL('./wasm/smoothgrad-simd-threads.web.js', import.meta.url),
  'wasm/smoothgrad-simd-threads.wasm': () => new URL('./wasm/smoothgrad-simd-threads.wasm', import.meta.url),
  'wasm/smoothgrad-relaxed.web.js': () => new URL('./wasm/smoothgrad-relaxed.web.js', import.meta.url),
  'wasm/smoothgrad-relaxed.wasm': () => new URL('./wasm/smoothgrad-relaxed.wasm', import.meta.url),
  'wasm/smoothgrad-relaxed-threads.web.js': () => new URL('./wasm/smoothgrad-relaxed-threads.web.js', import.meta.url),
  'wasm/smoothgrad-relaxed-threads.wasm': () => new URL('./wasm/smoothgrad-relaxed-threads.wasm', import.meta.url),
  'models/mnist-noise-0.onnx': () => new URL('./models/mnist-noise-0.onnx', import.meta.url),
  'models/mnist-noise-10.onnx': () => new URL('./models/mnist-noise-10.onnx', import.meta.url),
  'models/mnist-noise-20.onnx': () => new URL('./models/mnist-noise-20.onnx', import.meta.url),
  'models/mnist-noise-30.onnx': () => new URL('./models/mnist-noise-30.onnx', import.meta.url),
};
