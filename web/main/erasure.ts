// The question whether a map is right, put to the network: what is left of the answer without the pixels that the map names.
import { text } from '../common/texts.js';

/** The class's probability with the whole photo, and without a share of it: where the map is brightest, where the same shapes are elsewhere, where it is darkest. */
export interface Erasure {
  before: number;
  brightest: number;
  moved: number;
  darkest: number;
  /** As much of it where somebody painted. */
  painted?: number;
}

/** So much of a fall is chance. */
const chance = 0.02;

export function erasureWords({ before, brightest, moved }: Erasure): string {
  const [fall, other] = [before - brightest, before - moved];
  if (fall > chance && fall > 2 * Math.max(other, 0)) {
    return text('test.passes');
  }
  if (fall > other + chance) return text('test.part');
  if (fall <= chance && other <= chance) return text('test.nothing');
  return text('test.fails');
}

/** A mask of somebody's own beside as many pixels of the map's choice. */
export function maskWords({ before, brightest, painted = before }: Erasure): string {
  const [fall, other] = [before - painted, before - brightest];
  if (fall <= chance && other <= chance) return text('mask.neither');
  if (fall > other + chance) return text('mask.better');
  if (other > fall + chance) return text('mask.worse');
  return text('mask.same');
}
