// How bright the views are where the true map is dark, and whether they follow the photo's edges.
import type { Explanation, RawMap } from '../../api/index.js';
import type { Session, StudyPhoto } from '../session.js';
import type { Reference, ReferenceMap } from './reference.js';

/** The darkest of so many parts counts. */
const parts = 4;

/** Of the pixels of the reference's smooth map, the darkest quarter. */
export function darkPixels({ smooth: { map } }: Reference): Uint32Array {
  const order = Uint32Array.from(map.keys()).sort((i, j) => (map[i] as number) - (map[j] as number));
  return order.subarray(0, Math.floor(order.length / parts));
}

const meanAt = ({ map }: RawMap, pixels: Uint32Array) => pixels.reduce((sum, i) => sum + (map[i] as number), 0) / pixels.length;

/** Of a map of many samples: what noise adds to |mean| falls as 1 / n, so that the halves have twice the whole's. */
function trueBrightness({ maps }: Reference, pixels: Uint32Array): number {
  const { whole, halves } = maps.find(({ window }) => window === 0) as ReferenceMap;
  return 2 * meanAt(whole, pixels) - (meanAt(halves[0], pixels) + meanAt(halves[1], pixels)) / 2;
}

export interface Looks {
  /** Mean brightness over the dark pixels, over the true one. */
  darkPlain: number;
  darkDenoised: number;
  /** Correlation with what an edge detector sees in the photo. */
  edgesPlain: number;
  edgesDenoised: number;
}

export async function looksOf(
  session: Session,
  run: Explanation,
  reference: Reference,
  dark: Uint32Array,
  edges: RawMap,
): Promise<Looks> {
  const plain = await run.map({ magnitude: 'plain', window: 0 });
  const denoised = await run.map({ magnitude: 'denoised', window: 0 });
  const truth = trueBrightness(reference, dark);
  const follows = async (map: RawMap) => (await session.engine.compare(map, edges)).correlation;
  return {
    darkPlain: meanAt(plain, dark) / truth,
    darkDenoised: meanAt(denoised, dark) / truth,
    edgesPlain: await follows(plain),
    edgesDenoised: await follows(denoised),
  };
}

/** Of the reference itself. */
export async function edgesOfReference(session: Session, { maps }: Reference, edges: RawMap): Promise<number> {
  return (await session.engine.compare((maps[0] as ReferenceMap).whole, edges)).correlation;
}

export const edgesOf = (session: Session, { prepared }: StudyPhoto) => session.model.edges(prepared);
