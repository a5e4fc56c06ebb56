// The one way in which a picture leaves a page: photos and maps with their names, what they are of, the keys to their colours
// where the page shows some, and a file name that a person would choose.
import { download } from './download.js';
import { fileName } from './file_name.js';
import { drawPicture, type Key, type PictureParts } from './picture.js';
import { text } from './texts.js';

/** As they stand on the page. */
function keysShown(): Key[] {
  const boxes = [...document.querySelectorAll<HTMLElement>('.colour-key')].filter((box) => box.checkVisibility());
  return boxes.flatMap((box) => {
    const ramp = box.querySelector<HTMLCanvasElement>('canvas.ramp');
    const lines = [...box.querySelectorAll('p.ends')].filter((line) => line instanceof HTMLElement && !line.hidden);
    const words = lines.map((line) => [...line.children].map(({ textContent }) => textContent ?? ''));
    return ramp ? [{ title: box.querySelector('.of')?.textContent ?? '', ramp, ends: words }] : [];
  });
}

const toBlob = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(text('picture.large')))), 'image/png');
  });

export interface SavedPicture extends Omit<PictureParts, 'keys'> {
  /** Parts of the file's name: what is on it, how it was made. */
  name: readonly string[];
}

/** Resolves to the name of the file. */
export async function savePicture({ name, ...parts }: SavedPicture): Promise<string> {
  const file = fileName(name, 'png');
  const whole = parts.caption.length > 0;
  const caption = whole ? [...parts.caption, text('picture.site')] : [];
  download(await toBlob(drawPicture({ ...parts, caption, keys: whole ? keysShown() : [] })), file);
  return file;
}
