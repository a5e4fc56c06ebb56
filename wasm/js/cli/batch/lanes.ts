// The lanes of smoothgrad batch as the main thread sees them.
import { Worker } from 'node:worker_threads';
import { fromWire, SmoothGradError } from '../../api/errors.js';
import type { Answer, Job, LaneSettings, Opening } from './messages.js';

/** A lane has so many photos: one is explained, others are read or written meanwhile. */
const held = 3;

type Opened = Exclude<Opening, { failed: unknown }>;

class Lane {
  readonly opened: Promise<Opened>;
  readonly #worker: Worker;
  readonly #waiting = new Map<string, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();

  constructor(settings: LaneSettings) {
    this.#worker = new Worker(new URL('./batch_lane.js', import.meta.url), { workerData: settings });
    const lost = (error?: Error) =>
      new SmoothGradError('worker-lost', `a lane has ended${error ? `: ${error.message}` : ''}`, { cause: error });
    this.opened = new Promise((resolve, reject) => {
      this.#worker.once('message', (opening: Opening) => {
        if ('failed' in opening) return reject(fromWire(opening.failed));
        this.#worker.on('message', (answer: Answer) => {
          const waiting = this.#waiting.get(answer.id);
          this.#waiting.delete(answer.id);
          waiting?.resolve(answer);
        });
        resolve(opening);
      });
      const end = (error?: Error) => {
        reject(lost(error));
        for (const waiting of this.#waiting.values()) waiting.reject(lost(error));
      };
      this.#worker.once('error', end);
      this.#worker.once('exit', () => end());
    });
    this.opened.catch(() => {});
  }

  ask(job: Job): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(job.id, { resolve, reject });
      this.#worker.postMessage(job);
    });
  }

  end(): Promise<number> {
    return this.#worker.terminate();
  }
}

export class Lanes {
  readonly #lanes: readonly Lane[];

  constructor(count: number, settings: LaneSettings) {
    this.#lanes = Array.from({ length: count }, () => new Lane(settings));
  }

  /** What all of them say of themselves. */
  async open(): Promise<Opened> {
    const [first, ...others] = await Promise.all(this.#lanes.map(({ opened }) => opened));
    const { model } = first as Opened;
    if (others.some((other) => other.model !== model))
      throw new SmoothGradError('bad-model', 'the model changed while it was read');
    return first as Opened;
  }

  /** Has each job done by the lane that is free for it, and its answer taken. Jobs are asked for only as fast as they are done. */
  async work<T extends Job>(jobs: AsyncIterator<T>, take: (job: T, answer: Answer) => Promise<void>): Promise<void> {
    const hand = async (lane: Lane) => {
      for (;;) {
        const { value: job, done } = await jobs.next();
        if (done) return;
        await take(job, await lane.ask(job));
      }
    };
    await Promise.all(Array.from({ length: held }, () => this.#lanes.map(hand)).flat());
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.end()));
  }
}
