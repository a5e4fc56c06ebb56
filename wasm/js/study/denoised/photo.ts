// Everything that is measured on one photo: a run at growing n, held against its reference.
import type { Explanation } from '../../api/index.js';
import { watch } from '../../cli/terminal.js';
import { inTurn } from '../in_turn.js';
import type { Session, StudyPhoto } from '../session.js';
import { darkPixels, edgesOfReference, type Looks, looksOf } from './brightness.js';
import { depict, depictReference, picturedSamples, type Shot } from './depict.js';
import { type Discoveries, discoveriesOf } from './discoveries.js';
import { type Calibration, type ErrorFigures, errorsOf, plainError } from './elements.js';
import { independent, type Reference, referenceOf } from './reference.js';
import { type Agreement, agreementOf, plainViews, type View, views } from './views.js';

/** The plain map at one n, over each window. */
export interface PlainFigures {
  samples: number;
  error: number;
  views: Agreement[];
}

export interface AllFigures {
  samples: number;
  /** In the order of the table of views. */
  views: Agreement[];
  errors: ErrorFigures;
  calibration: Calibration;
  discoveries: Discoveries[];
  looks: Looks;
}

/** Samples in antithetic pairs. */
export interface PairFigures extends ErrorFigures {
  samples: number;
  correlationPlain: number;
  correlationDenoised: number;
  /** Of what is said to stand out, by the last rule. */
  wrongSign: number;
}

export interface PhotoFigures {
  photo: StudyPhoto;
  plain: PlainFigures[];
  all: AllFigures[];
  pairs: PairFigures[];
  /** Correlation of the reference with the photo's edges. */
  edges: number;
  shots: Shot[];
  converged: string | undefined;
}

const plainFigures = async (session: Session, run: Explanation, samples: number, reference: Reference) => ({
  samples,
  error: await plainError(run, reference),
  views: await inTurn(plainViews, (view) => agreementOf(session, run, view, reference)),
});

async function inPairs(session: Session, photo: StudyPhoto, reference: Reference): Promise<PairFigures[]> {
  const { model, seed, sizes } = session;
  const { samples: counts } = sizes.denoised;
  const settings = { ...independent, antithetic: true, seed, target: photo.target.index };
  const run = model.explain(photo.prepared, { ...settings, samples: counts[0] as number });
  const sharp = (name: string) => views.find((view) => view.name === name && view.against === 0) as View;
  const agrees = async (name: string) => (await agreementOf(session, run, sharp(name), reference)).correlation;
  const figures = await inTurn(counts, async (samples) => {
    if (samples !== counts[0]) run.extend(samples);
    await watch(`${photo.name}, in pairs`, run);
    const { calibration: _, ...errors } = await errorsOf(run, reference);
    const found = await discoveriesOf(run, reference);
    const agreement = { correlationPlain: await agrees('plain'), correlationDenoised: await agrees('denoised') };
    return { samples, ...errors, ...agreement, wrongSign: found.at(-1)?.wrongSign ?? 0 };
  });
  run.cancel();
  return figures;
}

export async function measurePhoto(session: Session, photo: StudyPhoto, pictured: boolean): Promise<PhotoFigures> {
  const { model, seed, sizes } = session;
  const { curve, samples: wanted } = sizes.denoised;
  const reference = await referenceOf(session, photo);
  const edges = await model.edges(photo.prepared);
  const dark = darkPixels(reference);
  const [first = 1] = curve;
  const run = model.explain(photo.prepared, { ...independent, seed, target: photo.target.index, samples: first });
  const figures: Pick<PhotoFigures, 'plain' | 'all' | 'shots'> = { plain: [], all: [], shots: [] };
  for (const samples of curve) {
    if (samples !== first) run.extend(samples);
    await watch(`${photo.name}, denoised`, run);
    figures.plain.push(await plainFigures(session, run, samples, reference));
    if (!wanted.includes(samples)) continue;
    const { calibration, ...errors } = await errorsOf(run, reference);
    figures.all.push({
      samples,
      views: await inTurn(views, (view) => agreementOf(session, run, view, reference)),
      errors,
      calibration,
      discoveries: await discoveriesOf(run, reference),
      looks: await looksOf(session, run, reference, dark, edges),
    });
    if (pictured && picturedSamples.includes(samples)) figures.shots.push(await depict(session, photo.name, run, samples));
  }
  run.cancel();
  const converged = pictured ? await depictReference(session, photo.name, reference) : undefined;
  const pairs = await inPairs(session, photo, reference);
  return { photo, ...figures, pairs, edges: await edgesOfReference(session, reference, edges), converged };
}
