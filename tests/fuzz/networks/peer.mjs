// What ONNX Runtime makes of a network: its scores, or why there are none.
import { createRequire } from 'node:module';
import { installPeers } from '../../bench/install.mjs';
import { fileOf } from './write.mjs';

/**
 * What ONNX Runtime has of its own: chosen pads (SAME) of a window with gaps, and of one that is shorter than its stride, which it moves
 * into the middle of the stride.
 */
const isOwn = ({ attributes: { auto_pad: mode = '', dilations = [], kernel_shape: kernel = [], strides = [] } }) =>
  mode.startsWith('SAME') && (dilations.some((dilation) => dilation > 1) || kernel.some((size, k) => size < strides[k]));

let runtime;

async function open() {
  await installPeers();
  const ort = createRequire(new URL('../../bench/package.json', import.meta.url))('onnxruntime-web');
  ort.env.logLevel = 'fatal';
  ort.env.wasm.numThreads = 1;
  return ort;
}

export async function scoresOfPeer(graph, inputs) {
  if (graph.nodes.some(isOwn)) return { error: 'pads that it would choose otherwise' };
  runtime ??= await open();
  const options = { executionProviders: ['wasm'], graphOptimizationLevel: 'disabled', logSeverityLevel: 4 };
  let session;
  try {
    session = await runtime.InferenceSession.create(fileOf(graph), options);
    const all = [];
    for (const input of inputs) {
      const results = await session.run({ x: new runtime.Tensor('float32', Float32Array.from(input), graph.input) });
      all.push(results[graph.output].data);
    }
    return { scores: all };
  } catch (error) {
    return { error: error.message ?? String(error) };
  } finally {
    await session?.release();
  }
}
