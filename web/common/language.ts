// The page's language: English, or that of the texts that language.js has put in place, which come with the words of scripts.
import type * as Japanese from '../texts/ja.js';

declare global {
  /** Of language.js; without one the page stays English. */
  var texts: Promise<typeof Japanese | undefined> | undefined;
}

/** Whatever imports this waits until they are in place. */
export const translation = await globalThis.texts;

export const language = translation === undefined ? 'en' : 'ja';
