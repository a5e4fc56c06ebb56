// The network of a <smooth-grad>: the page's own, shared; or, with randomised weights, one of the element's, closed when it
// wants another.
import type { Engine, Model } from '../api/index.js';
import { type SharedOptions, sharedEngine, sharedModel } from './shared_engine.js';

/** A network and the engine it is loaded in. */
export interface Network {
  engine: Engine;
  model: Model;
}

export class ElementModel {
  #engine: Promise<Engine> | undefined;
  #key = '';
  #randomised: Promise<Model> | undefined;

  /** Rejects as createEngine() and loadModel() do. */
  async get(name: string, randomisedLayers: number | undefined, options: SharedOptions): Promise<Network> {
    const engine = sharedEngine(options);
    const [ready, model] = await Promise.all([engine, this.#model(engine, name, randomisedLayers, options)]);
    return { engine: ready, model };
  }

  /** Gives back what is not shared. */
  release(): void {
    this.#randomised?.then((model) => model.close()).catch(() => {});
    this.#randomised = undefined;
  }

  #model(engine: Promise<Engine>, name: string, randomisedLayers: number | undefined, options: SharedOptions) {
    const key = `${name} ${randomisedLayers}`;
    if (this.#randomised && this.#key === key && this.#engine === engine) return this.#randomised;
    this.release();
    this.#engine = engine;
    if (!randomisedLayers) return sharedModel(name, options);
    this.#key = key;
    const model = engine.then((ready) => ready.loadModel(name, { randomisedLayers }));
    this.#randomised = model;
    model.catch(() => this.#randomised === model && this.release());
    return model;
  }
}
