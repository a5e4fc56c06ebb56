// The photos: the one in view with its most probable classes, and those that the photo axis offers beside it.
import type { ClassScore, Prepared } from 'smoothgrad';
import { byId } from '../common/dom.js';
import type { Notices } from '../common/notice.js';
import { altOf, findPhoto, keepPhoto, lostPhoto, prepareOnce } from '../common/photos.js';
import { showPixels } from '../common/pixels.js';
import { samples } from '../common/sample_photos.js';
import { session } from '../common/session.js';
import { sides } from './axis_picker.js';
import { defaults, type State, type Store } from './state.js';

export interface Subject {
  /** Best first; none while they are being found. */
  readonly top: readonly ClassScore[];
  /** The photo in view first. */
  readonly photos: readonly { name: string; title: string }[];
  prepare(name: string): Promise<Prepared>;
  /** A file of the user's: refused, with everything left as it is, where it is not a picture. */
  take(file: File): Promise<void>;
  /** Puts a photo in view, and into the grid where photos are an axis. */
  show(name: string): void;
  /** Tries the photo in view again. */
  again(): void;
}

interface Needs {
  notices: Notices;
  /** The classes of another photo are known. */
  changed: () => void;
  failed: (error: unknown) => void;
}

export function createSubject(store: Store, { notices, changed, failed }: Needs): Subject {
  const own: string[] = [];
  const prepared = new Map<string, Promise<Prepared>>();
  const canvas = byId<HTMLCanvasElement>('photo');
  let top: readonly ClassScore[] = [];
  let latest = 0;
  let shown: string | undefined;

  async function load(name: string): Promise<Prepared> {
    const photo = await findPhoto(name);
    if (!photo) throw new Error(lostPhoto);
    return prepareOnce(photo, (await session()).model);
  }
  const prepare = (name: string) => {
    const known = prepared.get(name);
    if (known) return known;
    const loading = load(name);
    prepared.set(name, loading);
    loading.catch(() => prepared.delete(name));
    return loading;
  };

  async function view(name: string) {
    const turn = ++latest;
    top = [];
    const photo = await prepare(name);
    if (turn !== latest) return;
    showPixels(canvas, photo.pixels);
    canvas.setAttribute('aria-label', altOf(name));
    byId('photo-caption').textContent = `What the network sees: ${photo.pixels.width} × ${photo.pixels.height} pixels`;
    const scores = await (await session()).model.classify(photo);
    if (turn !== latest) return;
    top = scores;
    changed();
  }
  const again = () => {
    const { photo } = store.get();
    shown = photo;
    view(photo).catch((error: unknown) => {
      failed(error);
      if (shown === photo && (error as Error).message === lostPhoto) {
        store.set({ photo: defaults.photo, target: undefined }, 'replace');
      }
    });
  };
  store.subscribe(({ photo }) => {
    if (photo === shown) return;
    if (photo.startsWith('own-') && !own.includes(photo)) own.push(photo);
    again();
  });

  const show = (photo: string) => {
    const state = store.get();
    const lists: Partial<State> = {};
    for (const { axis, listed } of sides) {
      const on = state[listed].split(' ');
      if (state[axis] === 'photo' && state[listed] !== '' && !on.includes(photo)) lists[listed] = `${state[listed]} ${photo}`;
    }
    store.set({ photo, target: undefined, ...lists });
  };
  const titleOf = (name: string) => {
    const number = own.length > 1 ? ` ${own.indexOf(name) + 1}` : '';
    return samples.find((sample) => sample.name === name)?.title ?? `Your photo${number}`;
  };

  return {
    get top() {
      return top;
    },
    get photos() {
      const names = [store.get().photo, ...own, ...samples.map(({ name }) => name)];
      return [...new Set(names)].map((name) => ({ name, title: titleOf(name) }));
    },
    prepare,
    async take(file) {
      try {
        const name = await keepPhoto(file, (await session()).model);
        notices.hide();
        show(name);
      } catch (error) {
        notices.show(`${(error as Error).message} The grid is kept.`);
      }
    },
    show,
    again,
  };
}
