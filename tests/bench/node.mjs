// The benchmark in Node: the engine on this thread, peers in worker threads or as Python programs.
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { connect } from './peers/connect.mjs';
import { openPython, pythonPeers } from './python/client.mjs';

async function openPeer(options) {
  const worker = new Worker(new URL('./peers/worker.mjs', import.meta.url));
  return connect(worker, options);
}

/** Of the peers that this folder's package names. */
function webVersions() {
  const { dependencies } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));
  return { 'ONNX Runtime Web': dependencies['onnxruntime-web'], 'TensorFlow.js': dependencies['@tensorflow/tfjs-core'] };
}

/** @param options {packageFolder, python?: a venv} */
export async function nodeEnvironment({ packageFolder, python }) {
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  const { createEngine } = await import(pathToFileURL(join(packageFolder, 'node.js')).href);
  const webPeer = (name, title, mostThreads) => ({
    title,
    kind: name,
    mostThreads,
    networks: ['efficientnet-lite0'],
    open: (options) => openPeer({ ...options, name }),
  });
  return {
    description: { machine: cpus()[0].model.trim(), cores: cpus().length, runtime: `Node ${process.version}` },
    versions: webVersions(),
    builds: ['relaxed', 'simd'],
    createEngine,
    peers: [
      webPeer('onnxruntime', 'ONNX Runtime Web', Number.POSITIVE_INFINITY),
      webPeer('tensorflow', 'TensorFlow.js wasm', 1), // has no threads in Node
      ...(python ? await pythonPeers(python) : []).map((peer) => ({
        ...peer,
        open: (options) => openPython(python, peer.kind, options),
      })),
    ],
  };
}
