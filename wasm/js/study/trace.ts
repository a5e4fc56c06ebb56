// One SmoothGrad run, looked at on its way: every view of it at every n that some part asks for.

import type { Explanation, Picture, RawMap } from '../api/index.js';
import { watch } from '../cli/terminal.js';

import { inTurn } from './in_turn.js';
import type { Session, StudyPhoto } from './session.js';
import { antithetic, magnitudes, windows } from './sizes.js';

export type Magnitude = (typeof magnitudes)[number];

export interface View {
  magnitude: Magnitude;
  window: number;
  map: RawMap;
}

export interface Snapshot {
  samples: number;
  relativeError: number;
  correctedError: number;
  keepsClass: number;
  outOfRange: number;
  signalToNoise: number;
  views: View[];
  /** As the page draws it: the plain map, and the one corrected for noise over 2 pixels. */
  drawn: { plain: Picture; corrected: Picture };
}

export const viewOf = ({ views }: Snapshot, magnitude: Magnitude, window: number): RawMap =>
  (views.find((view) => view.magnitude === magnitude && view.window === window) as View).map;

/** The snapshot at n. */
export const at = (snapshots: readonly Snapshot[], n: number): Snapshot =>
  snapshots.find(({ samples }) => samples === n) as Snapshot;

async function look(run: Explanation): Promise<Pick<Snapshot, 'views' | 'drawn' | 'signalToNoise'>> {
  const views = [];
  for (const magnitude of magnitudes) {
    for (const window of windows) views.push({ magnitude, window, map: await run.map({ magnitude, window }) });
  }
  const drawn = {
    plain: await run.render({ magnitude: 'plain' }),
    corrected: await run.render({ magnitude: 'corrected', window: 2 }),
  };
  return { views, drawn, signalToNoise: await run.signalToNoise() };
}

export interface TraceOptions {
  seed: number;
  noise: number;
  /** Growing. */
  counts: readonly number[];
}

export async function trace(session: Session, photo: StudyPhoto, options: TraceOptions): Promise<Snapshot[]> {
  const { seed, noise, counts } = options;
  const [first] = counts;
  const settings = { target: photo.target.index, seed, noise, antithetic, ...(first === undefined ? {} : { samples: first }) };
  const run = session.model.explain(photo.prepared, settings);
  const snapshots = await inTurn(counts, async (count) => {
    if (count !== first) run.extend(count);
    const { samples, relativeError, correctedError, keepsClass, outOfRange } = await watch(
      `${photo.name}, noise ${noise}`,
      run,
    );
    return { samples, relativeError, correctedError, keepsClass, outOfRange, ...(await look(run)) };
  });
  run.cancel();
  return snapshots;
}
