// Trains a fresh network in a worker of its own: start, watch it learn, stop, go on, keep, download.
import { createTrainer, type Trainer, type Training, type TrainingProgress } from 'smoothgrad/train';
import { type Digits, loadDigits } from '../common/digits.js';
import { byId } from '../common/dom.js';
import { showProbability } from '../common/scores.js';
import { text } from '../common/texts.js';
import type { LiveMap } from './live_map.js';
import type { LossChart } from './loss_chart.js';
import type { Store } from './state.js';

/** Of ten thousand digits: 98 % of the test digits at 20 % noise, 97 % at 50 %. */
const schedule = { epochs: 6, learningRate: 0.002 };
/** Between two looks at what it has learnt: each costs some samples on the cores that learn. */
const lookMs = 500;

/** What the button does next. */
type Phase = 'idle' | 'learning' | 'stopped' | 'learnt';

export interface Learnt {
  /** An ONNX file. */
  onnx: Uint8Array<ArrayBuffer>;
  noise: number;
  seed: number;
  /** On test digits, after its last step. */
  accuracy: number | undefined;
  /** The step at which it was stopped, if it was. */
  stoppedAt: number | undefined;
}

/** A training that is not at its end, and the trainer that holds it. */
interface Course {
  trainer: Trainer;
  training: Training;
  noise: number;
  seed: number;
}

function describe({ step, steps, accuracy, testAccuracy, elapsedMs }: TrainingProgress): string {
  const learning = { step, steps, seconds: Math.round(elapsedMs / 1000), share: showProbability(accuracy) };
  if (testAccuracy === undefined) return text('lab.progress', learning);
  return text('lab.progress.test', { ...learning, test: showProbability(testAccuracy) });
}

export interface TrainingPanel {
  /** The button: trains, stops or goes on. */
  toggle(): void;
}

export function createTraining(
  store: Store,
  test: Digits,
  shown: { chart: LossChart; map: LiveMap },
  told: { keep(learnt: Learnt): Promise<void>; failed(error: Error): void },
): TrainingPanel {
  const button = byId<HTMLButtonElement>('train');
  const anew = byId<HTMLButtonElement>('anew');
  const keep = byId<HTMLButtonElement>('keep');
  const link = byId<HTMLAnchorElement>('download');
  let phase: Phase = 'idle';
  let ending: AbortController | undefined;
  let course: Course | undefined;
  let learnt: Learnt | undefined;
  let kept: Learnt | undefined;

  const become = (next: Phase) => {
    phase = next;
    button.textContent = text(`lab.phase.${phase}`);
    byId('learning').hidden = phase === 'idle';
    byId<HTMLInputElement>('noise').disabled = phase === 'learning';
    anew.hidden = phase !== 'stopped';
    link.hidden = learnt === undefined || phase === 'learning';
    keep.hidden = link.hidden || kept === learnt;
    byId('kept').hidden = link.hidden || kept !== learnt;
  };
  const offer = (next: Learnt) => {
    learnt = next;
    URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([next.onnx], { type: 'application/octet-stream' }));
    link.download = `mnist-noise-${Math.round(next.noise * 100)}-own.onnx`;
  };
  const watch = async (training: Training, over: AbortSignal) => {
    while (!over.aborted) {
      await shown.map.look(await training.model());
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
  };
  const enrol = async (stop: AbortSignal): Promise<Course> => {
    const { noise, seed } = store.get();
    const { images, labels } = await loadDigits('train', stop);
    const trainer = await createTrainer({ signal: stop });
    const { threads, singleThreadReason } = trainer;
    byId('learns-on').textContent = text('lab.threads', { count: threads, reason: singleThreadReason ?? '' });
    const data = { images, labels, testImages: test.images, testLabels: test.labels };
    return { trainer, training: trainer.train(data, { ...schedule, noise, seed }), noise, seed };
  };
  /** Until it is at its end, or stopped. */
  const follow = async ({ training, noise, seed }: Course, stop: AbortSignal): Promise<Phase> => {
    if (stop.aborted) training.stop();
    else stop.addEventListener('abort', () => training.stop());
    const over = new AbortController();
    const watching = watch(training, over.signal);
    watching.catch(() => training.stop());
    let last: TrainingProgress | undefined;
    try {
      for await (const progress of training) {
        last = progress;
        shown.chart.progressed(progress);
        byId('learning-words').textContent = describe(progress);
      }
    } finally {
      over.abort();
    }
    await watching;
    const onnx = (await training.model()) as Uint8Array<ArrayBuffer>;
    await shown.map.look(onnx);
    const done = last?.done === true;
    offer({
      onnx,
      noise,
      seed,
      accuracy: done ? last?.testAccuracy : undefined,
      stoppedAt: done ? undefined : (last?.step ?? 0),
    });
    return done ? 'learnt' : 'stopped';
  };
  const leave = () => {
    course?.trainer.close();
    course = undefined;
  };
  const learn = async (enter: (stop: AbortSignal) => Promise<Course>) => {
    ending = new AbortController();
    become('learning');
    try {
      course = await enter(ending.signal);
      const next = await follow(course, ending.signal);
      if (next === 'learnt') leave();
      become(next);
    } catch (error) {
      leave();
      become(learnt ? 'learnt' : 'idle');
      if (!ending.signal.aborted) told.failed(error as Error);
    }
  };
  const start = () => {
    leave();
    shown.chart.begin();
    byId('learning-words').textContent = text('lab.coming');
    void learn(enrol);
  };
  const goOn = (stopped: Course) =>
    learn(async () => {
      await stopped.training.goOn();
      return stopped;
    });
  const toggle = () => {
    if (phase === 'learning') ending?.abort();
    else if (phase === 'stopped' && course) void goOn(course);
    else start();
  };
  button.addEventListener('click', toggle);
  anew.addEventListener('click', start);
  keep.addEventListener('click', () => {
    if (!learnt) return;
    const before = kept;
    kept = learnt;
    become(phase);
    told.keep(learnt).catch((error) => {
      kept = before;
      become(phase);
      told.failed(error);
    });
  });
  become('idle');
  return { toggle };
}
