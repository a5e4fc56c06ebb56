// What a figure has to reach for a claim to count as held: all limits of the page's rules, in one table. A rule is one comparison
// or several; verdictOf (claims.ts) makes a word of how many came out so.
export const thresholds = {
  /** Share of a rule's comparisons that have to come out so for a claim to hold in part; all of them for it to hold. */
  inPart: 0.5,
  /** Share of the noisy copies that are still taken for what the photo is taken for: more than this. */
  keepsClass: 0.5,
  /** Rise of the rank correlation from the usual number of samples to the most, which counts as little. */
  littleGain: 0.05,
  /** Exponent of the error's fall, and how far off it may be. */
  slope: -0.5,
  slopeSlack: 0.1,
  /** Share of the arrangements of two photos on which SmoothGrad has to be the better one. */
  mostArrangements: 0.8,
  /** Share of right signs, where chance is a half. */
  rightSigns: 0.55,
  /** So many times as many plain samples, for the denoised map to save the rest. */
  saves: 2,
  /** How much worse than its prototype the denoised map may be. */
  prototypeSlack: 0.02,
  /** Between the error that the denoised map expects and the true one, as a share of that. */
  expectedError: 0.1,
  /** Share of wrong signs among what stands out. */
  wrongSigns: 0.05,
  /** Correlation with the photo's edges beyond what is due. */
  edges: 0.06,
  /** Brightness over the true one where the map is dark. */
  tooBright: 1.1,
  /** Gain of correlation that is worth having. */
  worthwhile: 0.01,
} as const;
