// What every project does with the package: the element is there, and a photo is explained by the engine's own calls. What it
// came to is left on the page, for the test to read.
import { createEngine } from 'smoothgrad';
import 'smoothgrad/element';
import { createTrainer } from 'smoothgrad/train';

async function explained(options) {
  const engine = await createEngine(options);
  const model = await engine.loadModel('efficientnet-lite0');
  const [top] = await model.classify('cat.webp');
  let samples = 0;
  for await (const progress of model.explain('cat.webp', { samples: 2 })) samples = progress.samples;
  const { build, threads, singleThreadReason } = engine;
  engine.close();
  return { build, threads, singleThreadReason, samples, top: top.name };
}

async function trained(options) {
  const trainer = await createTrainer(options);
  const digits = { images: new Uint8Array(64 * 784).fill(9), labels: new Uint8Array(64) };
  let steps = 0;
  for await (const progress of trainer.train(digits)) steps = progress.step;
  trainer.close();
  return { steps };
}

/** options: of the engine and the trainer. */
export async function tell(options) {
  const told = await Promise.all([explained(options), trained(options)]).then(
    ([engine, trainer]) => ({ ...engine, ...trainer }),
    (error) => ({ error: `${error.code}: ${error.message}` }),
  );
  document.documentElement.dataset.told = JSON.stringify(told);
}
