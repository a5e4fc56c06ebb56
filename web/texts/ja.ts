// All that the site says in Japanese, by the keys of en.ts; `names`, what the engine's tables and the photos' list name in English; and
// `notes`, what the engine remarks.
import type * as english from './en.js';
import * as compare from './ja/compare.js';
import * as guide from './ja/guide.js';
import * as lab from './ja/lab.js';
import * as main from './ja/main.js';
import { notes } from './ja/notes.js';
import * as pair from './ja/pair.js';
import * as photo from './ja/photo.js';
import * as results from './ja/results.js';
import * as shared from './ja/shared.js';
import * as sheet from './ja/sheet.js';
import * as terms from './ja/terms.js';

type Texts<English, Text> = { readonly [K in keyof English]: Text };

export const page = {
  ...shared.page,
  ...guide.page,
  ...compare.page,
  ...lab.page,
  ...main.page,
  ...pair.page,
  ...results.page,
  ...photo.page,
  ...sheet.page,
} satisfies Texts<typeof english.page, string>;
export const words = {
  ...shared.words,
  ...guide.words,
  ...compare.words,
  ...lab.words,
  ...main.words,
  ...pair.words,
  ...photo.words,
  ...sheet.words,
  ...terms.words,
} satisfies Texts<typeof english.words, string | Record<string, string>>;
/** Of the engine's remarks. */
export { notes };
export const names: Readonly<Record<string, string>> = { ...shared.names };
