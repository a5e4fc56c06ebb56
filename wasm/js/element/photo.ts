// The photo of a <smooth-grad>: prepared once for a model, and the address of a picture of it.
import type { Model, Photo, PreparedPhoto, RawTensor } from '../api/index.js';

/** What the page has prepared itself, it holds itself. */
const isPrepared = (photo: Photo): photo is PreparedPhoto => typeof photo === 'object' && 'pixels' in photo && 'close' in photo;

export class ElementPhoto {
  #prepared: { photo: Photo; model: Model; is: Promise<PreparedPhoto> } | undefined;
  #url: string | undefined;

  /** Rejects as the model's prepare() does. */
  async prepare(model: Model, photo: Photo): Promise<Photo> {
    if (isPrepared(photo)) return photo;
    if (this.#prepared?.photo === photo && this.#prepared.model === model) return this.#prepared.is;
    this.release();
    const is = model.prepare(photo);
    this.#prepared = { photo, model, is };
    is.catch(() => {
      if (this.#prepared?.is === is) this.#prepared = undefined;
    });
    return is;
  }

  /** Gives back what was prepared here. */
  release(): void {
    this.#prepared?.is.then((photo) => photo.close()).catch(() => {});
    this.#prepared = undefined;
  }

  /** Undefined for what only the engine can show. The address before it is no longer good. */
  address(photo: Photo | RawTensor | undefined): string | undefined {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = photo instanceof Blob ? URL.createObjectURL(photo) : undefined;
    return this.#url ?? (typeof photo === 'string' ? photo : undefined);
  }
}
