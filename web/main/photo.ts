// The photo in view: found by its name, shown as the network sees it, handed on.
import { byId } from '../common/dom.js';
import type { Files } from '../common/file_dialog.js';
import { takeIn } from '../common/intake.js';
import { kindOf } from '../common/model_kind.js';
import type { Notices } from '../common/notice.js';
import { isOfLink } from '../common/own_photos.js';
import { createPartLine } from '../common/part_line.js';
import { altOf, findPhoto, lostPhoto, pixelsOf, prepareOnce } from '../common/photos.js';
import { showPixels } from '../common/pixels.js';
import { session } from '../common/session.js';
import { text } from '../common/texts.js';
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
): { take: (files: Files) => void } {
  const canvas = byId<HTMLCanvasElement>('photo');
  const partLine = createPartLine(notices, (photo) => store.set({ photo, target: undefined }));
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
    const pixels = await pixelsOf(prepared);
    if (turn !== latest) return;
    showPixels(canvas, pixels);
    canvas.setAttribute('aria-label', altOf(name));
    const manner = kindOf(model) === 'digits' ? text('main.sees.digit') : '';
    partLine.show(name, model).catch(failed);
    const origin = isOfLink(name) ? text('main.sees.link') : '';
    byId('photo-caption').textContent = text('main.sees', {
      width: pixels.width,
      height: pixels.height,
      more: manner + origin,
    });
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
    /** Files of the user's: the first picture comes into view. Where none is one, all is left as it is. */
    async take(files) {
      const turn = ++takes;
      // What is being shown goes on, in case this is no picture; a photo that is asked for later comes before it.
      const shown = latest;
      const isLatest = () => turn === takes && shown === latest;
      pace.set('photo', true);
      const count = await takeIn(files, {
        notices,
        left: (reason) => text('main.left', { reason }),
        kept(photo, nth) {
          if (nth === 0 && isLatest()) store.set({ photo, target: undefined });
        },
      });
      if (count === 0 && isLatest()) pace.set('photo', false);
    },
  };
}
