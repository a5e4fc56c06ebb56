// The photo in view: found by its name, shown as the network sees it, handed to the maps.
import type { SmoothGradElement } from 'smoothgrad/element';
import { byId } from '../shared/dom.js';
import type { Notices } from '../shared/notice.js';
import { altOf, findPhoto, keepPhoto, lostPhoto } from '../shared/photos.js';
import { showPixels } from '../shared/pixels.js';
import { defaults } from './state.js';
import type { Store } from './store.js';

export function createPhoto(
  store: Store,
  maps: readonly SmoothGradElement[],
  notices: Notices,
): { take: (file: File) => void } {
  const main = maps[0] as SmoothGradElement;
  const canvas = byId<HTMLCanvasElement>('photo');
  let latest = 0;

  async function show(name: string) {
    const turn = ++latest;
    const photo = await findPhoto(name);
    if (turn !== latest) return;
    if (!photo) {
      notices.show(lostPhoto);
      return store.set({ photo: defaults.photo, target: undefined }, 'replace');
    }
    for (const map of maps) map.photo = photo;
    const { pixels } = await (await main.ready).prepare(photo);
    if (turn !== latest) return;
    showPixels(canvas, pixels);
    canvas.setAttribute('aria-label', altOf(name));
    byId('photo-caption').textContent = `What the network sees: ${pixels.width} × ${pixels.height} pixels`;
  }

  const say = (error: unknown) => notices.show((error as Error).message);
  let shown: string | undefined;
  store.subscribe(({ photo }) => {
    if (photo === shown) return;
    shown = photo;
    show(photo).catch(say);
  });

  return {
    /** A file of the user's: refused, with everything left as it is, where it is not a picture. */
    async take(file) {
      const turn = ++latest;
      try {
        const photo = await keepPhoto(file, await main.ready);
        if (turn !== latest) return;
        notices.hide();
        store.set({ photo, target: undefined });
      } catch (error) {
        notices.show(`${(error as Error).message} The last map is kept.`);
      }
    },
  };
}
