// The photo in view: found by its name, shown as the network sees it, handed on.
import { byId } from '../common/dom.js';
import { kindOf } from '../common/model_kind.js';
import type { Notices } from '../common/notice.js';
import { altOf, findPhoto, keepPhoto, lostPhoto, prepareOnce } from '../common/photos.js';
import { showPixels } from '../common/pixels.js';
import { session } from '../common/session.js';
import type { Pace } from './pace.js';
import { defaults } from './state.js';
import type { Store } from './store.js';

interface Listener {
  found(photo: Blob): void;
  /** Each photo that comes into view, once the network has it. */
  seen(photo: Blob): void;
  failed(error: unknown): void;
}

export function createPhoto(
  store: Store,
  notices: Notices,
  pace: Pace,
  { found, seen, failed }: Listener,
): { take: (file: File) => void } {
  const canvas = byId<HTMLCanvasElement>('photo');
  let latest = 0;
  let takes = 0;

  async function show(name: string) {
    const turn = ++latest;
    // The photo before it no longer needs the cores.
    pace.set('photo', true);
    const photo = await findPhoto(name);
    if (turn !== latest) return;
    if (photo) found(photo);
    const { model } = await session();
    if (turn !== latest) return;
    if (!photo) {
      notices.show(lostPhoto);
      return store.set({ photo: defaults.photo, target: undefined }, 'replace');
    }
    const prepared = await prepareOnce(photo, model);
    if (turn !== latest) return;
    seen(photo);
    const pixels = await prepared.pixels();
    if (turn !== latest) return;
    showPixels(canvas, pixels);
    canvas.setAttribute('aria-label', altOf(name));
    const manner = kindOf(model) === 'digits' ? ', white on black' : '';
    byId('photo-caption').textContent = `What the network sees: ${pixels.width} × ${pixels.height} pixels${manner}`;
  }

  let shown: string | undefined;
  store.subscribe(({ photo }) => {
    if (photo === shown) return;
    shown = photo;
    show(photo).catch((error) => {
      pace.set('photo', false);
      failed(error);
    });
  });

  return {
    /** A file of the user's: refused, with everything left as it is, where it is not a picture. */
    async take(file) {
      const turn = ++takes;
      // What is being shown goes on, in case this is no picture; a photo that is asked for later comes before it.
      const shown = latest;
      const isLatest = () => turn === takes && shown === latest;
      pace.set('photo', true);
      try {
        const photo = await keepPhoto(file, (await session()).model);
        if (!isLatest()) return;
        notices.hide();
        store.set({ photo, target: undefined });
      } catch (error) {
        if (isLatest()) pace.set('photo', false);
        notices.show(`${(error as Error).message} The last map is kept.`);
      }
    },
  };
}
