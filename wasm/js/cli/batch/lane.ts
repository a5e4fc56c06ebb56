// A lane of smoothgrad batch, on a thread of its own: explains one photo while the next are read and decoded and the files of the
// last are written.

import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { toWire } from '../../api/errors.js';
import type { BuildName, Engine, ExplainOptions, Model } from '../../api/index.js';
import { readAddress } from '../../node/node_files.js';
import { loadSharp } from '../../node/sharp.js';
import { given } from '../arguments.js';
import { explainOptions } from '../explain_options.js';
import { modelOptionNames, openModel } from '../model_flags.js';
import { writeWhole } from '../whole_file.js';
import { digest } from './digest.js';
import { explainPhoto } from './explain_photo.js';
import type { Answer, Job, LaneSettings, Opening, Outcome } from './messages.js';

/** An engine of one thread, and the digests of what it has read of models. */
export type OpenEngine = (build: BuildName | undefined) => Promise<{ engine: Engine; contents: readonly string[] }>;

/** One at a time, in the order of asking. */
function inTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };
}

/** Throws `bad-option` for what would be wrong for every photo; the first pass through the network is made, too. */
async function rehearse(model: Model, options: ExplainOptions): Promise<void> {
  const data = new Float32Array(model.inputShape.reduce((product, size) => product * size, 1));
  const run = model.explain({ shape: [...model.inputShape], data }, { ...options, paused: true });
  for await (const _ of run) run.cancel();
}

class Lane {
  readonly #settings: LaneSettings;
  readonly #engine: Engine;
  readonly #model: Model;
  readonly #options: ExplainOptions;
  readonly #turn = inTurns();

  constructor(settings: LaneSettings, engine: Engine, model: Model, options: ExplainOptions) {
    this.#settings = settings;
    this.#engine = engine;
    this.#model = model;
    this.#options = options;
  }

  async answer({ id, photo: address, target, more }: Job): Promise<Outcome> {
    // A class that is not there is wrong in this line alone; other options are wrong in all.
    let isOfAll = false;
    try {
      const own = target === undefined ? {} : { target: this.#model.classIndex(target) };
      const bytes = await readAddress(address);
      const content = digest(bytes);
      const photo = await this.#model.prepare(bytes);
      isOfAll = true;
      const subject = {
        ...{ engine: this.#engine, model: this.#model, photo, outputs: this.#settings.command },
        beside: typeof more.beside === 'string' ? more.beside : undefined,
        options: { ...this.#options, ...own },
      };
      try {
        const { result, write } = await this.#turn(() => explainPhoto(id, subject, (path, file) => this.#save(path, file)));
        isOfAll = false;
        await write();
        return { content, result };
      } finally {
        photo.close();
      }
    } catch (error) {
      const failed = toWire(error);
      return { failed, isOfAll: isOfAll && failed.code === 'bad-option' };
    }
  }

  #save(path: string, bytes: Uint8Array): Promise<void> {
    return writeWhole(join(this.#settings.folder ?? '.', path), bytes);
  }
}

/** Serves until its thread is ended. */
export async function serveLane(port: MessagePort, settings: LaneSettings, openEngine: OpenEngine): Promise<void> {
  try {
    const sharp = await loadSharp();
    // Photos are many and each is decoded once; the other lanes want the other cores.
    sharp.cache(false);
    sharp.concurrency(1);
    const { command } = settings;
    const { engine, contents } = await openEngine(settings.build);
    const options = explainOptions(command, engine, ['attributions']);
    const model = await openModel(engine, command);
    await rehearse(model, options);
    const lane = new Lane(settings, engine, model, options);
    port.on('message', async (job: Job) => {
      port.postMessage({ id: job.id, ...(await lane.answer(job)) } satisfies Answer);
    });
    const digests = [...contents].sort();
    port.postMessage({
      model: digests.length === 1 ? (digests[0] as string) : digest(digests.join()),
      build: engine.build,
      options: { ...given(command, ...modelOptionNames), ...options },
      notes: model.notes,
    } satisfies Opening);
  } catch (error) {
    port.postMessage({ failed: toWire(error) } satisfies Opening);
  }
}
