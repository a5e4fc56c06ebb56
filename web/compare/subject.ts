// The photos: the one in view with its most probable classes, and those that the photo axis offers beside it.
import type { ClassScore, Model, Picture, PreparedPhoto } from 'smoothgrad';
import { byId } from '../common/dom.js';
import type { Files } from '../common/file_dialog.js';
import { takeIn } from '../common/intake.js';
import type { Notices } from '../common/notice.js';
import { once } from '../common/once.js';
import { partOf, wholeName } from '../common/part.js';
import { createPartLine } from '../common/part_line.js';
import { altOf, findPhoto, lostPhoto, prepareOnce } from '../common/photos.js';
import { showPixels } from '../common/pixels.js';
import { findSample, samplesOf } from '../common/sample_photos.js';
import { session } from '../common/session.js';
import { text } from '../common/texts.js';
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
  /** Files of the user's: the first picture comes into view, and all into a grid of photos. Where none is one, all is left as it is. */
  take(files: Files): Promise<void>;
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

const lostPhotos = (count: number) => text('subject.lost', { count });

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
    byId('photo-caption').textContent = text('pair.sees', { width: picture.width, height: picture.height });
    const { model, photo } = await prepare(name);
    partLine.show(name, model).catch(failed);
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

  /** The lists of the grid where photos are an axis, with this one. */
  function listsWith(photo: string): Partial<State> {
    const state = store.get();
    const lists: Partial<State> = {};
    for (const { axis, listed } of sides) {
      const on = state[listed].split(' ');
      if (state[axis] === 'photo' && state[listed] !== '' && !on.includes(photo)) lists[listed] = `${state[listed]} ${photo}`;
    }
    return lists;
  }
  const show = (photo: string) => store.set({ photo, target: undefined, ...listsWith(photo) });
  function offer(photo: string) {
    if (!own.includes(photo)) own.push(photo);
    store.set(listsWith(photo), 'replace');
    changed();
  }
  const partLine = createPartLine(notices, show);
  const titleOf = (name: string) => {
    const photos = [...new Set(own.map(wholeName))];
    const number = photos.indexOf(wholeName(name)) + 1 || photos.length + 1;
    const mine = photos.length > 1 ? text('subject.own.nth', { number }) : text('subject.own');
    const title = findSample(name)?.title ?? mine;
    return partOf(name) ? text('subject.part', { title }) : title;
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
    async take(files) {
      await takeIn(files, {
        notices,
        left: (reason) => text('subject.kept', { reason }),
        kept: (photo, nth) => (nth === 0 ? show : offer)(photo),
      });
    },
    show,
    again,
  };
}
