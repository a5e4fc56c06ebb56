// RQ1: does averaging remove visual noise? Total variation, high frequencies and |mean| / SE against n, beside the plain gradient.
import { inTurn } from './in_turn.js';
import { meanOf } from './numbers.js';
import type { Session, StudyPhoto } from './session.js';
import { noise } from './sizes.js';
import { at, viewOf } from './trace.js';

const picturedPhotos = 3;

export interface NoiseFigures {
  totalVariation: number;
  highFrequencyShare: number;
}

async function measurePhoto(session: Session, photo: StudyPhoto) {
  const { engine, sizes } = session;
  const snapshots = await session.trajectory(photo);
  const maps = await session.methodMaps(photo);
  const gradient = maps.find(({ name }) => name === 'gradient');
  if (!gradient) throw new Error('the gradient is one of the methods');
  const figures = async (map: typeof gradient.map): Promise<NoiseFigures> => {
    const { totalVariation, highFrequencyShare } = await engine.measure(map);
    return { totalVariation, highFrequencyShare };
  };
  const smooth = await inTurn(sizes.samples, async (samples) => {
    const snapshot = at(snapshots, samples);
    const { signalToNoise } = snapshot;
    return { samples, ...(await figures(viewOf(snapshot, 'plain', 0))), signalToNoise };
  });
  return { gradient: await figures(gradient.map), smooth };
}

async function depict(session: Session, photo: StudyPhoto) {
  const maps = await session.methodMaps(photo);
  const snapshots = await session.trajectory(photo);
  const { name, prepared } = photo;
  const { pictures, sizes } = session;
  const gradient = maps.find((map) => map.name === 'gradient');
  const shown = sizes.samples.filter((samples) => [2, 10, 50, 200].includes(samples));
  const smooth = await inTurn(shown, async (samples) => {
    const file = await pictures.save(`${name}-${samples}`, at(snapshots, samples).drawn.plain);
    return { samples, file };
  });
  return {
    photo: name,
    original: await pictures.save(name, prepared.pixels),
    gradient: gradient && (await pictures.save(`${name}-gradient`, gradient.drawn)),
    smooth,
  };
}

export async function rq1(session: Session) {
  const photos = await inTurn(session.photos, async (photo) => ({
    photo: photo.name,
    ...(await measurePhoto(session, photo)),
  }));
  const pictures = await inTurn(session.photos.slice(0, picturedPhotos), (photo) => depict(session, photo));
  const smooth = session.sizes.samples.map((_, i) => meanOf(photos.map((row) => row.smooth[i] as (typeof row.smooth)[number])));
  return { noise, photos, mean: { gradient: meanOf(photos.map(({ gradient }) => gradient)), smooth }, pictures };
}
