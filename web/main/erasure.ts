// The question whether a map is right, put to the network: what is left of the answer without the pixels that the map names.

/** The class's probability with the whole photo, and without a tenth of it: where the map is brightest, where the same shapes are elsewhere, where it is darkest. */
export interface Erasure {
  before: number;
  brightest: number;
  moved: number;
  darkest: number;
}

/** So much of a fall is chance. */
const chance = 0.02;

export function erasureWords({ before, brightest, moved }: Erasure): string {
  const [fall, other] = [before - brightest, before - moved];
  if (fall > chance && fall > 2 * Math.max(other, 0)) {
    return 'It passes: the answer depends on the brightest places far more than on others.';
  }
  if (fall > other + chance) return 'It passes in part: its brightest places matter more than others, but not by much.';
  if (fall <= chance && other <= chance)
    return 'It says nothing: a tenth of this photo, wherever, hardly matters to the answer.';
  return 'It fails this test: as much that is blurred elsewhere costs the answer as much.';
}
