// The two photos, each with what the network says of it alone, and the input that both make together.
import { type ClassScore, composePair, type Prepared, type PreparedPhoto } from 'smoothgrad';
import { byId } from '../common/dom.js';
import type { Files } from '../common/file_dialog.js';
import { takeIn } from '../common/intake.js';
import type { Notices } from '../common/notice.js';
import { once } from '../common/once.js';
import { altOf, findPhoto, lostPhoto, pixelsOf, prepareOnce, release } from '../common/photos.js';
import { showPixels } from '../common/pixels.js';
import { type Session, session } from '../common/session.js';
import { text } from '../common/texts.js';
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
  const [pixels, input, top] = await Promise.all([pixelsOf(photo), photo.input(), model.classify(photo)]);
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
    canvas.setAttribute('aria-label', text('pair.photo', { left: altOf(left), right: altOf(right) }));
    const { width, height } = photo;
    byId('photo-caption').textContent = text('pair.sees', { width, height });
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
    /** Files of the user's: the first picture goes into that half, a second one into the other. Where none is one, all is left as it is. */
    async take(side: Side, files: Files) {
      const order = [side, ...sides.filter((other) => other !== side)];
      await takeIn(files, {
        notices,
        left: (reason) => text('pair.kept', { reason }),
        kept(photo, nth) {
          const goal = order[nth];
          if (goal !== undefined) put(goal, photo);
        },
      });
    },
  };
}
