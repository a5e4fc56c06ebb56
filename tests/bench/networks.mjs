// `npm run bench -- --models FOLDER`: each network of a folder, one after the other, in an engine of its own, so that the memory
// of WebAssembly, which never shrinks, is what this network wants at most. Two builds of the package take turns, and so do the peers.
// The time of a network is the sum of each layer's least time, which holds on a machine that does something else now and then; what
// is compared with peers is a whole sample of ours.
import { readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { Problem } from '../../wasm/setup/say.mjs';
import { open } from './ours.mjs';
import { exportByName, openByName } from './python/client.mjs';

const build = 'relaxed';

/** What `--export` writes: a network of each family. */
const usual = [
  ...['efficientnet_b0', 'mobilenet_v3_large', 'mobilenet_v2', 'squeezenet1_1', 'resnet18', 'resnet50', 'densenet121'],
  ...['convnext_tiny', 'vit_tiny_patch16_224', 'swin_t', 'mobilenetv4_conv_medium'],
];

/** In PyTorch and onnxruntime, where a venv is named: the least time of each. */
async function openPythonPeers(python, file) {
  if (!python) return { round: async () => {}, found: () => ({}), versions: {}, close: () => {} };
  const peer = await openByName(python, file);
  const least = {};
  return {
    async round() {
      for (const [name, ms] of Object.entries(await peer.round())) least[name] = Math.min(least[name] ?? ms, ms);
    },
    found: () => least,
    versions: peer.versions,
    close: peer.close,
  };
}

/** In TensorFlow.js and ONNX Runtime Web, where they are wanted: only then their packages have to be there. */
async function openWebPeers(peers, ...args) {
  if (peers.length > 0) return (await import('./web_peers.mjs')).openWebPeers(peers, ...args);
  return { round: async () => {}, found: () => ({}), distances: {}, refused: {}, close: () => {} };
}

async function openNetwork({ createEngine, assets }, onnx, { warmUpMs, roundMs }) {
  const contender = await open(createEngine, { onnx, target: 0, build, threads: 1, assets });
  let least = await contender.profile();
  const sum = (key) => least.reduce((total, step) => total + step[key], 0);
  const pass = async () => {
    const steps = await contender.profile();
    least = least.map((step, i) => ({
      ...step,
      forwardMs: Math.min(step.forwardMs, steps[i].forwardMs),
      backwardMs: Math.min(step.backwardMs, steps[i].backwardMs),
    }));
  };
  for (const end = performance.now() + warmUpMs; performance.now() < end; ) await pass();
  const { arena, weights, heap } = await contender.engine.memory();
  const fixed = { multiplyAdds: sum('multiplyAdds'), savedBytes: sum('savedBytes') || undefined, loadMs: contender.loadMs };
  const ms = () => sum('forwardMs') + sum('backwardMs');
  const samples = Math.max(2, Math.min(1000, Math.round(roundMs / ms())));
  let sampleMs = Number.POSITIVE_INFINITY;
  return {
    contender,
    async round() {
      await pass();
      sampleMs = Math.min(sampleMs, (await contender.time(samples)) / samples);
    },
    found: () => ({ ...fixed, arena, weights, heap, ms: ms(), forwardMs: sum('forwardMs'), sampleMs }),
  };
}

/**
 * -> {name, peak in GFLOP/s, ours, beside?, peers: ms by kind, distances, refused: reasons by kind}, both {ms, forwardMs, sampleMs,
 * multiplyAdds, savedBytes, arena, weights, heap, loadMs}.
 */
async function measureNetwork(environments, file, settings, python) {
  const racing = [];
  for (const environment of environments) racing.push(await openNetwork(environment, file, settings));
  const web = await openWebPeers(environments.at(-1).peers, file, racing.at(-1).contender, settings);
  const native = await openPythonPeers(python, file);
  await native.round();
  let peak = 0;
  for (let i = 0; i < settings.rounds; ++i) {
    await native.round();
    await web.round();
    for (const { contender, round } of racing) {
      peak = Math.max(peak, await contender.engine.peak());
      await round();
    }
  }
  const [ours, beside] = racing.map(({ found }) => found()).reverse();
  for (const { close } of [...racing.map(({ contender }) => contender), web, native]) close();
  const peers = { ...native.found(), ...web.found() };
  const { distances, refused } = web;
  return {
    name: parse(file).name,
    peak,
    ours,
    peers,
    distances,
    refused,
    versions: native.versions,
    ...(beside && { beside }),
  };
}

/**
 * environments: of nodeEnvironment() in node.mjs, ours last, with the peers that are wanted; python: a venv with torch, torchvision and
 * timm, or nothing; settings.only: names of networks, or none for all of the folder.
 */
export async function measureNetworks(environments, { folder, python, withExport }, settings, say) {
  if (withExport) await exportByName(python, folder, usual);
  const all = (await readdir(folder)).filter((name) => name.endsWith('.onnx')).sort();
  const { only } = settings;
  const files = all.filter((file) => only.length === 0 || only.includes(parse(file).name));
  if (files.length === 0) throw new Problem(`${folder} has no *.onnx${only.length > 0 ? ` called ${only.join(' or ')}` : ''}`);
  const networks = [];
  let versions = environments.at(-1).versions;
  for (const [i, file] of files.entries()) {
    say(`${file}: ${i + 1} of ${files.length}`);
    const { versions: more, ...network } = await measureNetwork(environments, join(folder, file), settings, python);
    networks.push(network);
    versions = { ...versions, ...more };
  }
  return { environment: { ...environments.at(-1).description, versions }, settings, networks };
}
