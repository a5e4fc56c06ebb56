// What a frame of a run shows where its look is of the denoised mean: that, or the plain map as long as there is none.
import type { DenoisedFigures, RawMap } from '../api/index.js';
import { calmToDenoise, fewestToDenoise, isDenoised } from '../options/magnitudes.js';
import type { LookSettings } from '../options/settings.js';
import { mapOf, type Started } from './started.js';

export interface Shown {
  look: LookSettings;
  map: RawMap;
  /** Of the map, where it is made of the denoised mean. */
  denoised?: DenoisedFigures;
  /** Why it is the plain one. */
  note?: string;
}

export interface At {
  samples: number;
  done: boolean;
  /** Of a few samples before will do. */
  hurried: true | undefined;
  /** It is looked at: then it must not turn black, nor change back and forth, while the gate of signal and noise opens. */
  isPicture: boolean;
}

export function shownOf(started: Started, asked: LookSettings, { samples, done, hurried, isPicture }: At): Shown {
  const { run } = started;
  if (!('denoisedFigures' in run) || !isDenoised(asked.magnitude)) return { look: asked, map: mapOf(started, asked, hurried) };
  const plain = { ...asked, magnitude: 'plain' };
  const plainly = (note: string): Shown => ({ look: plain, map: mapOf(started, plain), note });
  if (samples < (isPicture && !done ? calmToDenoise : fewestToDenoise)) {
    return plainly(`the denoised map needs ${fewestToDenoise} samples or more: this is the plain one`);
  }
  const map = mapOf(started, asked, hurried);
  const denoised = run.denoisedFigures();
  // Of known sign there is nothing then, and that is the answer.
  if (isPicture && asked.magnitude === 'denoised' && denoised?.signal === false) {
    return plainly(`nothing stands out of the noise of ${samples} samples yet: this is the plain map`);
  }
  return { look: asked, map, ...(denoised ? { denoised } : {}) };
}
