// The trainer as the caller sees it: checks, and talks to the service.

import { SmoothGradError } from '../api/errors.js';
import type { BuildName } from '../api/index.js';
import type { FileAccess } from '../client/file_access.js';
import { type Connect, openService } from '../client/open_service.js';
import { checkKnown, checkNumber, checkSeed, checkWhole } from '../options/check_values.js';
import { abortable } from '../rpc/abortable.js';
import type { Connection } from '../rpc/connection.js';
import type { TrainerInfo, TrainerService, TrainingInput, TrainingSettings } from './trainer_calls.js';
import type { Trainer, TrainerOptions, Training, TrainingDigits, TrainingProgress, TrainOptions } from './types.js';

const pixels = 28 * 28;

/** There is no relaxed SIMD in it. */
const buildsOf = (build: BuildName) => `smoothgrad-trainer-${build.replace('relaxed', 'simd')}`;

function checkSet(name: string, images: Uint8Array, labels: Uint8Array): void {
  if (!(images instanceof Uint8Array && labels instanceof Uint8Array)) {
    throw new SmoothGradError('bad-image', `the ${name} digits must be two Uint8Arrays: images and labels`);
  }
  if (images.length !== labels.length * pixels) {
    const wanted = `${labels.length} labels need ${labels.length * pixels} bytes of images, 28 x 28 each`;
    throw new SmoothGradError('bad-image', `the ${name} digits: ${wanted}, not ${images.length}`);
  }
  const wrong = labels.findIndex((label) => label > 9);
  if (wrong >= 0) throw new SmoothGradError('bad-image', `the ${name} digits: label ${wrong} is ${labels[wrong]}, not 0 to 9`);
}

function checkDigits(digits: TrainingDigits): TrainingInput {
  checkKnown(digits, ['images', 'labels', 'testImages', 'testLabels']);
  const { images, labels, testImages = new Uint8Array(), testLabels = new Uint8Array() } = digits;
  checkSet('training', images, labels);
  checkSet('test', testImages, testLabels);
  if (labels.length === 0) throw new SmoothGradError('bad-image', 'there are no training digits');
  return { images, labels, testImages, testLabels };
}

function checkTraining(options: TrainOptions): TrainingSettings {
  checkKnown(options, ['noise', 'epochs', 'seed', 'batch', 'learningRate', 'signal']);
  return {
    noise: checkNumber('noise', options.noise ?? 0, 0, 10),
    epochs: checkWhole('epochs', options.epochs ?? 1, 1, 1e4),
    seed: checkSeed(options.seed ?? 0),
    batch: checkWhole('batch', options.batch ?? 64, 1, 4096),
    learningRate: checkNumber('learningRate', options.learningRate ?? 1e-3, Number.MIN_VALUE, 1),
  };
}

export async function openTrainer(
  options: TrainerOptions,
  files: FileAccess,
  connect: Connect<TrainerService>,
): Promise<Trainer> {
  const { info, connection } = await openService(buildsOf, options, files, connect);
  return new TrainerClient(info, connection);
}

class TrainerClient implements Trainer {
  readonly build: BuildName;
  readonly threads: number;
  readonly singleThreadReason?: string;
  readonly #connection: Connection<TrainerService>;
  #trainings = 0;

  constructor(info: TrainerInfo, connection: Connection<TrainerService>) {
    this.build = info.build;
    this.threads = info.threads;
    if (info.singleThreadReason !== undefined) this.singleThreadReason = info.singleThreadReason;
    this.#connection = connection;
  }

  train(digits: TrainingDigits, options: TrainOptions = {}): Training {
    const input = checkDigits(digits);
    const settings = checkTraining(options);
    const id = ++this.#trainings;
    const started = this.#connection.call('train', id, input, settings);
    return new TrainingClient(this.#connection, id, started, options.signal);
  }

  close() {
    this.#connection.close(new SmoothGradError('closed', 'the trainer has been closed: create another'));
  }
}

class TrainingClient implements Training {
  readonly #connection: Connection<TrainerService>;
  readonly #id: number;
  readonly #started: Promise<void>;
  readonly #signal: AbortSignal | undefined;

  constructor(connection: Connection<TrainerService>, id: number, started: Promise<void>, signal: AbortSignal | undefined) {
    this.#connection = connection;
    this.#id = id;
    this.#started = started;
    this.#signal = signal;
    started.catch(() => {}); // the iteration tells
    if (signal?.aborted) this.stop();
    else signal?.addEventListener('abort', () => this.stop(), { once: true });
  }

  async *[Symbol.asyncIterator](): AsyncIterator<TrainingProgress> {
    await abortable(this.#started, this.#signal);
    let seen = '';
    for (;;) {
      const next = await abortable(this.#connection.call('next', this.#id, seen), this.#signal);
      if (!next) return;
      seen = next.seen;
      yield next.progress;
      if (next.progress.done) return;
    }
  }

  stop() {
    // One that is gone has stopped.
    this.#connection.call('stop', this.#id).catch(() => {});
  }

  async goOn() {
    await this.#started;
    return this.#connection.call('goOn', this.#id);
  }

  async model(): Promise<Uint8Array> {
    await this.#started;
    return this.#connection.call('model', this.#id);
  }
}
