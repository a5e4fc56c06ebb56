// `npm run bench -- --models FOLDER`: each network of a folder, one after the other, in an engine of its own, so that the memory
// of WebAssembly, which never shrinks, is what this network wants at most. Two builds of the package take turns. The time of a
// network is the sum of each layer's least time, which holds on a machine that does something else now and then.
import { readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { Problem } from '../../wasm/setup/say.mjs';
import { open } from './ours.mjs';

const build = 'relaxed';

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

/** -> {name, peak in GFLOP/s, ours, beside?}, both {ms, multiplyAdds, savedBytes, arena, weights, heap, loadMs}. */
async function measureNetwork(environments, file, settings) {
  const racing = [];
  for (const environment of environments) racing.push(await openNetwork(environment, file, settings));
  let peak = 0;
  for (let i = 0; i < settings.rounds; ++i) {
    for (const { contender, round } of racing) {
      peak = Math.max(peak, await contender.engine.peak());
      await round();
    }
  }
  const [ours, beside] = racing.map(({ found }) => found()).reverse();
  for (const { contender } of racing) contender.close();
  return { name: parse(file).name, peak, ours, ...(beside && { beside }) };
}

/** environments: of nodeEnvironment() in node.mjs, ours last. */
export async function measureNetworks(environments, folder, settings, say) {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.onnx')).sort();
  if (files.length === 0) throw new Problem(`${folder} has no *.onnx`);
  const networks = [];
  for (const [i, file] of files.entries()) {
    say(`${file}: ${i + 1} of ${files.length}`);
    networks.push(await measureNetwork(environments, join(folder, file), settings));
  }
  return { environment: environments.at(-1).description, settings, networks };
}
