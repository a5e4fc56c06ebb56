// Figures of maps: what Engine.measure(), Engine.compare() and Model.perturb() take and give.

export interface MapMeasures {
  /** Sum of |differences| between neighbours over the sum of |values|: visual noise, whatever the map's scale. */
  totalVariation: number;
  /** Share of the energy, the mean left out, above half the Nyquist frequency; white noise has 0.80. */
  highFrequencyShare: number;
  /** Of a map of S_left - S_right: the share of sum |value| that is positive on the left or negative on the right. */
  sidedShare: number;
}

export interface MapAgreement {
  /** Pearson's. */
  correlation: number;
  /** Spearman's. */
  rankCorrelation: number;
  /** SSIM of two magnitudes as they are drawn: over their 99th percentile, at most 1. */
  structuralSimilarity: number;
}

export interface PerturbOptions {
  /** Class index or name. */
  target: number | string;
  /** What takes a pixel's place, by the name of a baseline: 'zero' (mid-grey), 'black', 'blurred' (default). */
  replacement?: string;
  /** Passes from all pixels to none; default 50. */
  steps?: number;
  /** So many of the map's strongest pixels, in place of all: the curve goes over them. */
  pixels?: number;
}

export interface PerturbationCurve {
  /** After 0, 1, ..., `steps` equal shares of the pixels that are replaced. */
  probabilities: Float64Array;
  /** Under the curve over [0, 1]. */
  area: number;
}

export interface Perturbation {
  deletion: PerturbationCurve;
  insertion: PerturbationCurve;
}
