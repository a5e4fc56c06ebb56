// The two photos, each with what the network says of it alone, and the input that both make together.
import { type ClassScore, composePair, type Prepared } from 'smoothgrad';
import { byId } from '../common/dom.js';
import type { Notices } from '../common/notice.js';
import { altOf, findPhoto, keepPhoto, lostPhoto, prepareOnce } from '../common/photos.js';
import { showPixels } from '../common/pixels.js';
import { session } from '../common/session.js';
import { classKey, defaults, type Side, type State, type Store, sides } from './state.js';

export interface Half {
  photo: string;
  prepared: Prepared;
  /** Best first. */
  top: readonly ClassScore[];
}

export type Halves = Record<Side, Half>;

export interface Pair {
  halves: Halves;
  input: Prepared;
}

async function loadHalf(photo: string): Promise<Half> {
  const [{ model }, blob] = await Promise.all([session(), findPhoto(photo)]);
  if (!blob) throw new Error(lostPhoto);
  const prepared = await prepareOnce(blob, model);
  return { photo, prepared, top: await model.classify(prepared) };
}

interface Needs {
  notices: Notices;
  /** One of the photos is another one. */
  changed: (pair: Pair) => void;
  failed: (error: unknown) => void;
}

export function createHalves(store: Store, { notices, changed, failed }: Needs) {
  const canvas = byId<HTMLCanvasElement>('photo');
  const known = new Map<string, Promise<Half>>();
  let latest = 0;
  let shown = '';

  const load = (photo: string) => {
    const half = known.get(photo) ?? loadHalf(photo);
    known.set(photo, half);
    half.catch(() => known.delete(photo));
    return half;
  };
  async function show({ left, right }: State) {
    const turn = ++latest;
    const halves = { left: await load(left), right: await load(right) };
    if (turn !== latest) return;
    const input = composePair(halves.left.prepared, halves.right.prepared);
    showPixels(canvas, input.pixels);
    canvas.setAttribute('aria-label', `On the left: ${altOf(left)}. On the right: ${altOf(right)}.`);
    const { width, height } = input.pixels;
    byId('photo-caption').textContent = `What the network sees: ${width} × ${height} pixels`;
    changed({ halves, input });
  }
  const again = () => {
    const state = store.get();
    show(state).catch((error: unknown) => {
      if ((error as Error).message !== lostPhoto) return failed(error);
      if (shown !== `${state.left} ${state.right}`) return;
      notices.show(lostPhoto);
      const lost = sides.filter((side) => state[side].startsWith('own-'));
      store.set(Object.fromEntries(lost.map((side) => [side, defaults[side]])), 'replace');
    });
  };
  store.subscribe((state) => {
    const names = `${state.left} ${state.right}`;
    if (names === shown) return;
    shown = names;
    again();
  });

  const put = (side: Side, photo: string) => store.set({ [side]: photo, [classKey(side)]: undefined } as Partial<State>);
  return {
    put,
    /** Tries the two photos again. */
    again,
    /** A file of the user's: refused, with everything left as it is, where it is not a picture. */
    async take(side: Side, file: File) {
      try {
        const photo = await keepPhoto(file, (await session()).model);
        notices.hide();
        put(side, photo);
      } catch (error) {
        notices.show(`${(error as Error).message} The last maps are kept.`);
      }
    },
  };
}
