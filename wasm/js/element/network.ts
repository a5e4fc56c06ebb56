// The network of a <smooth-grad>: the page's own, shared; or, with randomised weights, one of the element's, closed when it
// wants another.
import type { Engine, LoadingListener, Model } from '../api/index.js';
import { type Hold, holdEngine, type SharedOptions } from './shared_engine.js';

const shippedModel = 'efficientnet-lite0';

/** A network and the engine it is loaded in. */
export interface Network {
  engine: Engine;
  model: Model;
}

export class ElementModel {
  #hold: Hold | undefined;
  #key = '';
  #randomised: Promise<Model> | undefined;

  /** Rejects as createEngine() and loadModel() do. */
  async get(
    name = shippedModel,
    randomisedLayers: number | undefined,
    options: SharedOptions,
    heard: LoadingListener,
  ): Promise<Network> {
    const before = this.#hold;
    const hold = holdEngine(options, name);
    this.#hold = hold;
    const model = randomisedLayers ? this.#random(hold, before, name, randomisedLayers) : this.#shared(hold, name, heard);
    before?.release();
    const [engine, ready] = await Promise.all([hold.engine, model]);
    return { engine, model: ready };
  }

  /** Gives back all that it has. */
  release(): void {
    this.#closeRandomised();
    this.#hold?.release();
    this.#hold = undefined;
  }

  #shared(hold: Hold, name: string, heard: LoadingListener): Promise<Model> {
    this.#closeRandomised();
    return hold.model(name, heard);
  }

  #random({ engine }: Hold, before: Hold | undefined, name: string, randomisedLayers: number): Promise<Model> {
    const key = `${name} ${randomisedLayers}`;
    if (this.#randomised && this.#key === key && before?.engine === engine) return this.#randomised;
    this.#closeRandomised();
    this.#key = key;
    const model = engine.then((ready) => ready.loadModel(name, { randomisedLayers }));
    this.#randomised = model;
    model.catch(() => this.#randomised === model && this.#closeRandomised());
    return model;
  }

  #closeRandomised(): void {
    this.#randomised?.then((model) => model.close()).catch(() => {});
    this.#randomised = undefined;
  }
}
