// The photo of a <smooth-grad>: prepared once for a model and all elements that show it, and the address of a picture of it.
import type { Model, Photo, PreparedPhoto, RawTensor } from '../api/index.js';

/** What the page has prepared itself, it holds itself. */
const isHeld = (photo: Photo): photo is PreparedPhoto => typeof photo === 'object' && 'pixels' in photo && 'close' in photo;

interface Shared {
  is: Promise<PreparedPhoto>;
  users: number;
}

/** What elements hold now, by model and photo. */
const held = new WeakMap<Model, Map<Photo, Shared>>();

function take(model: Model, photo: Photo): Shared {
  const photos = held.get(model) ?? new Map<Photo, Shared>();
  held.set(model, photos);
  const shared = photos.get(photo) ?? { is: model.prepare(photo), users: 0 };
  photos.set(photo, shared);
  shared.users++;
  // One that cannot be read now may be later.
  shared.is.catch(() => photos.get(photo) === shared && photos.delete(photo));
  return shared;
}

function giveBack(model: Model, photo: Photo, shared: Shared): void {
  if (--shared.users > 0) return;
  const photos = held.get(model);
  if (photos?.get(photo) === shared) photos.delete(photo);
  shared.is.then((prepared) => prepared.close()).catch(() => {});
}

export class ElementPhoto {
  #mine: { photo: Photo; model: Model; shared: Shared } | undefined;
  #url: string | undefined;

  /** Rejects as the model's prepare() does. */
  async prepare(model: Model, photo: Photo): Promise<Photo> {
    if (isHeld(photo)) return photo;
    if (this.#mine?.photo !== photo || this.#mine.model !== model) {
      const shared = take(model, photo);
      this.release();
      this.#mine = { photo, model, shared };
      shared.is.catch(() => this.#mine?.shared === shared && this.release());
    }
    return this.#mine.shared.is;
  }

  /** Gives back what was prepared here. */
  release(): void {
    if (this.#mine) giveBack(this.#mine.model, this.#mine.photo, this.#mine.shared);
    this.#mine = undefined;
  }

  /** Undefined for what only the engine can show. The address before it is no longer good. */
  address(photo: Photo | RawTensor | undefined): string | undefined {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = photo instanceof Blob ? URL.createObjectURL(photo) : undefined;
    return this.#url ?? (typeof photo === 'string' ? photo : undefined);
  }
}
