// The photo of a <smooth-grad>: what the network sees of it, worked out once, and an address to show it by until there is a map.
import type { Model, Photo, Prepared } from '../api/index.js';

export class ElementPhoto {
  #prepared: { photo: Photo; model: Model; is: Promise<Prepared> } | undefined;
  #url: string | undefined;

  /** Rejects as the model's prepare() does. */
  prepare(model: Model, photo: Photo): Promise<Prepared> {
    if (this.#prepared?.photo === photo && this.#prepared.model === model) return this.#prepared.is;
    const is = model.prepare(photo);
    this.#prepared = { photo, model, is };
    is.catch(() => {
      if (this.#prepared?.is === is) this.#prepared = undefined;
    });
    return is;
  }

  /** Undefined for what only the engine can show. The address before it is no longer good. */
  address(photo: Photo | undefined): string | undefined {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = photo instanceof Blob ? URL.createObjectURL(photo) : undefined;
    return this.#url ?? (typeof photo === 'string' ? photo : undefined);
  }
}
