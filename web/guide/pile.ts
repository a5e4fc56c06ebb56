// The pile of gradients whose mean sharpens: one can be laid on it or taken off again, so that it can be scrubbed both ways.

export class Pile {
  /** In double precision: what was added comes off again without a trace. */
  readonly #sum: Float64Array;
  #count = 0;

  constructor(size: number) {
    this.#sum = new Float64Array(size);
  }

  get count(): number {
    return this.#count;
  }

  add(gradient: Float32Array) {
    this.#move(gradient, 1);
  }

  take(gradient: Float32Array) {
    this.#move(gradient, -1);
  }

  /** Of those on it; zeros where there are none. */
  mean(): Float32Array {
    return Float32Array.from(this.#sum, (sum) => sum / Math.max(1, this.#count));
  }

  #move(gradient: Float32Array, sign: 1 | -1) {
    for (let i = 0; i < gradient.length; i++) this.#sum[i] = (this.#sum[i] as number) + sign * (gradient[i] as number);
    this.#count += sign;
  }
}

export interface RunningMean {
  mean: number;
  /** Of the mean: sqrt(sum of squared differences / (n (n - 1))); Infinity of one value. */
  standardError: number;
}

/** Of the first value, the first two, ... (Welford's update). */
export function runningMeans(values: readonly number[]): RunningMean[] {
  let [mean, squares] = [0, 0];
  return values.map((value, i) => {
    const n = i + 1;
    const before = value - mean;
    mean += before / n;
    squares += before * (value - mean);
    return { mean, standardError: n === 1 ? Number.POSITIVE_INFINITY : Math.sqrt(squares / (n * (n - 1))) };
  });
}
