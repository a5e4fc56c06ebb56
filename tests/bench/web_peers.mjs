// TensorFlow.js and ONNX Runtime Web beside a network of `--models`: with the gradient graphs that are made for them by hand, where
// they know all of its operators.
import { readFile } from 'node:fs/promises';
import { readWhole } from './graph/external.mjs';
import { checkOperators, readNetwork } from './graph/network.mjs';
import { relativeDistance } from './numbers.mjs';

/**
 * Relative L2. In deep networks of random weights rounding puts several units on the other side of their kinks: PyTorch's gradient of
 * MobileNetV2 in float32 is 9e-3 from its own in float64. What was wrong in these graphs was off by 0.2 and more.
 */
const tolerance = 0.05;

/** Opened, its gradient compared with ours, and warm; -> {distance, round(): promise of ms a sample, close()}. */
async function openPeer({ title, open }, options, ours, { warmUpMs, roundMs }) {
  const peer = await open(options);
  try {
    const distance = relativeDistance(await peer.gradient(), await ours.gradient());
    if (!(distance < tolerance)) throw new Error(`${title}: another gradient, off by ${distance}`);
    let ms = 0;
    for (const end = performance.now() + warmUpMs; performance.now() < end; ) ms = await peer.time(1);
    const samples = Math.max(1, Math.min(1000, Math.round(roundMs / ms)));
    return { distance, round: async () => (await peer.time(samples)) / samples, close: peer.close };
  } catch (error) {
    peer.close();
    throw error;
  }
}

/** Bytes of the file with its weights; throws where it is not a network that peers can be made of, before any is started. */
async function readKnown(file) {
  checkOperators(await readFile(file));
  const onnx = await readWhole(file);
  readNetwork(onnx);
  return onnx;
}

const reasonOf = (error) => error.message.split('\n')[0];

/**
 * peers: {kind, title, open} of an environment; ours: of open() in ours.mjs
 * -> {round(), found() -> least ms by kind, distances, refused: why one is not there, by kind, close()}
 */
export async function openWebPeers(peers, file, ours, settings) {
  const opened = {};
  const least = {};
  const refused = {};
  const refuse = (some, error) => {
    for (const { kind } of some) refused[kind] = reasonOf(error);
  };
  const onnx = await readKnown(file).catch((error) => refuse(peers, error));
  for (const peer of onnx ? peers : []) {
    const options = { onnx, input: ours.input, shape: ours.shape, target: 0, threads: 1 };
    try {
      opened[peer.kind] = await openPeer(peer, options, ours, settings);
    } catch (error) {
      refuse([peer], error);
    }
  }
  return {
    async round() {
      for (const [kind, { round }] of Object.entries(opened)) {
        least[kind] = Math.min(least[kind] ?? Number.POSITIVE_INFINITY, await round());
      }
    },
    found: () => least,
    distances: Object.fromEntries(Object.entries(opened).map(([kind, { distance }]) => [kind, distance])),
    refused,
    close() {
      for (const { close } of Object.values(opened)) close();
    },
  };
}
