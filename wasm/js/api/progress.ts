// Which kind of run a frame is of.
import type { Progress, SampledProgress } from './explanation.js';

/** Whether it is of a method that is made of samples, and so has errors and more. */
export const isSampled = (progress: Progress): progress is SampledProgress => progress.unit === 'samples';
