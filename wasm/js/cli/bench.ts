// smoothgrad bench: how fast SmoothGrad's samples are on this machine, at 1 to T threads.
import { availableParallelism } from 'node:os';
import type { BuildName, Engine, Model, RawTensor } from '../api/index.js';
import { follow } from '../client/follow.js';
import { createEngine } from '../node.js';
import { checkWhole } from '../options/check_values.js';
import { print } from './terminal.js';

export interface BenchCommand {
  model: string;
  samples: number;
  threads?: number;
  build?: BuildName;
  json?: true;
}

/** Until V8 has compiled the hot functions a second time. */
const warmUp = 4;

async function time(model: Model, input: RawTensor, samples: number): Promise<number> {
  const explanation = model.explain(input, { target: 0, samples });
  const last = await follow(explanation);
  explanation.cancel();
  return last?.elapsedMs ?? 0;
}

/** Of a mean; the best of some, each of one sample more, since what is denoised is kept. */
async function timeDenoising(model: Model, input: RawTensor): Promise<number> {
  const fewest = 8;
  const rounds = 4;
  const explanation = model.explain(input, { target: 0, samples: fewest });
  await follow(explanation);
  let ms = Number.POSITIVE_INFINITY;
  for (let samples = fewest + 1; samples <= fewest + rounds; samples++) {
    const begin = performance.now();
    await explanation.denoised();
    ms = Math.min(ms, performance.now() - begin);
    explanation.extend(samples);
    await follow(explanation);
  }
  explanation.cancel();
  return ms;
}

async function measure(engine: Engine, command: BenchCommand) {
  const begin = performance.now();
  const model = await engine.loadModel(command.model);
  const modelMs = performance.now() - begin;
  const shape = [...model.inputShape];
  const input = { shape, data: await engine.noise({ size: shape.reduce((product, factor) => product * factor, 1) }) };
  await time(model, input, warmUp * engine.threads);
  const ms = await time(model, input, command.samples);
  const speed = { threads: engine.threads, samplesPerSecond: (1000 * command.samples) / ms, msPerSample: ms / command.samples };
  const load = { engineMs: engine.loadMs, modelMs };
  const work = { multiplyAdds: await countMultiplyAdds(model, input), peak: await engine.peak() };
  return { speed, load, work, memory: await engine.memory(), denoiseMs: await timeDenoising(model, input) };
}

/** Of a forward pass, if a convolution takes the products of its definition. */
async function countMultiplyAdds(model: Model, input: RawTensor): Promise<number> {
  const steps = await model.profile(input, { passes: 1 });
  return steps.reduce((sum, step) => sum + step.multiplyAdds, 0);
}

/** A multiply-add is two operations, and a sample two passes of as many. */
const shareOfPeak = ({ multiplyAdds, peak }: { multiplyAdds: number; peak: number }, ms: number) =>
  (4 * multiplyAdds) / ms / 1e6 / peak;

const mega = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

export async function bench(command: BenchCommand): Promise<number> {
  const { samples, build, threads, json, model } = command;
  checkWhole('samples', samples, 1, 1e9);
  const forced = build === undefined ? {} : { build };
  const first = await createEngine({ ...forced, ...(threads === undefined ? {} : { threads }) });
  const most = build !== undefined && first.threads === 1 ? 1 : (threads ?? Math.min(first.threads, availableParallelism()));
  const used = first.build;
  first.close();
  const speeds = [];
  let last: Awaited<ReturnType<typeof measure>> | undefined;
  for (let lanes = 1; lanes <= most; lanes++) {
    const engine = await createEngine({ build: used, threads: lanes });
    try {
      last = await measure(engine, command);
    } finally {
      engine.close();
    }
    speeds.push(last.speed);
    const { samplesPerSecond, msPerSample } = last.speed;
    if (!json)
      print(
        `${lanes} thread${lanes > 1 ? 's' : ''}: ${samplesPerSecond.toFixed(1)} samples/s, ${msPerSample.toFixed(1)} ms a sample`,
      );
  }
  if (!last) return 1;
  const { load, work, memory, denoiseMs } = last;
  const share = shareOfPeak(work, (speeds[0] as (typeof speeds)[number]).msPerSample);
  if (json) {
    print(JSON.stringify({ model, build: used, samples, speeds, share, load, work, memory, denoiseMs }));
  } else {
    print(`build ${used}; engine loaded in ${load.engineMs.toFixed(0)} ms, ${model} in ${load.modelMs.toFixed(0)} ms`);
    print(`one thread does ${(100 * share).toFixed(0)} % of the ${work.peak.toFixed(1)} GFLOP/s that it can`);
    print(`a mean is denoised in ${denoiseMs.toFixed(0)} ms`);
    print(`memory: heap ${mega(memory.heap)}, weights ${mega(memory.weights)}, arena of a lane ${mega(memory.arena)}`);
  }
  return 0;
}
