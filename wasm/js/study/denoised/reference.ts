// What short runs are held against: many samples of another seed, in two halves of which each tells the noise of the other.
import type { RawMap } from '../../api/index.js';
import { samplesOf } from '../saved_runs.js';
import type { Session, StudyPhoto } from '../session.js';
import { antithetic, noise, windows } from '../sizes.js';

/** The plain map over one window. */
export interface ReferenceMap {
  window: number;
  whole: RawMap;
  halves: readonly [RawMap, RawMap];
  /** Share of the whole map's variance that is no noise: Spearman and Brown's formula on the correlation of the halves. */
  reliability: number;
}

export interface Reference {
  maps: ReferenceMap[];
  /** The mean of each half and the standard error of the whole's, element by element. */
  halves: readonly [Float32Array, Float32Array];
  whole: Float32Array;
  standardError: Float32Array;
  /** Of the first half, corrected for noise over 2 pixels: where it is dark, for figures of what has no part in it. */
  smooth: RawMap;
}

export const independent = { noise, antithetic } as const;

export async function referenceOf(session: Session, photo: StudyPhoto): Promise<Reference> {
  const settings = { ...independent, seed: session.seed + 1 };
  const count = session.sizes.denoised.reference / 2;
  const a = await samplesOf(session, photo, settings, 0, count);
  const b = await samplesOf(session, photo, settings, count, count);
  const halves = [(await a.attribution()).data, (await b.attribution()).data] as const;
  const mapsOf = (run: typeof a) => Promise.all(windows.map((window) => run.map({ magnitude: 'plain', window })));
  const [mapsA, mapsB] = [await mapsOf(a), await mapsOf(b)];
  const smooth = await a.map({ magnitude: 'corrected', window: 2 });
  await a.merge(await b.save());
  const wholes = await mapsOf(a);
  const maps: ReferenceMap[] = [];
  for (const [i, window] of windows.entries()) {
    const pair = [mapsA[i] as RawMap, mapsB[i] as RawMap] as const;
    const { correlation } = await session.engine.compare(...pair);
    maps.push({ window, whole: wholes[i] as RawMap, halves: pair, reliability: (2 * correlation) / (1 + correlation) });
  }
  const [whole, standardError] = [(await a.attribution()).data, (await a.standardError()).data];
  for (const run of [a, b]) run.cancel();
  return { maps, halves, whole, standardError, smooth };
}
