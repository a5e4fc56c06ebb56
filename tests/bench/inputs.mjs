// What is measured: the shipped network on the photo whose gradient is known from PyTorch.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../wasm/setup/paths.mjs';

export const folder = dirname(fileURLToPath(import.meta.url));
export const modelFile = join(root, 'models/efficientnet-lite0.onnx');
const reference = join(root, 'tests/reference/efficientnet-lite0');
export const referenceFiles = { input: join(reference, 'input.npy'), gradient: join(reference, 'gradient.npy') };
export const shape = [1, 3, 224, 224];
export const target = 282;
