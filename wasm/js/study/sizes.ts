// How much the study computes: in full, and as little as shows that every part works.

export interface Sizes {
  /** n of RQ1. */
  samples: readonly number[];
  /** n at which a view is held against the independent map; the last is the longest run. */
  viewSamples: readonly number[];
  /** n of the independent map. */
  reference: number;
  /** n at each noise level. */
  levelSamples: number;
  /** Gradient evaluations of every method that can spend more than one; a square. */
  evaluations: number;
  /** n of the maps of two photos in one input. */
  pairSamples: number;
  /** Of a deletion or insertion curve. */
  perturbationSteps: number;
  /** Test digits, and n of each of their maps. */
  digits: number;
  digitSamples: number;
  denoised: DenoisedSizes;
}

export interface DenoisedSizes {
  /** n at which every view is looked at. */
  samples: readonly number[];
  /** n of the plain map, for the number of plain samples that agree as well; holds all of the former. */
  curve: readonly number[];
  /** n of the independent map; even. */
  reference: number;
  /** The fewest that are denoised at all. */
  fewest: number;
  /** Runs with random signs, and n of each: a multiple of 4. */
  flips: number;
  flippedSamples: number;
  /** n with random weights. */
  randomSamples: number;
  digits: number;
  digitReference: number;
}

export const full: Sizes = {
  samples: [1, 2, 5, 10, 20, 50, 100, 200],
  viewSamples: [12, 50, 200, 800],
  reference: 2048,
  levelSamples: 100,
  evaluations: 256,
  pairSamples: 100,
  perturbationSteps: 24,
  digits: 200,
  digitSamples: 50,
  denoised: {
    samples: [16, 48, 96, 192],
    curve: [8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024],
    reference: 4096,
    fewest: 8,
    flips: 100,
    flippedSamples: 16,
    randomSamples: 48,
    digits: 20,
    digitReference: 1024,
  },
};

export const quick: Sizes = {
  samples: [1, 2, 5],
  viewSamples: [4, 8],
  reference: 12,
  levelSamples: 4,
  evaluations: 4,
  pairSamples: 4,
  perturbationSteps: 3,
  digits: 12,
  digitSamples: 8,
  denoised: {
    samples: [12, 16],
    curve: [8, 12, 16, 24],
    reference: 48,
    fewest: 8,
    flips: 2,
    flippedSamples: 8,
    randomSamples: 8,
    digits: 2,
    digitReference: 32,
  },
};

/** Less of each photo where there are many: the intervals are of photos. */
export const dataset: Sizes = {
  ...full,
  samples: [1, 2, 5, 10, 20, 50],
  viewSamples: [12, 50],
  reference: 192,
  levelSamples: 20,
  evaluations: 36,
  pairSamples: 20,
  perturbationSteps: 12,
};

/** Of the paper's figures, and this package's default. */
export const noise = 0.15;
/** Samples know nothing of each other, whatever a run's default is: figures are of n independent ones. */
export const antithetic = false;
export const noiseLevels = [0.05, 0.1, 0.15, 0.2, 0.3];
export const windows = [0, 1, 2, 4];
export const magnitudes = ['plain', 'corrected'] as const;

/** Every n at which the one long run of a photo is looked at. */
export function milestones({ samples, viewSamples, evaluations, levelSamples }: Sizes): number[] {
  return [...new Set([...samples, ...viewSamples, evaluations, levelSamples])].sort((a, b) => a - b);
}
