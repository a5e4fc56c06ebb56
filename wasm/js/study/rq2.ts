// RQ2: what do the noise level and n do? The error against n; at each level how many samples keep the class and how many values
// no photo can have; and how far each view at n agrees with an independent map of many samples, made with another seed.
import type { RawMap } from '../api/index.js';
import { inTurn } from './in_turn.js';
import { logSlope, mean, meanOf } from './numbers.js';
import type { Session, StudyPhoto } from './session.js';
import { magnitudes, noise, noiseLevels, windows } from './sizes.js';
import { at, type Magnitude, type Snapshot, trace, viewOf } from './trace.js';

async function errorsAgainstSamples(session: Session) {
  const photos = await inTurn(session.photos, async (photo) => {
    const snapshots = (await session.trajectory(photo)).filter(({ samples }) => samples > 1);
    const rows = snapshots.map(({ samples, relativeError, correctedError }) => ({ samples, relativeError, correctedError }));
    return { photo: photo.name, rows };
  });
  const longest = session.sizes.viewSamples.at(-1) as number;
  const from = longest / 16;
  const slope = (figure: 'relativeError' | 'correctedError') =>
    mean(
      photos.map(({ rows }) =>
        logSlope(rows.filter(({ samples }) => samples >= from).map((row) => [row.samples, row[figure]])),
      ),
    );
  const all = photos[0]?.rows.map((_, i) => meanOf(photos.map(({ rows }) => rows[i] as (typeof rows)[number]))) ?? [];
  return {
    photos,
    mean: all,
    slope: { from, to: longest, relative: slope('relativeError'), corrected: slope('correctedError') },
  };
}

async function atLevel(session: Session, photo: StudyPhoto, level: number): Promise<Snapshot> {
  const { levelSamples } = session.sizes;
  if (level === noise) return at(await session.trajectory(photo), levelSamples);
  return (await trace(session, photo, { seed: session.seed, noise: level, counts: [levelSamples] }))[0] as Snapshot;
}

async function noiseLevelFigures(session: Session) {
  const levels = [];
  for (const level of noiseLevels) {
    const photos = [];
    let picture: string | undefined;
    for (const photo of session.photos) {
      const snapshot = await atLevel(session, photo, level);
      const { keepsClass, outOfRange, relativeError } = snapshot;
      const { totalVariation, highFrequencyShare } = await session.engine.measure(viewOf(snapshot, 'plain', 0));
      photos.push({ photo: photo.name, keepsClass, outOfRange, relativeError, totalVariation, highFrequencyShare });
      if (photo === session.photos[0]) {
        picture = await session.pictures.save(`${photo.name}-noise-${100 * level}`, snapshot.drawn.plain);
      }
    }
    levels.push({ noise: level, mean: meanOf(photos.map(({ photo: _, ...figures }) => figures)), photos, picture });
  }
  return levels;
}

interface Agreement {
  rankCorrelation: number;
  structuralSimilarity: number;
  correlation: number;
}

export interface ViewAgreement {
  samples: number;
  window: number;
  magnitude: Magnitude;
  /** Which view of the independent map it is held against; always with the same window. */
  reference: Magnitude;
  mean: Agreement;
  photos: (Agreement & { photo: string })[];
}

async function agreements(session: Session, independent: ReadonlyMap<StudyPhoto, Snapshot>) {
  const combinations = session.sizes.viewSamples.flatMap((samples) =>
    windows.flatMap((window) =>
      magnitudes.flatMap((magnitude) => magnitudes.map((reference) => ({ samples, window, magnitude, reference }))),
    ),
  );
  const rows: ViewAgreement[] = [];
  for (const { samples, window, magnitude, reference } of combinations) {
    const photos = [];
    for (const [photo, many] of independent) {
      const map: RawMap = viewOf(at(await session.trajectory(photo), samples), magnitude, window);
      const figures = await session.engine.compare(map, viewOf(many, reference, window));
      photos.push({ photo: photo.name, ...figures });
    }
    rows.push({
      samples,
      window,
      magnitude,
      reference,
      mean: meanOf(photos.map(({ photo: _, ...figures }) => figures)),
      photos,
    });
  }
  return rows;
}

export async function rq2(session: Session) {
  const { reference, levelSamples, viewSamples } = session.sizes;
  const independent = new Map<StudyPhoto, Snapshot>();
  for (const photo of session.photos) {
    const [many] = await trace(session, photo, { seed: session.seed + 1, noise, counts: [reference] });
    independent.set(photo, many as Snapshot);
  }
  const pictures = [];
  for (const photo of session.photos.slice(0, 3)) {
    const snapshots = await session.trajectory(photo);
    for (const samples of viewSamples.slice(-3).filter((_, i, all) => i !== all.length - 2)) {
      const { plain, corrected } = at(snapshots, samples).drawn;
      pictures.push({
        photo: photo.name,
        samples,
        plain: await session.pictures.save(`${photo.name}-${samples}`, plain),
        corrected: await session.pictures.save(`${photo.name}-${samples}-corrected`, corrected),
      });
    }
  }
  return {
    noise,
    errors: await errorsAgainstSamples(session),
    levelSamples,
    levels: await noiseLevelFigures(session),
    reference,
    views: await agreements(session, independent),
    pictures,
  };
}
