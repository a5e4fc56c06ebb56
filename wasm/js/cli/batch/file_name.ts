// From an id to the name of a file: one id, one name, never outside of its folder.
import { createHash } from 'node:crypto';

const longest = 200;

/** What no file system minds stays; the rest becomes %XX, as in an address. */
const escaped = (text: string, pattern: RegExp) =>
  text.replace(pattern, (letter) =>
    Array.from(Buffer.from(letter), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );

function segment(text: string): string {
  const safe = /^\.*$/.test(text) ? escaped(text, /\./g) : escaped(text, /[^\w.\-+=@,() ]/gu);
  if (safe.length <= longest) return safe;
  return `${safe.slice(0, longest / 2)}%${createHash('sha256').update(text).digest('hex')}`;
}

/** Ids that are paths keep their folders; an empty part, as before a leading slash, is `%`. */
export const fileNameOf = (id: string): string =>
  id
    .split('/')
    .map((part) => segment(part) || '%')
    .join('/');
