// The views that are compared, each with the plain map of the reference over some window, and the number of plain samples that
// agree as well.
import type { Explanation } from '../../api/index.js';
import type { Session } from '../session.js';
import { windows } from '../sizes.js';
import type { Reference, ReferenceMap } from './reference.js';

export interface View {
  name: string;
  magnitude: string;
  window: number;
  /** The window of the reference's map; the view's own but for those that are held against the map at full resolution. */
  against: number;
}

const overWindows = (magnitude: string): View[] =>
  windows.map((window) => ({ name: magnitude, magnitude, window, against: window }));

export const plainViews = overWindows('plain');
export const views: readonly View[] = [
  ...plainViews,
  ...overWindows('corrected'),
  { name: 'corrected over 2 pixels', magnitude: 'corrected', window: 2, against: 0 },
  { name: 'significance', magnitude: 'significance', window: 0, against: 0 },
  ...overWindows('denoised'),
];

export interface Agreement {
  /** Pearson's, as it would be with a reference without noise. */
  correlation: number;
  rankCorrelation: number;
  structuralSimilarity: number;
}

export async function agreementOf(
  session: Session,
  run: Explanation,
  { magnitude, window, against }: View,
  { maps }: Reference,
): Promise<Agreement> {
  const { whole, reliability } = maps.find((map) => map.window === against) as ReferenceMap;
  const { correlation, ...others } = await session.engine.compare(await run.map({ magnitude, window }), whole);
  return { correlation: correlation / Math.sqrt(reliability), ...others };
}

/** The n at which a curve of growing n has the score, between two points linear in log n; at most and at least the curve's ends. */
export function samplesScoring(curve: readonly (readonly [n: number, score: number])[], score: number): number {
  const rises = (curve.at(-1)?.[1] ?? 0) >= (curve[0]?.[1] ?? 0);
  const above = (value: number) => (rises ? value >= score : value <= score);
  const next = curve.findIndex(([, value]) => above(value));
  const [n, value] = curve[next] ?? (curve.at(-1) as readonly [number, number]);
  const before = curve[next - 1];
  if (next < 1 || before === undefined) return n;
  const share = (score - before[1]) / (value - before[1]);
  return before[0] * (n / before[0]) ** share;
}
