// What is said of a model for which there is no memory; its name goes before.
import { SmoothGradError } from '../api/errors.js';
import type { ModelFiles } from '../rpc/engine_calls.js';
import type { WasmModule } from './wasm_module.js';

const inMegabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MB`;

/** While a file is read, its bytes are there, and its numbers beside them. */
const timesItsBytes = 2;

export function tooLarge(
  onnx: Uint8Array,
  files: ModelFiles,
  wasm: Pick<WasmModule, 'heapBytes' | 'allocatedBytes'>,
  memoryLimit: number,
  cause: unknown,
): SmoothGradError {
  const bytes = Object.values(files).reduce((sum, file) => sum + file.length, onnx.length);
  const message =
    `its ${inMegabytes(bytes)} need ${inMegabytes(timesItsBytes * bytes)} of memory or more while they are read, but the engine has ` +
    `${inMegabytes(wasm.heapBytes())} here, of which ${inMegabytes(wasm.allocatedBytes())} are in use, and can have no more ` +
    `(${inMegabytes(memoryLimit)} at most); close other models and pages, or take a smaller one`;
  return new SmoothGradError('out-of-memory', message, { cause });
}
