// RQ3: more coherent, more discriminative? Deletion and insertion for every method, the noise-aware view and two baselines that
// know nothing of the network; and of two photos in one input, the share of S_left - S_right that falls on the right side.
import type { RawMap } from '../api/index.js';
import { inTurn } from './in_turn.js';
import { figuresOf, type MapFigures } from './methods.js';
import { meanOf } from './numbers.js';
import { pairs } from './pairs.js';
import { replacements } from './perturbation.js';
import type { Session, StudyPhoto } from './session.js';
import { at, viewOf } from './trace.js';

/** Maps beside those of the methods. */
const others: { name: string; title: string; map: (session: Session, photo: StudyPhoto) => Promise<RawMap> }[] = [
  {
    name: 'smoothgrad-corrected',
    title: 'SmoothGrad, corrected',
    map: async (session, photo) => viewOf(at(await session.trajectory(photo), session.sizes.evaluations), 'corrected', 2),
  },
  { name: 'edges', title: 'Edge detector', map: (session, photo) => session.model.edges(photo.prepared) },
  {
    name: 'random',
    title: 'Noise',
    async map({ engine, seed }, { prepared }) {
      const { width, height } = prepared.pixels;
      return { width, height, map: (await engine.noise({ size: width * height, seed })).map(Math.abs) };
    },
  },
];

async function rowsOf(session: Session, photo: StudyPhoto) {
  const methods = (await session.methodFigures(photo)).map(({ name, title, figures }) => ({ name, title, figures }));
  const rest = await inTurn(others, async ({ name, title, map }) => {
    const figures = await figuresOf(session, photo, await map(session, photo));
    return { name, title, figures };
  });
  return [...methods, ...rest];
}

/** `paired`: whose photos are looked at two in one input. */
export async function rq3(session: Session, paired = session) {
  const { evaluations, perturbationSteps } = session.sizes;
  const photos = await inTurn(session.photos, async (photo) => ({ photo: photo.name, rows: await rowsOf(session, photo) }));
  const maps = (photos[0]?.rows ?? []).map(({ name, title }, i) => {
    const each = photos.map(({ photo, rows }) => ({ photo, ...(rows[i]?.figures as MapFigures) }));
    return { name, title, mean: meanOf(each.map(({ photo: _, ...figures }) => figures)), photos: each };
  });
  return { evaluations, perturbationSteps, replacements, maps, ...(await pairs(paired)) };
}
