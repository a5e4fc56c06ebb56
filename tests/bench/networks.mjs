// `npm run bench -- --models FOLDER`: each network of a folder, one after the other, in an engine of its own, so that the memory
// of WebAssembly, which never shrinks, is what this network wants at most. Two builds of the package take turns. The time of a
// network is the sum of each layer's least time, which holds on a machine that does something else now and then.
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
async function openPeers(python, file) {
  if (!python) return { round: async () => {}, found: () => undefined, close: () => {} };
  const peer = await openByName(python, file);
  const least = {};
  return {
    async round() {
      for (const [name, ms] of Object.entries(await peer.round())) least[name] = Math.min(least[name] ?? ms, ms);
    },
    found: () => least,
    close: peer.close,
  };
}

async function openNetwork({ createEngine, assets }, onnx, { warmUpMs }) {
  const contender = await open(createEngine, { onnx, target: 0, build, threads: 1, assets });
  let least = await contender.profile();
  const sum = (key) => least.reduce((total, step) => total + step[key], 0);
  const round = async () => {
    const pass = await contender.profile();
    least = least.map((step, i) => ({
      ...step,
      forwardMs: Math.min(step.forwardMs, pass[i].forwardMs),
      backwardMs: Math.min(step.backwardMs, pass[i].backwardMs),
    }));
  };
  for (const end = performance.now() + warmUpMs; performance.now() < end; ) await round();
  const { arena, weights, heap } = await contender.engine.memory();
  const fixed = { multiplyAdds: sum('multiplyAdds'), savedBytes: sum('savedBytes') || undefined, loadMs: contender.loadMs };
  return {
    contender,
    round,
    found: () => ({ ...fixed, arena, weights, heap, ms: sum('forwardMs') + sum('backwardMs') }),
  };
}

/** -> {name, peak in GFLOP/s, ours, beside?, peers?: ms by name}, both {ms, multiplyAdds, savedBytes, arena, weights, heap, loadMs}. */
async function measureNetwork(environments, file, settings, python) {
  const racing = [];
  for (const environment of environments) racing.push(await openNetwork(environment, file, settings));
  const peers = await openPeers(python, file);
  await peers.round();
  let peak = 0;
  for (let i = 0; i < settings.rounds; ++i) {
    await peers.round();
    for (const { contender, round } of racing) {
      peak = Math.max(peak, await contender.engine.peak());
      await round();
    }
  }
  const [ours, beside] = racing.map(({ found }) => found()).reverse();
  for (const { contender } of racing) contender.close();
  peers.close();
  return { name: parse(file).name, peak, ours, peers: peers.found(), ...(beside && { beside }) };
}

/** environments: of nodeEnvironment() in node.mjs, ours last; python: a venv with torch, torchvision and timm, or nothing. */
export async function measureNetworks(environments, { folder, python, withExport }, settings, say) {
  if (withExport) await exportByName(python, folder, usual);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.onnx')).sort();
  if (files.length === 0) throw new Problem(`${folder} has no *.onnx`);
  const networks = [];
  for (const [i, file] of files.entries()) {
    say(`${file}: ${i + 1} of ${files.length}`);
    networks.push(await measureNetwork(environments, join(folder, file), settings, python));
  }
  return { environment: environments.at(-1).description, settings, networks };
}
