// The whole photo with a square on it: dragged, pinched, or moved by keys, it is what the network is to see.
import { trackFingers } from './crop_fingers.js';
import { byId } from './dom.js';
import { numberFormat } from './numbers.js';
import { everything, isEverything, nameWith, partOf, wholeName } from './part.js';
import { findPhoto } from './photos.js';
import { fromPart, inside, middle, moved, type Size, type Square, shorter, sized, toPart } from './square.js';
import { text } from './texts.js';

const pixels = numberFormat({ maximumFractionDigits: 0 });

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** Of the size, for a key. */
const grow: Readonly<Record<string, number>> = { '+': 1.05, '=': 1.05, '-': 1 / 1.05 };
/** Of the photo's shorter side, for an arrow key, and with Shift. */
const [step, stride] = [0.01, 0.1];

export interface CropDialog {
  /** `seen`: of the shorter side of a photo, what the network sees by itself. `chosen` is told the photo with its part. */
  open(photo: string, seen: number, chosen: (photo: string) => void): Promise<void>;
}

/** `halved`: of the square the page takes the middle half. */
export function createCropDialog({ halved = false } = {}): CropDialog {
  const dialog = byId<HTMLDialogElement>('crop-dialog');
  dialog.classList.toggle('halved', halved);
  byId('crop-half').hidden = !halved;
  const picture = byId<HTMLImageElement>('crop-photo');
  const area = byId('crop-area');
  const box = byId('crop-square');
  const size = byId<HTMLInputElement>('crop-size');
  let whole: Size = { width: 1, height: 1 };
  let square: Square = { x: 0, y: 0, side: 1 };
  let name = '';
  let chosen: (photo: string) => void = () => {};

  function put(next: Square) {
    square = inside(next, whole);
    const { x, y, width, height } = toPart(square, whole);
    for (const [key, share] of Object.entries({ left: x, top: y, width, height })) {
      box.style.setProperty(key, `${share * 100}%`);
    }
    size.value = String((100 * square.side) / shorter(whole));
    const [side, all] = [pixels(square.side), { width: pixels(whole.width), height: pixels(whole.height) }];
    byId('crop-value').textContent = text('crop.value', { side, ...all });
  }

  trackFingers(area, byId('crop-corner'), { square: () => square, picture: () => whole, put });
  size.addEventListener('input', () => put(sized(square, (size.valueAsNumber / 100) * shorter(whole), whole)));
  box.addEventListener('keydown', (event) => {
    const arrow = arrows[event.key];
    const factor = grow[event.key];
    if (!arrow && factor === undefined) return;
    event.preventDefault();
    // Nor is it the page's key.
    event.stopPropagation();
    const far = (event.shiftKey ? stride : step) * shorter(whole);
    if (arrow) put(moved(square, arrow[0] * far, arrow[1] * far, whole));
    else put(sized(square, square.side * (factor as number), whole));
  });

  const ways = {
    'crop-take': () => toPart(square, whole),
    'crop-usual': () => undefined,
    'crop-everything': () => everything,
  };
  for (const [id, part] of Object.entries(ways)) {
    byId(id).addEventListener('click', () => {
      dialog.close();
      chosen(nameWith(name, part()));
    });
  }
  byId('crop-close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    URL.revokeObjectURL(picture.src);
    picture.removeAttribute('src');
  });

  return {
    async open(photo, seen, then) {
      const file = await findPhoto(wholeName(photo));
      if (!file || dialog.open) return;
      [name, chosen] = [photo, then];
      picture.src = URL.createObjectURL(file);
      await picture.decode();
      whole = { width: picture.naturalWidth, height: picture.naturalHeight };
      const part = partOf(photo);
      dialog.showModal();
      put(part && !isEverything(part) ? fromPart(part, whole) : middle(whole, seen));
      box.focus();
    },
  };
}
