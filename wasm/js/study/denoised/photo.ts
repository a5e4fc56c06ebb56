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
import { type Agreement, agreementOf, plainViews, views } from './views.js';

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

export interface PhotoFigures {
  photo: StudyPhoto;
  plain: PlainFigures[];
  all: AllFigures[];
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
  return { photo, ...figures, edges: await edgesOfReference(session, reference, edges), converged };
}
