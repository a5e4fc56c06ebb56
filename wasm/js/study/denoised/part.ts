// The denoised map: how near it comes to the map of thousands of samples, beside the other views of the same samples; whether its
// uncertainty is honest; and what it makes of nothing.
import { inTurn } from '../in_turn.js';
import { mean, meanOf } from '../numbers.js';
import type { Session } from '../session.js';
import { noise } from '../sizes.js';
import { onDigits } from './digits.js';
import { rules } from './discoveries.js';
import { flippedSigns, opens, randomWeights } from './no_signal.js';
import { type AllFigures, measurePhoto, type PhotoFigures } from './photo.js';
import { type Agreement, plainViews, samplesScoring, views } from './views.js';

const picturedPhotos = 3;

/** The mean over the photos of the plain map's figures, against n. */
function plainCurve(photos: readonly PhotoFigures[]) {
  return (photos[0]?.plain ?? []).map(({ samples }, i) => {
    const rows = photos.map(({ plain }) => plain[i] as PhotoFigures['plain'][number]);
    const over = (j: number) => meanOf(rows.map((row) => row.views[j] as Agreement));
    return { samples, error: mean(rows.map(({ error }) => error)), views: plainViews.map((_, j) => over(j)) };
  });
}

type Curve = ReturnType<typeof plainCurve>;

/** Every view at every n: its mean over the photos, and how many plain samples agree as well by each measure. */
function agreements(photos: readonly PhotoFigures[], curve: Curve) {
  return (photos[0]?.all ?? []).flatMap(({ samples }, i) =>
    views.map((view, j) => {
      const each = photos.map(({ all }) => all[i]?.views[j] as Agreement);
      const over = plainViews.findIndex(({ window }) => window === view.against);
      const scoring = (measure: keyof Agreement, score: number) =>
        Math.round(
          samplesScoring(
            curve.map((point) => [point.samples, (point.views[over] as Agreement)[measure]]),
            score,
          ),
        );
      const average = meanOf(each);
      const equivalent: Agreement = {
        correlation: scoring('correlation', average.correlation),
        rankCorrelation: scoring('rankCorrelation', average.rankCorrelation),
        structuralSimilarity: scoring('structuralSimilarity', average.structuralSimilarity),
      };
      return { samples, ...view, mean: average, equivalent, photos: each.map(({ correlation }) => correlation) };
    }),
  );
}

/** Samples in pairs, and how many independent ones do as much. */
function pairFigures(photos: readonly PhotoFigures[], curve: Curve) {
  const correlations = curve.map((point) => [point.samples, (point.views[0] as Agreement).correlation] as const);
  const errors = curve.map((point) => [point.samples, point.error] as const);
  const sharpest = views.findIndex(({ name, against }) => name === 'denoised' && against === 0);
  return (photos[0]?.pairs ?? []).map(({ samples }, i) => {
    const rows = photos.map(({ pairs }) => pairs[i] as PhotoFigures['pairs'][number]);
    const average = meanOf(rows);
    return {
      samples,
      mean: average,
      /** What the denoised map of as many independent samples has. */
      independent: mean(photos.map(({ all }) => all[i]?.views[sharpest]?.correlation as number)),
      equivalent: {
        plain: Math.round(samplesScoring(correlations, average.correlationPlain)),
        denoised: Math.round(samplesScoring(correlations, average.correlationDenoised)),
        error: Math.round(samplesScoring(errors, average.plain)),
      },
      photos: rows,
    };
  });
}

/** Of each n: the mean over the photos of some figures, and those of each photo. */
const atEach = <T extends object>(photos: readonly PhotoFigures[], figuresOf: (all: AllFigures) => T) =>
  (photos[0]?.all ?? []).map(({ samples }, i) => {
    const rows = photos.map(({ all }) => figuresOf(all[i] as AllFigures));
    return { samples, mean: meanOf(rows), photos: rows };
  });

export async function denoised(session: Session) {
  const { sizes, photos, further } = session;
  const all = [...photos, ...further];
  // As many of either kind.
  const pictured = [...photos.slice(0, picturedPhotos - 1), ...[...further, ...photos.slice(picturedPhotos - 1)].slice(0, 1)];
  const figures = await inTurn(all, (photo) => measurePhoto(session, photo, pictured.includes(photo)));
  const curve = plainCurve(figures);
  const errors = atEach(figures, (one) => one.errors);
  return {
    noise,
    reference: sizes.denoised.reference,
    photos: all.map(({ name, target }) => ({ photo: name, target, further: !photos.some((photo) => photo.name === name) })),
    curve,
    views: agreements(figures, curve),
    errors: errors.map((row) => ({
      ...row,
      equivalent: Math.round(
        samplesScoring(
          curve.map((point) => [point.samples, point.error]),
          row.mean.denoised,
        ),
      ),
    })),
    calibration: atEach(figures, (one) => one.calibration),
    discoveries: rules.map(({ name }, i) => ({
      rule: name,
      counts: atEach(figures, ({ discoveries }) => {
        const { rule: _, ...found } = discoveries[i] as (typeof discoveries)[number];
        return found;
      }),
    })),
    pairs: pairFigures(figures, curve),
    looks: atEach(figures, (one) => one.looks),
    edgesOfReference: mean(figures.map(({ edges }) => edges)),
    flipped: await flippedSigns(session),
    opens: await opens(session, all),
    randomised: await randomWeights(session, all),
    digits: await onDigits(session),
    pictures: figures
      .filter(({ shots }) => shots.length > 0)
      .map(({ photo: { name }, shots, converged }) => ({ photo: name, shots, converged })),
  };
}
