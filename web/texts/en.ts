// All that the site says in English: `page`, what stands in the pages' sources by its key, with tags where it has some; and `words`, what
// scripts say: with {values}, and forms where a `{count}` asks for them (`=2`: of just that number; the others are plurals).
// A page each has a file.
import * as compare from './en/compare.js';
import * as guide from './en/guide.js';
import * as lab from './en/lab.js';
import * as main from './en/main.js';
import * as pair from './en/pair.js';
import * as photo from './en/photo.js';
import * as results from './en/results.js';
import * as shared from './en/shared.js';
import * as sheet from './en/sheet.js';
import * as terms from './en/terms.js';

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
} as const;
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
} as const;
