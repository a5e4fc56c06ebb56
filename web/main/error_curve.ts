// How the error fell: one point for each count of samples that was reported.

import type { SampledProgress } from 'smoothgrad';

/** Relative to the mean that was found, and to the true mean as far as it can be told from noise. */
export interface Errors {
  relative: number;
  corrected: number;
}

export interface Doubling {
  samples: number;
  before: Errors;
  after: Errors;
}

export class ErrorCurve {
  readonly samples: number[] = [];
  readonly errors: Errors[] = [];

  clear() {
    this.samples.length = this.errors.length = 0;
  }

  add({ samples, relativeError: relative, correctedError: corrected }: SampledProgress) {
    if (samples <= (this.samples.at(-1) ?? 1) || !(relative > 0) || !Number.isFinite(relative)) return;
    this.samples.push(samples);
    this.errors.push({ relative, corrected });
  }

  /** Of the first report at or after so many samples. */
  at(samples: number): Errors | undefined {
    return this.errors[this.samples.findIndex((count) => count >= samples)];
  }

  /** 25 to 50 to 100, ...: what each doubling that is complete did. */
  doublings(): Doubling[] {
    const last = this.samples.at(-1) ?? 0;
    const found: Doubling[] = [];
    for (let samples = 50; samples <= last; samples *= 2) {
      const [before, after] = [this.at(samples / 2), this.at(samples)];
      if (before !== undefined && after !== undefined) found.push({ samples, before, after });
    }
    return found;
  }
}
