// How the error fell: one point for each count of samples that was reported.

/**
 * ||SE|| / ||true mean||. The mean of n samples is longer than the true mean by the noise that is left in it, so
 * ||true mean||^2 is estimated by ||mean||^2 - ||SE||^2. NaN where nothing but noise is seen.
 */
export const correctedError = (relative: number) => (relative < 1 ? relative / Math.sqrt(1 - relative * relative) : Number.NaN);

export interface Doubling {
  samples: number;
  before: number;
  after: number;
}

export class ErrorCurve {
  readonly samples: number[] = [];
  /** ||SE|| / ||mean||, as the engine reports it. */
  readonly relative: number[] = [];

  clear() {
    this.samples.length = this.relative.length = 0;
  }

  add(samples: number, relative: number) {
    if (samples <= (this.samples.at(-1) ?? 1) || !(relative > 0) || !Number.isFinite(relative)) return;
    this.samples.push(samples);
    this.relative.push(relative);
  }

  /** The relative error of the first report at or after so many samples. */
  at(samples: number): number | undefined {
    return this.relative[this.samples.findIndex((count) => count >= samples)];
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
