// Of a photo in view: how much of it the network sees, and the button that chooses another part.
import type { Model } from 'smoothgrad';
import { type CropDialog, createCropDialog } from './crop_dialog.js';
import { seenShare, sizeOf } from './cut.js';
import { byId } from './dom.js';
import type { Notices } from './notice.js';
import { percentFormat } from './numbers.js';
import { keepPart } from './own_photos.js';
import { isEverything, partOf, wholeName } from './part.js';
import { findPhoto } from './photos.js';
import { type Size, shorter } from './square.js';
import { text } from './texts.js';

const percent = percentFormat(0);

/** Of the photo: who sees less of it is told. */
const much = 0.7;

/** The share of a photo that is in the middle square of it, and in that what a network takes. */
export const shareOf = (photo: Size, seen: number) => (shorter(photo) * seen) ** 2 / (photo.width * photo.height);

function wordsOf(name: string, photo: Size, seen: number): string {
  const part = partOf(name);
  if (part) return text(isEverything(part) ? 'part.everything' : 'part.chosen');
  const share = shareOf(photo, seen);
  return share < much ? text('part.middle', { share: percent(share) }) : '';
}

/** Where a photo has its button and its words; photos of one page share a dialog. */
export interface PartPlace {
  button: HTMLButtonElement;
  line: HTMLElement;
  dialog: CropDialog;
}

const onlyPlace = (): PartPlace => ({
  button: byId<HTMLButtonElement>('crop'),
  line: byId('part'),
  dialog: createCropDialog(),
});

/** `chosen` is told the photo with its part. */
export function createPartLine(
  notices: Notices,
  chosen: (photo: string) => void,
  { button, line, dialog }: PartPlace = onlyPlace(),
) {
  let inView: { name: string; seen: number } | undefined;

  button.addEventListener('click', () => {
    if (!inView) return;
    const { name, seen } = inView;
    const take = (photo: string) => {
      if (photo === name) return;
      void keepPart(wholeName(photo), partOf(photo));
      chosen(photo);
    };
    dialog.open(name, seen, take).catch(({ message }: Error) => notices.show(message));
  });
  return {
    /** It is in view, as this model sees it. */
    async show(name: string, { preprocessing }: Pick<Model, 'preprocessing'>) {
      const shown = { name, seen: seenShare(preprocessing) };
      inView = shown;
      button.disabled = false;
      const photo = await findPhoto(wholeName(name));
      const words = photo ? wordsOf(name, await sizeOf(photo), shown.seen) : '';
      if (inView === shown) line.textContent = words;
    },
  };
}
