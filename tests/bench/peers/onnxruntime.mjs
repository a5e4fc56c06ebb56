// ONNX Runtime Web as a contender: the hand-made gradient graph on its wasm backend.
import { gradientGraph } from './onnxruntime_gradient.mjs';

/** assets: in a browser, the folder with its wasm files. */
export async function open({ onnx, input, shape, target, threads, assets }) {
  const ort = assets === undefined ? await import('onnxruntime-web') : await import('onnxruntime-web/wasm');
  ort.env.logLevel = 'error';
  ort.env.wasm.numThreads = threads;
  if (assets !== undefined) ort.env.wasm.wasmPaths = assets;
  const session = await ort.InferenceSession.create(gradientGraph(onnx, target), {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
  });
  const tensor = (values) => new ort.Tensor('float32', values, shape);
  const image = tensor(input);
  const run = async (noise) => (await session.run({ image, noise: tensor(noise) })).gradient.data;
  return { run, gradient: async () => run(new Float32Array(input.length)) };
}
