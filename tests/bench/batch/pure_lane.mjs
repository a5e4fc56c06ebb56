// A lane that only computes, on a thread of its own: of a photo that it holds, one look and its samples, again and again. Only their
// own times count, not the waits for a frame between them.
import { parentPort, workerData } from 'node:worker_threads';

const { library, photo, samples, model: name } = workerData;
const { createEngine } = await import(library);
const engine = await createEngine({ threads: 1 });
const model = await engine.loadModel(name);
const held = await model.prepare(photo);
const input = await held.input();

async function compute() {
  const begin = performance.now();
  await model.evaluate(input);
  const look = performance.now() - begin;
  const run = model.explain(held, { target: 282, samples });
  let last;
  for await (last of run);
  run.cancel();
  return look + last.elapsedMs;
}

await compute();
parentPort.on('message', async (count) => {
  let ms = 0;
  for (let i = 0; i < count; i++) ms += await compute();
  parentPort.postMessage(ms / 1000);
});
parentPort.postMessage('ready');
