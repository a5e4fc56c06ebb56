// The benchmark in a browser: what the page of browser.mjs runs. The engine works from this thread (in a worker of its own, as
// always), each peer in a worker.
import { readNpy } from './graph/npy.mjs';
import { measure } from './harness.mjs';
import { connect } from './peers/connect.mjs';

async function bytes(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function webPeer(title, kind, mostThreads) {
  const assets = new URL('peers/', document.baseURI).href;
  const open = (options) => connect(new Worker('worker.js', { type: 'module' }), { ...options, name: kind, assets });
  return { title, kind, mostThreads, networks: ['efficientnet-lite0'], open };
}

/** browser.mjs calls it; window.say is there to tell how far it is. */
window.bench = async ({ settings, description, target, shape }) => {
  const { createEngine } = await import(new URL('smoothgrad/index.js', document.baseURI).href);
  const [onnx, input, reference] = await Promise.all(['model.onnx', 'input.npy', 'gradient.npy'].map(bytes));
  const environment = {
    description,
    builds: ['relaxed', 'simd'],
    createEngine,
    peers: [
      webPeer('ONNX Runtime Web', 'onnxruntime', Number.POSITIVE_INFINITY),
      webPeer('TensorFlow.js wasm', 'tensorflow', 4),
    ],
  };
  const network = { name: 'efficientnet-lite0', onnx, input: readNpy(input), shape, target };
  return measure(environment, network, readNpy(reference), settings, window.say);
};
