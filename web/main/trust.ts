// What can be trusted of a map so far, and when there will be more: from its reliability at three scales.
import type { Reliability } from 'smoothgrad';
import { language } from '../common/language.js';
import { text } from '../common/texts.js';

type Scale = 'shapes' | 'details' | 'pixels';

/** From coarse to fine. */
const scales: readonly Scale[] = ['shapes', 'details', 'pixels'];

/** The correlation with the map of endless samples from which on a scale is trusted. */
export const enough = 0.95;

export interface Trust {
  trusted: readonly Scale[];
  /** The next scale, and how many samples in all it is expected to take. */
  next?: { scale: Scale; samples: number };
}

/** Signal over noise, in variances: `pixels` is a correlation, the others are squares of one. */
const oddsOf = (share: number) => share / (1 - share);
const odds = (value: number, scale: Scale) => oddsOf(scale === 'pixels' ? value ** 2 : value);

/**
 * The odds grow as a power of the number of samples: nearly as n itself, but slower of what is denoised, since the filter has the
 * less to do the more there are. Over five photos of EfficientNet-Lite0, from 41 samples on, it says within a tenth how many
 * single pixels take.
 */
const growth = { shapes: 0.9, details: 0.9, pixels: 0.75 } as const;

export function trustOf(found: Reliability): Trust {
  const missing = scales.findIndex((scale) => found[scale] < enough);
  const trusted = missing < 0 ? scales : scales.slice(0, missing);
  const scale = scales[missing];
  if (!scale || found[scale] <= 0) return { trusted };
  const factor = (odds(enough, scale) / odds(found[scale], scale)) ** (1 / growth[scale]);
  return { trusted, next: { scale, samples: Math.ceil(found.samples * factor) } };
}

const named = (scale: Scale) => text(`trust.${scale}`);

const list = new Intl.ListFormat(language, { type: 'conjunction' });
const sentence = (words: string) => `${words[0]?.toUpperCase()}${words.slice(1)}`;

/** "9 s", "4 min": not more exact than it is. */
function about(ms: number): string {
  const seconds = ms / 1000;
  return seconds < 90
    ? text('time.s', { count: Math.max(1, Math.round(seconds)) })
    : text('time.min', { count: Math.round(seconds / 60) });
}

/** What can be trusted now, what comes next and when; `msEach`: of one sample, `goal`: samples that are going to be made. */
export function trustWords(found: Reliability, msEach: number, goal: number): string[] {
  const { trusted, next } = trustOf(found);
  const { samples } = found;
  const now =
    trusted.length === 0 ? text('trust.none') : sentence(text('trust.now', { scales: list.format(trusted.map(named)) }));
  if (!next) return [now, ...(trusted.length === scales.length ? [text('trust.little')] : [])];
  const more = next.samples - samples;
  const roughly = more < 100 ? Math.ceil(more / 5) * 5 : Number(more.toPrecision(2));
  const said = { scale: named(next.scale), samples: roughly, time: about(more * msEach) };
  return [now, sentence(next.samples > goal ? text('trust.beyond', { ...said, goal }) : text('trust.next', said))];
}
