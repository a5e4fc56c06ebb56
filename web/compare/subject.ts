// The photos: the one in view with its most probable classes, and those that the photo axis offers beside it.
import type { ClassScore, Model, Picture, PreparedPhoto } from 'smoothgrad';
import { byId } from '../common/dom.js';
import type { Notices } from '../common/notice.js';
import { once } from '../common/once.js';
import { altOf, findPhoto, keepPhoto, lostPhoto, prepareOnce } from '../common/photos.js';
import { showPixels } from '../common/pixels.js';
import { findSample, samplesOf } from '../common/sample_photos.js';
import { session } from '../common/session.js';
import { sides } from './axis_picker.js';
import { defaults, type State, type Store } from './state.js';

export interface Subject {
  /** Best first; none while they are being found. */
  readonly top: readonly ClassScore[];
  /** The photo in view first. */
  readonly photos: readonly { name: string; title: string }[];
  /** As the model in use sees it: after a lost worker as the next one does. */
  prepare(name: string): Promise<{ model: Model; photo: PreparedPhoto }>;
  /** Of what it sees. */
  pixels(name: string): Promise<Picture>;
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

const isOwn = (name: string) => name.startsWith('own-');

const lostPhotos = (count: number) =>
  `${count === 1 ? 'A photo of yours that this address lists is' : `${count} photos of yours that this address lists are`} not kept in this browser, so ${count === 1 ? 'it has' : 'they have'} to be chosen again. The rest of the grid is here.`;

export function createSubject(store: Store, { notices, changed, failed }: Needs): Subject {
  const own: string[] = [];
  /** Other tabs are being asked for these. */
  const asked = new Set<string>();
  const canvas = byId<HTMLCanvasElement>('photo');
  let top: readonly ClassScore[] = [];
  let latest = 0;
  let shown: string | undefined;
  let kind = 'photos';

  const files = once(async (name) => {
    const file = await findPhoto(name);
    if (!file) throw new Error(lostPhoto);
    return file;
  });
  const prepare: Subject['prepare'] = async (name) => {
    const file = await files(name);
    const { model } = await session();
    return { model, photo: await prepareOnce(file, model) };
  };
  const pixels = once(async (name) => (await prepare(name)).photo.pixels());

  async function view(name: string) {
    const turn = ++latest;
    top = [];
    const picture = await pixels(name);
    if (turn !== latest) return;
    if (isOwn(name) && !own.includes(name)) own.push(name);
    showPixels(canvas, picture);
    canvas.setAttribute('aria-label', altOf(name));
    byId('photo-caption').textContent = `What the network sees: ${picture.width} × ${picture.height} pixels`;
    const { model, photo } = await prepare(name);
    const scores = await model.classify(photo);
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
        store.set({ ...listsWithout([photo]), photo: defaults.photo, target: undefined }, 'replace');
      }
    });
  };
  store.subscribe((state) => {
    kind = findSample(state.photo)?.kind ?? kind;
    if (state.photo !== shown) again();
    recall(state).catch(failed);
  });

  /** Photos of the user's that the address lists: another tab may have them, else they are taken out of it, and that is said. */
  async function recall(state: State) {
    const listed = sides.filter(({ axis }) => state[axis] === 'photo').flatMap((side) => state[side.listed].split(' '));
    const unknown = listed.filter((name) => isOwn(name) && ![...own, state.photo, ...asked].includes(name));
    if (unknown.length === 0) return;
    for (const name of unknown) asked.add(name);
    const found = await Promise.all(unknown.map(findPhoto));
    for (const name of unknown) asked.delete(name);
    own.push(...unknown.filter((name, i) => found[i] !== undefined && !own.includes(name)));
    const lost = unknown.filter((_, i) => found[i] === undefined);
    if (lost.length > 0) {
      store.set(listsWithout(lost), 'replace');
      notices.show(lostPhotos(lost.length));
    }
    if (lost.length < unknown.length) changed();
  }
  function listsWithout(lost: readonly string[]): Pick<State, 'row' | 'column'> {
    const { row, column } = store.get();
    const [rows, columns] = [row, column].map((names) => names.split(' ').filter((name) => !lost.includes(name)));
    return { row: (rows ?? []).join(' '), column: (columns ?? []).join(' ') };
  }

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
    const number = own.length > 1 ? ` ${own.indexOf(name) + 1 || own.length + 1}` : '';
    return findSample(name)?.title ?? `Your photo${number}`;
  };

  return {
    get top() {
      return top;
    },
    get photos() {
      const names = [store.get().photo, ...own, ...samplesOf(kind).map(({ name }) => name)];
      return [...new Set(names)].map((name) => ({ name, title: titleOf(name) }));
    },
    prepare,
    pixels,
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
