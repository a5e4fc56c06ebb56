// Magnitudes by what they are made of.

/** Whether a map of this magnitude is made of the denoised mean, which says itself how far off it expects to be. */
export const isDenoised = (magnitude: string) => magnitude === 'denoised' || magnitude === 'known-sign';

/** Samples of which there is a denoised mean. */
export const fewestToDenoise = 8;

/**
 * Samples up to which pictures of a run under way stay plain: of a few more than the fewest the gate of signal and noise opens and
 * shuts again.
 */
export const calmToDenoise = 16;
