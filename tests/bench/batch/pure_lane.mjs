// A lane that only computes, on a thread of its own: samples of one photo that it holds, in one run without an end.
import { parentPort, workerData } from 'node:worker_threads';

const { library, photo, samples, model: name } = workerData;
const { createEngine } = await import(library);
const engine = await createEngine({ threads: 1 });
const model = await engine.loadModel(name);
const held = await model.prepare(photo);

async function compute(count) {
  const run = model.explain(held, { target: 282, samples: count });
  let last;
  for await (last of run);
  run.cancel();
  return last.elapsedMs;
}

await compute(samples);
parentPort.on('message', async (count) => parentPort.postMessage(await compute(count)));
parentPort.postMessage('ready');
