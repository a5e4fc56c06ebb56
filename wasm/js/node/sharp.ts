// sharp decodes and encodes photos in Node. Its programs take more room than all of ours, and a page never needs them: who wants it
// installs it.
import type { default as Sharp } from 'sharp';
import { SmoothGradError } from '../api/errors.js';

/** Rejects with `unsupported-platform` where it is not installed. */
export async function loadSharp(): Promise<typeof Sharp> {
  try {
    // Not for bundlers to look for.
    return (await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ 'sharp')).default;
  } catch (error) {
    const what = 'photos are decoded and encoded by sharp, which could not be loaded: npm install sharp, or give RGBA pixels';
    throw new SmoothGradError('unsupported-platform', what, { cause: error });
  }
}
