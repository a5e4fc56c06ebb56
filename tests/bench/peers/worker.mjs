// A peer in a worker of its own, in Node and in browsers alike: {id, method, args} -> {id, result} or {id, error}.
const peers = {
  onnxruntime: () => import('./onnxruntime.mjs'),
  tensorflow: () => import('./tensorflow.mjs'),
};

let peer;
let noise; // of one sample, made beforehand

const sigma = 0.3;
const normal = () => sigma * Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());

const methods = {
  async open({ name, ...options }) {
    const { open } = await peers[name]();
    noise = Float32Array.from(options.input, normal);
    peer = await open(options);
  },
  gradient: () => peer.gradient(),
  /** Milliseconds of `samples` whole samples. */
  async time(samples) {
    const begin = performance.now();
    for (let sample = 0; sample < samples; ++sample) await peer.run(noise);
    return performance.now() - begin;
  },
};

async function answer({ id, method, args }, post) {
  try {
    post({ id, result: await methods[method](...args) });
  } catch (error) {
    post({ id, error: error.stack ?? String(error) });
  }
}

if (globalThis.self?.postMessage) {
  self.onmessage = ({ data }) => answer(data, (message) => self.postMessage(message));
} else {
  const { parentPort } = await import('node:worker_threads');
  parentPort.on('message', (data) => answer(data, (message) => parentPort.postMessage(message)));
}
