// What one photo of a data set says on RQ1 to RQ4: numbers with names, such as `rq2.noise.0.15.keepsClass`. Where a claim compares
// two maps of the photo, their difference stands beside them, for an interval of its own.
import type { Engine, Model, PreparedPhoto } from '../../api/index.js';
import { grid, type MapFigures } from '../methods.js';
import { sixDigits } from '../numbers.js';
import { noPictures } from '../pictures.js';
import { rq1 } from '../rq1.js';
import { rq2 } from '../rq2.js';
import { rq3 } from '../rq3.js';
import { noSavedRuns } from '../saved_runs.js';
import { openSession, type StudyPhoto, studyPhoto } from '../session.js';
import { dataset } from '../sizes.js';

export type Figures = Record<string, number>;

/** The numbers among an object's own, under names that begin with `prefix`. */
function named(prefix: string, figures: object): Figures {
  const numbers = Object.entries(figures).filter(([, value]) => typeof value === 'number');
  return Object.fromEntries(numbers.map(([name, value]) => [`${prefix}.${name}`, value as number]));
}

const joined = (parts: readonly Figures[]): Figures => Object.assign({}, ...parts);

const rounded = (figures: Figures): Figures =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, sixDigits(value)]));

/** a - b, figure by figure. */
const difference = <T extends object>(a: T, b: T): Figures =>
  Object.fromEntries(
    Object.entries(a).flatMap(([name, value]) => {
      const other = (b as Record<string, unknown>)[name];
      return typeof value === 'number' && typeof other === 'number' ? [[name, value - other]] : [];
    }),
  );

const ofNoise = ({ mean: { gradient, smooth } }: Awaited<ReturnType<typeof rq1>>): Figures =>
  joined([
    named('rq1.gradient', gradient),
    ...smooth.map(({ samples, ...figures }) =>
      joined([
        named(`rq1.smoothgrad.${samples}`, figures),
        named(`rq1.less.${samples}`, difference({ ...gradient }, { ...figures })),
      ]),
    ),
  ]);

const ofConvergence = ({ errors, levels, views }: Awaited<ReturnType<typeof rq2>>): Figures =>
  joined([
    ...errors.mean.map(({ samples, ...figures }) => named(`rq2.error.${samples}`, figures)),
    ...levels.map(({ noise, mean }) => named(`rq2.noise.${noise}`, mean)),
    ...views
      .filter(({ magnitude, reference }) => magnitude === reference)
      .map(({ samples, window, magnitude, mean }) => named(`rq2.view.${samples}.${magnitude}.${window}`, mean)),
  ]);

function ofMaps({ maps, meanShares: { gradient, smoothgrad } }: Awaited<ReturnType<typeof rq3>>): Figures {
  const of = (name: string) => maps.find((map) => map.name === name)?.mean as MapFigures;
  const others = maps.filter(({ name }) => name !== 'smoothgrad');
  return joined([
    ...maps.map(({ name, mean }) => named(`rq3.${name}`, mean)),
    ...others.map(({ name, mean }) => named(`rq3.smoothgrad-less-${name}`, difference(of('smoothgrad'), mean))),
    named('rq3.pair.gradient', gradient),
    named('rq3.pair.smoothgrad', smoothgrad),
    named('rq3.pair.smoothgrad-less-gradient', difference(smoothgrad, gradient)),
    ...grid.map(({ base, smooth }) => named(`rq4.${smooth}-less-${base}`, difference(of(smooth), of(base)))),
  ]);
}

export interface DatasetPhoto {
  engine: Engine;
  model: Model;
  photo: PreparedPhoto;
  seed: number;
  /** Another one to stand beside it in one input; without it the figures of pairs are left out. */
  beside: PreparedPhoto | undefined;
}

/** Classes are the network's first, as everywhere in the study. */
export async function photoFigures({ engine, model, photo, seed, beside }: DatasetPhoto): Promise<Figures> {
  const own = await studyPhoto(model, 'photo', photo);
  const common = { engine, model, source: '', further: [], sizes: dataset, seed, pictures: noPictures, savedRuns: noSavedRuns };
  const open = (photos: StudyPhoto[]) => openSession({ ...common, photos });
  const session = open([own]);
  const pair = beside === undefined ? undefined : open([own, await studyPhoto(model, 'beside', beside)]);
  return rounded(joined([ofNoise(await rq1(session)), ofConvergence(await rq2(session)), ofMaps(await rq3(session, pair))]));
}
