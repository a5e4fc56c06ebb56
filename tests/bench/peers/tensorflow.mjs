// TensorFlow.js as a contender: gradients by hand on its wasm backend. It has threads in browsers only, and starts half as
// many as there are cores, or as setThreadsCount says; the machine is told to have enough for its own cap.
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { gradientFunction } from './tensorflow_gradient.mjs';

function claimCores(cores) {
  if (globalThis.navigator)
    Object.defineProperty(globalThis.navigator, 'hardwareConcurrency', { configurable: true, get: () => cores });
}

/** [1, C, H, W] -> [1, H, W, C]. */
const channelsLast = (values, shape) => tf.tidy(() => tf.transpose(tf.tensor4d(values, shape), [0, 2, 3, 1]));

export async function open({ onnx, input, shape, target, threads, assets }) {
  if (assets !== undefined) setWasmPaths(assets);
  if (threads > 1) {
    claimCores(2 * threads);
    setThreadsCount(threads);
  } else {
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  }
  if (!(await tf.setBackend('wasm'))) throw new Error('the wasm backend of TensorFlow.js did not start');
  await tf.ready();
  const started = getThreadsCount();
  if (started !== threads) throw new Error(`TensorFlow.js started ${started} threads, not ${threads}`);
  const gradientOf = gradientFunction(onnx, target);
  const image = channelsLast(input, shape);
  const run = async (noise) => {
    const noisy = tf.tensor4d(noise, image.shape);
    const gradient = gradientOf(image, noisy);
    const values = gradient.dataSync();
    tf.dispose([noisy, gradient]);
    return values;
  };
  const gradient = async () => {
    const channelsLastGradient = await run(new Float32Array(input.length));
    return tf.transpose(tf.tensor4d(channelsLastGradient, image.shape), [0, 3, 1, 2]).dataSync();
  };
  return { run, gradient };
}
