// A project that uses the package, compiled against its types alone.
import {
  createEngine,
  type ExplainOptions,
  follow,
  isSampled,
  type Picture,
  runOptions,
  type SampledProgress,
  SmoothGradError,
} from 'smoothgrad';
import { type SmoothGradElement, sharedModel } from 'smoothgrad/element';
import { createTrainer, type TrainingProgress } from 'smoothgrad/train';

const options: ExplainOptions = {
  method: 'smoothgrad-integrated-gradients',
  rule: 'guided',
  timesInput: true,
  target: 'tiger cat',
  versus: 285,
  difference: 'scaled',
  noise: 0.15,
  samples: 50,
  seed: 1n,
  antithetic: true,
  magnitude: 'corrected',
  window: 2,
  until: { relativeError: 0.05, ms: 1000 },
  signal: AbortSignal.timeout(1000),
};

export async function explain(photo: Blob): Promise<Picture> {
  const engine = await createEngine({ threads: 2 });
  const model = await engine.loadModel('efficientnet-lite0', { randomisedLayers: 1 });
  const [top] = await model.classify(photo, { top: 3 });
  const prepared = await model.prepare(photo);
  const run = model.explain(prepared, { ...options, ...(top ? { target: top.index } : {}) });
  let last: SampledProgress | undefined;
  for await (const progress of run) last = progress;
  const error: number | undefined = last?.relativeError;
  const { shape, data } = await run.attribution({ reduction: 'variance' });
  const picture = await run.render({ view: 'overlay', colours: 'inferno', percentile: 99, fromLowest: false });
  for await (const { squares, map } of model.occlusion(photo, { size: 32, stride: 16 })) console.log(squares, map.length);
  const cam = await model.gradCam(photo, { target: 282 });
  console.log(error, shape.length, data.length, cam.map, (await engine.compare(cam, await run.map())).correlation);
  const squares = model.explain(prepared, { method: 'occlusion', size: 32, pictures: true });
  // @ts-expect-error: what samples alone have is not known of every method
  const unknown = (await follow(squares))?.relativeError;
  const frame = await squares.redraw({ colours: 'viridis' });
  console.log(unknown, frame.done, frame.unit, isSampled(frame) ? frame.samples : frame.picture?.width);
  console.log((await prepared.pixels()).width, (await prepared.input()).shape, runOptions.noise.default);
  prepared.close();
  engine.close();
  return picture;
}

// @ts-expect-error: there is no such option
export const misspelt: ExplainOptions = { smaples: 50 };
// @ts-expect-error: nor is a number the name of a rule
export const unknown: ExplainOptions = { rule: 3 };

export function watch(): SmoothGradElement {
  const element = document.createElement('smooth-grad');
  element.src = 'cat.jpg';
  element.samples = 50;
  element.timesInput = true;
  element.addEventListener('click', () => element.toggle());
  element.addEventListener('progress', ({ detail }) => console.log(detail.done, detail.target));
  element.addEventListener('classified', ({ detail }) => console.log(detail[0]?.name));
  element.addEventListener('error', ({ detail }) => console.log(detail.code));
  void element.ready.then(({ classNames }) => console.log(classNames[0], element.state, element.progress?.done));
  void sharedModel('efficientnet-lite0').then((model) => model.close());
  return element;
}

export async function train(images: Uint8Array, labels: Uint8Array): Promise<number> {
  const trainer = await createTrainer();
  const training = trainer.train({ images, labels }, { noise: 0.2, epochs: 3, seed: 1 });
  let last: TrainingProgress | undefined;
  for await (const progress of training) last = progress;
  return last?.accuracy ?? (await training.model()).length;
}

export const isOurs = (error: unknown): string | undefined => (error instanceof SmoothGradError ? error.code : undefined);
