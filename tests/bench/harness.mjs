// The measurements, the same in Node and in browsers. Contenders take turns (A B C A B C ...), so that a machine that slows down
// slows all of them; of the rounds there are the minimum and the median.
import { mnistNetwork, mnistShape } from './graph/mnist.mjs';
import { least, median, relativeDistance } from './numbers.mjs';
import { open as openOurs } from './ours.mjs';

const idle = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Between contenders: worker threads of the last one may still spin. */
const restMs = 30;

/** Of gradients, relative L2: a unit of ReLU6 that rounding puts on the other side of its kink is 1e-3. */
const tolerance = 1e-2;

/**
 * Who takes part, by number of threads: [{name, kind, threads, open: () => contender}]. A contender has gradient() and
 * time(samples) -> ms, both promised, and close().
 * @param environment {description, builds, createEngine, assets, peers: [{title, kind, mostThreads, networks, open(options)}]}
 * @param network {name, onnx, input, shape, target}
 */
export function contenders(environment, network, threads) {
  const { builds, createEngine, assets, peers } = environment;
  return threads.flatMap((count) => {
    const suffix = count > 1 ? `, ${count} threads` : '';
    const entry = (title, kind, open) => ({ name: title + suffix, kind, threads: count, open });
    const able = peers.filter(({ mostThreads, networks }) => count <= mostThreads && networks.includes(network.name));
    return [
      ...builds.map((build) =>
        entry(`SmoothGrad ${build}`, build, () => openOurs(createEngine, { ...network, build, threads: count, assets })),
      ),
      ...able.map(({ title, kind, open }) => entry(title, kind, () => open({ ...network, threads: count }))),
    ];
  });
}

/** Samples a round, so that it lasts about `roundMs`. */
async function calibrate(contender, { roundMs, warmUpMs }) {
  const samples = 1;
  let ms = 0;
  for (const end = performance.now() + warmUpMs; performance.now() < end; ) ms = (await contender.time(samples)) / samples;
  return Math.max(2 * contender.lanes, Math.min(1000, Math.round(roundMs / ms)));
}

/**
 * Opens, checks and times all of them; -> [{name, threads, minimum, median, rounds, distance}] in milliseconds a sample.
 * @param known the right gradient, or nothing: then the first one's
 */
export async function race(list, known, settings, say) {
  const racing = [];
  let reference = known;
  for (const { open, ...entry } of list) {
    say(`${entry.name}: starting`);
    const contender = await open();
    contender.lanes = entry.threads;
    const gradient = await contender.gradient();
    reference ??= gradient;
    const distance = relativeDistance(gradient, reference);
    if (!(distance < tolerance)) throw new Error(`${entry.name}: another gradient, off by ${distance}`);
    racing.push({ ...entry, contender, distance, samples: await calibrate(contender, settings), rounds: [] });
  }
  for (let round = 0; round < settings.rounds; ++round) {
    say(`round ${round + 1} of ${settings.rounds}`);
    for (const { contender, samples, rounds } of racing) {
      await idle(restMs);
      rounds.push((await contender.time(samples)) / samples);
    }
  }
  for (const { contender } of racing) contender.close();
  return racing.map(({ contender: _, ...entry }) => ({ ...entry, minimum: least(entry.rounds), median: median(entry.rounds) }));
}

/** Peak and time of each layer, minima over passes that alternate with peaks. */
export async function profileLayers(environment, network, build, settings) {
  const ours = await openOurs(environment.createEngine, { ...network, build, threads: 1, assets: environment.assets });
  await ours.time(4);
  let peak = 0;
  let steps;
  for (let round = 0; round < settings.profilePasses; ++round) {
    if (round % 4 === 0) peak = Math.max(peak, await ours.engine.peak());
    const pass = await ours.profile();
    steps ??= pass;
    for (const [i, step] of steps.entries()) {
      step.forwardMs = Math.min(step.forwardMs, pass[i].forwardMs);
      step.backwardMs = Math.min(step.backwardMs, pass[i].backwardMs);
    }
  }
  ours.close();
  return { build, peak, steps };
}

/** Milliseconds to start the engine and to parse, fold and pack the model; bytes with `lanes` lanes at work. */
export async function loadAndMemory(environment, network, build, lanes, settings) {
  const options = { ...network, build, threads: lanes, assets: environment.assets };
  const loads = [];
  const ours = await openOurs(environment.createEngine, options);
  let most = { allocated: 0 };
  await ours.time(4 * lanes, async () => {
    const now = await ours.engine.memory();
    if (now.allocated > most.allocated) most = now;
  });
  const { heap } = await ours.engine.memory(); // which never shrinks, so before models are in memory twice
  for (let round = 0; round < settings.rounds; ++round) loads.push(await ours.reload());
  ours.close();
  return {
    load: { engineMs: ours.engine.loadMs, firstMs: ours.loadMs, minimum: least(loads), median: median(loads) },
    memory: { lanes, weights: most.weights, arena: most.arena, allocated: most.allocated, heap },
  };
}

function mnist() {
  const input = Float32Array.from({ length: 28 * 28 }, (_, i) => Math.sin(i));
  return { name: 'mnist', onnx: mnistNetwork(), input, shape: mnistShape, target: 3 };
}

/**
 * Everything: -> plain data (see report.mjs).
 * @param settings {rounds, roundMs, warmUpMs, profilePasses, threads: [1, ...], only: [part, ...]}
 */
export async function measure(environment, network, reference, settings, say) {
  const wanted = (part) => settings.only.length === 0 || settings.only.includes(part);
  const results = { environment: environment.description, settings };
  if (wanted('samples')) {
    results.samples = await race(contenders(environment, network, settings.threads), reference, settings, say);
  }
  if (wanted('layers')) {
    results.layers = [];
    for (const build of environment.builds) {
      say(`layers, ${build}`);
      results.layers.push(await profileLayers(environment, network, build, settings));
    }
  }
  if (wanted('memory')) {
    say('load and memory');
    Object.assign(results, await loadAndMemory(environment, network, environment.builds[0], 4, settings));
  }
  if (wanted('mnist')) {
    say('MNIST-size network');
    results.mnist = await race(contenders(environment, mnist(), settings.threads), undefined, settings, say);
  }
  return results;
}
