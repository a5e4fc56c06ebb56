// How to read the map that is shown, in a few sentences that are true of it: first what a bright or coloured pixel means, then how the
// map was made, and what is drawn of it. Pure.

import { text } from '../common/texts.js';
import { type Asked, type Quantity, quantityOf, reductionOf, type Tables } from '../common/units.js';

export interface Shown extends Asked {
  view: string;
  colours: string;
  /** Whether values below 0 mean something. */
  signed: boolean;
  /** Copies of the photo with noise, more than one; or none. */
  isAveraged: boolean;
  /** It is to be denoised, and the plain map stands there until that can be done. */
  isWaiting: boolean;
  channels: string;
  window: number;
  randomised: number;
}

/** What pixels of large, and of large negative, value are called. */
interface Pixels {
  strong: string;
  negative: string;
}

/** In these the photo itself is shown, and of the map its size alone. */
const ofPhoto: Readonly<Record<string, string>> = {
  mask: text('reading.undimmed'),
  product: text('reading.remaining'),
};

function pixelsOf({ view, colours }: Shown): Pixels {
  const left = ofPhoto[view];
  if (left !== undefined) return { strong: left, negative: '' };
  if (colours === 'diverging') return { strong: text('reading.red'), negative: text('reading.blue') };
  return { strong: text('reading.bright'), negative: text('reading.dark') };
}

const sentence = (words: string) => `${words[0]?.toUpperCase()}${words.slice(1)}`;

type Say = (pixels: Pixels, scores: string, shown: Shown) => string;

/** Of sizes: whatever the sign. */
const sizes: Readonly<Record<Quantity, Say>> = {
  slope: ({ strong }, scores) => text('reading.slope', { strong, scores }),
  guided: ({ strong }, scores) => text('reading.guided', { strong, scores }),
  share: ({ strong }, scores, { method }) =>
    method.includes('integrated') ? text('reading.line', { strong, scores }) : text('reading.product', { strong, scores }),
  errors: ({ strong }) => text('reading.errors', { strong }),
  scaled: ({ strong }) => text('reading.scaled', { strong }),
  features: ({ strong }, scores) => text('reading.features', { strong, scores }),
  fall: ({ strong }, scores) => text('reading.fall', { strong, scores }),
};

const withSigns: Readonly<Partial<Record<Quantity, Say>>> = {
  slope: ({ strong, negative }, scores) => text('reading.signed.slope', { strong, scores, negative }),
  guided: (_, scores) => text('reading.signed.guided', { scores }),
  share: ({ strong, negative }, scores) => text('reading.signed.share', { strong, scores, negative }),
  scaled: ({ strong, negative }, _, { target, versus }) =>
    text('reading.signed.scaled', { strong, negative, target, versus: versus ?? '' }),
  fall: ({ strong, negative }, scores) => text('reading.signed.fall', { scores, strong, negative }),
};

const nouns: Readonly<Partial<Record<Quantity, string>>> = {
  slope: text('reading.noun.slope'),
  guided: text('reading.noun.guided'),
  share: text('reading.noun.share'),
};

/** Of sizes, squares and differences of the single samples, which do not cancel. */
const spreads: Readonly<Record<string, 'reading.large' | 'reading.spread'>> = {
  'mean-square': 'reading.large',
  'mean-absolute': 'reading.large',
  variance: 'reading.spread',
};

/** Undefined where samples are added up, or there is one only. */
function spreadOf(shown: Shown, tables: Tables, strong: string): string | undefined {
  const noun = nouns[quantityOf(shown, tables)];
  const spread = spreads[reductionOf(shown, tables)];
  return noun === undefined || spread === undefined || !shown.isAveraged ? undefined : text(spread, { strong, noun });
}

function meaning(shown: Shown, tables: Tables): string {
  const pixels = pixelsOf(shown);
  const quantity = quantityOf(shown, tables);
  const scores =
    shown.versus === undefined
      ? text('reading.score')
      : text('reading.score.over', { target: shown.target, versus: shown.versus });
  const spread = spreadOf(shown, tables, pixels.strong);
  if (spread !== undefined) return sentence(spread);
  const say = (shown.signed && pixels.negative !== '' && withSigns[quantity]) || sizes[quantity];
  return sentence(say(pixels, scores, shown));
}

const corrections: Readonly<Record<string, string>> = {
  denoised: text('reading.denoised'),
  'known-sign': text('reading.known-sign'),
  corrected: text('reading.corrected'),
};

function making(shown: Shown, tables: Tables): string {
  const quantity = quantityOf(shown, tables);
  if (quantity === 'features' || quantity === 'fall') return '';
  if (!shown.isAveraged) {
    return quantity === 'slope' ? text('reading.one') : text('reading.alone');
  }
  if (spreadOf(shown, tables, '') !== undefined) return '';
  const correction = shown.isWaiting ? text('reading.waiting') : corrections[shown.magnitude ?? 'plain'];
  const mean = quantity === 'slope' ? text('reading.mean.slope') : text('reading.mean');
  return sentence(correction === undefined ? text('reading.made', { mean }) : text('reading.made.and', { mean, correction }));
}

const views: Readonly<Record<string, string>> = {
  'two-up': text('reading.two-up'),
  product: text('reading.view.product'),
};

export interface Reading {
  /** What a pixel says: a newcomer needs this much. */
  meaning: string;
  /** How the map was made, and what else is to be seen; may be empty. */
  more: string;
}

export function readingOf(shown: Shown, tables: Tables): Reading {
  const { randomised, view } = shown;
  const random = randomised === 0 ? '' : text('reading.random', { count: randomised });
  const more = [making(shown, tables), views[view] ?? '', random].filter((words) => words !== '');
  return { meaning: meaning(shown, tables), more: more.join(text('sentences')) };
}
