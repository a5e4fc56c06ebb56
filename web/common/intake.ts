// Photos of the user's on their way in: what is being read is said at once, what is no picture is named, and the others stay.
import type { Files } from './file_dialog.js';
import type { Notices } from './notice.js';
import { numberFormat } from './numbers.js';
import { keepPhoto, release } from './photos.js';
import { session } from './session.js';
import { text } from './texts.js';

const megabytes = numberFormat({ style: 'unit', unit: 'megabyte', maximumSignificantDigits: 2 });

function wordsOf({ name, size: bytes }: File, number: number, all: number): string {
  const size = megabytes(bytes / 1e6);
  return all > 1 ? text('photo.reading-several', { name, size, number, all }) : text('photo.reading', { name, size });
}

let reading: symbol | undefined;

/** In the page's `#photo-reading`, where it has one; the function that comes back takes it away, unless another is being read. */
function sayReading(words: string): () => void {
  const line = document.getElementById('photo-reading');
  const mine = Symbol();
  reading = mine;
  if (line) Object.assign(line, { textContent: words, hidden: false });
  return () => {
    if (line && reading === mine) line.hidden = true;
  };
}

interface Way {
  notices: Notices;
  /** What is said where none is a picture, for these reasons, and nothing has changed. */
  left: (reason: string) => string;
  /** The name of each that is a picture, and which one of them it is, from 0. */
  kept: (photo: string, nth: number) => void;
}

/** Keeps them one after another; resolves to how many. */
export async function takeIn(files: Files, { notices, left, kept }: Way): Promise<number> {
  const refused = new Set<string>();
  let count = 0;
  for (const [i, file] of files.entries()) {
    const done = sayReading(wordsOf(file, i + 1, files.length));
    try {
      const { model } = await session();
      const photo = await keepPhoto(file, model);
      if (count === 0) notices.hide();
      // Only the first one comes into view.
      else release(file, model);
      kept(photo, count++);
    } catch (error) {
      refused.add((error as Error).message);
    } finally {
      done();
    }
  }
  const reason = [...refused].join(' ');
  if (refused.size > 0) notices.show(count === 0 ? left(reason) : `${reason} ${text('photo.others', { count })}`);
  return count;
}
