// The two photos, each with what the network says of it alone, and the input that both make together.
import { type ClassScore, composePair, type Prepared, type PreparedPhoto } from 'smoothgrad';
import { byId } from '../common/dom.js';
import type { Notices } from '../common/notice.js';
import { once } from '../common/once.js';
import { altOf, findPhoto, keepPhoto, lostPhoto, prepareOnce, release } from '../common/photos.js';
import { showPixels } from '../common/pixels.js';
import { type Session, session } from '../common/session.js';
import { classKey, defaults, type Side, type State, type Store, sides } from './state.js';

interface Half {
  prepared: Prepared;
  /** Best first. */
  top: readonly ClassScore[];
}

export interface Pair {
  halves: Record<Side, Half>;
  /** Both, as this network takes them. */
  photo: PreparedPhoto;
  network: Session;
}

async function see(name: string): Promise<Half> {
  const [{ model }, file] = await Promise.all([session(), findPhoto(name)]);
  if (!file) throw new Error(lostPhoto);
  const photo = await prepareOnce(file, model);
  const [pixels, input, top] = await Promise.all([photo.pixels(), photo.input(), model.classify(photo)]);
  release(file, model);
  return { prepared: { pixels, input }, top };
}

interface Needs {
  notices: Notices;
  /** One of the photos is another one. */
  changed: (pair: Pair) => void;
  failed: (error: unknown) => void;
}

export function createHalves(store: Store, { notices, changed, failed }: Needs) {
  const canvas = byId<HTMLCanvasElement>('photo');
  const load = once(see);
  let latest = 0;
  let shown = '';
  let seen: PreparedPhoto | undefined;

  async function show({ left, right }: State) {
    const turn = ++latest;
    const halves = { left: await load(left), right: await load(right) };
    const both = composePair(halves.left.prepared, halves.right.prepared);
    const network = await session();
    const photo = await network.model.prepare(both);
    if (turn !== latest) return photo.close();
    showPixels(canvas, both.pixels);
    canvas.setAttribute('aria-label', `On the left: ${altOf(left)}. On the right: ${altOf(right)}.`);
    const { width, height } = photo;
    byId('photo-caption').textContent = `What the network sees: ${width} × ${height} pixels`;
    changed({ halves, photo, network });
    seen?.close();
    seen = photo;
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
