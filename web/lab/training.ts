// Trains a fresh network in a worker of its own: start, watch it learn, stop, keep, download.
import { createTrainer, type Training, type TrainingProgress } from 'smoothgrad/train';
import { type Digits, loadDigits } from '../common/digits.js';
import { byId } from '../common/dom.js';
import { showProbability } from '../common/scores.js';
import type { LiveMap } from './live_map.js';
import type { LossChart } from './loss_chart.js';
import type { Store } from './state.js';

/** Of ten thousand digits: 98 % of the test digits at 20 % noise, 97 % at 50 %. */
const schedule = { epochs: 6, learningRate: 0.002 };
/** Between two looks at what it has learnt: each costs some samples on the cores that learn. */
const lookMs = 500;

/** What the button says and does next. */
type Phase = 'idle' | 'learning' | 'learnt' | 'kept';
const buttons: Record<Phase, string> = { idle: 'Train', learning: 'Stop', learnt: 'Train another', kept: 'Train another' };

export interface Learnt {
  /** An ONNX file. */
  onnx: Uint8Array;
  noise: number;
  /** On test digits, after its last step. */
  accuracy: number | undefined;
}

function describe({ step, steps, accuracy, testAccuracy, elapsedMs }: TrainingProgress): string {
  const test = testAccuracy === undefined ? '' : `, ${showProbability(testAccuracy)} of test digits`;
  const learning = `right on ${showProbability(accuracy)} of what it learns from${test}`;
  return `Step ${step.toLocaleString('en')} of ${steps.toLocaleString('en')}, ${(elapsedMs / 1000).toFixed(0)} s: ${learning}.`;
}

export interface TrainingPanel {
  /** The button: trains or stops. */
  toggle(): void;
}

export function createTraining(
  store: Store,
  test: Digits,
  shown: { chart: LossChart; map: LiveMap },
  told: { keep(learnt: Learnt): Promise<void>; failed(error: Error): void },
): TrainingPanel {
  const button = byId<HTMLButtonElement>('train');
  const keep = byId<HTMLButtonElement>('keep');
  const link = byId<HTMLAnchorElement>('download');
  let phase: Phase = 'idle';
  let ending: AbortController | undefined;
  let learnt: Learnt | undefined;

  const become = (next: Phase) => {
    phase = next;
    button.textContent = buttons[phase];
    byId('learning').hidden = phase === 'idle';
    byId<HTMLInputElement>('noise').disabled = phase === 'learning';
    keep.hidden = phase !== 'learnt';
    link.hidden = learnt === undefined || phase === 'learning';
  };
  const offer = (next: Learnt) => {
    learnt = next;
    URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([next.onnx as BlobPart], { type: 'application/octet-stream' }));
    link.download = `mnist-noise-${Math.round(next.noise * 100)}-own.onnx`;
  };
  const watch = async (training: Training, over: AbortSignal) => {
    while (!over.aborted) {
      await shown.map.look(await training.model());
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
  };
  const learn = async (stop: AbortSignal) => {
    const { noise, seed } = store.get();
    const [{ images, labels }, trainer] = await Promise.all([loadDigits('train', stop), createTrainer({ signal: stop })]);
    try {
      const { threads, singleThreadReason } = trainer;
      const alone = `It learns on one thread. ${singleThreadReason ?? ''}`;
      byId('learns-on').textContent = threads > 1 ? `It learns on ${threads} threads.` : alone;
      const data = { images, labels, testImages: test.images, testLabels: test.labels };
      const training = trainer.train(data, { ...schedule, noise, seed });
      stop.addEventListener('abort', () => training.stop());
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
      const onnx = await training.model();
      await shown.map.look(onnx);
      offer({ onnx, noise, accuracy: last?.step === last?.steps ? last?.testAccuracy : undefined });
    } finally {
      trainer.close();
    }
  };
  const start = async () => {
    ending = new AbortController();
    shown.chart.begin();
    byId('learning-words').textContent = 'Ten thousand digits are on their way.';
    become('learning');
    try {
      await learn(ending.signal);
      become('learnt');
    } catch (error) {
      become(learnt ? 'learnt' : 'idle');
      if (!ending.signal.aborted) told.failed(error as Error);
    }
  };
  const toggle = () => {
    if (phase === 'learning') ending?.abort();
    else void start();
  };
  button.addEventListener('click', toggle);
  keep.addEventListener('click', () => {
    if (!learnt) return;
    become('kept');
    told.keep(learnt).catch(told.failed);
  });
  become('idle');
  return { toggle };
}
