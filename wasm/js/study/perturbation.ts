// Deletion and insertion of one map on one photo, with each thing that may take a pixel's place.
import type { RawMap } from '../api/index.js';
import type { Session, StudyPhoto } from './session.js';

/** Names of the engine's baselines: a blurred copy keeps the network on inputs like photos, mid-grey does not. */
export const replacements = ['blurred', 'zero'] as const;

export interface PerturbationAreas {
  deletionBlurred: number;
  insertionBlurred: number;
  deletionZero: number;
  insertionZero: number;
}

export async function perturbationAreas(session: Session, photo: StudyPhoto, map: RawMap): Promise<PerturbationAreas> {
  const areas = [];
  for (const replacement of replacements) {
    const settings = { target: photo.target.index, replacement, steps: session.sizes.perturbationSteps };
    areas.push(await session.model.perturb(photo.prepared, map, settings));
  }
  const [blurred, zero] = areas.map(({ deletion, insertion }) => ({ deletion: deletion.area, insertion: insertion.area }));
  if (!blurred || !zero) throw new Error('there are two replacements');
  return {
    deletionBlurred: blurred.deletion,
    insertionBlurred: blurred.insertion,
    deletionZero: zero.deletion,
    insertionZero: zero.insertion,
  };
}
