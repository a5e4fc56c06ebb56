// The standard error of each pixel of the map, for who reads its values: fetched when it is asked for, now and then.
import type { Engine, Explanation, Progress, RawTensor } from 'smoothgrad';
import type { LiveMap } from './live.js';
import type { State } from './state.js';

/** A tensor of half a megabyte: not at every frame. */
const growth = 1.25;

/** Of the sum over the channels, as far as their errors are independent: [1, C, H, W] -> [H * W]. */
function overChannels({ shape, data }: RawTensor): Float32Array {
  const [, channels = 1, height = 1, width = 1] = shape;
  const size = height * width;
  const squares = new Float32Array(size);
  for (let i = 0; i < channels * size; i++) squares[i % size] = (squares[i % size] as number) + (data[i] as number) ** 2;
  return squares.map(Math.sqrt);
}

/** Whether the method's values are means of attributions over the samples. */
const isMean = (method: string, { methods }: Engine) =>
  methods.some(({ name, noisy, reduction, timesInput }) => name === method && noisy && reduction === 'mean' && !timesInput);

/** Whether the map's values are that, summed over the channels. */
const isSumOfMeans = ({ method, reduction, magnitude, window, channels, versus, difference }: State, engine: Engine) =>
  (reduction ?? 'mean') === 'mean' &&
  isMean(method, engine) &&
  magnitude === 'plain' &&
  window === 0 &&
  channels !== 'max-abs' &&
  (versus === undefined || difference === 'gradient');

export interface Doubt {
  /** As far as it is known; asks for more where it is old. `known` is called when there is more. */
  read(state: State): Float32Array | undefined;
}

export function createDoubt(map: LiveMap, known: () => void): Doubt {
  let of: { explanation: Explanation<Progress>; samples: number; error?: Float32Array } | undefined;

  async function fetchFor(explanation: Explanation<Progress>, samples: number) {
    const earlier = of?.explanation === explanation ? of.error : undefined;
    of = { explanation, samples, ...(earlier ? { error: earlier } : {}) };
    const error = overChannels(await explanation.standardError());
    if (of?.explanation !== explanation) return;
    of.error = error;
    known();
  }

  return {
    read(state) {
      const { engine, explanation, sampled } = map;
      if (!engine || !explanation || !sampled || sampled.samples < 2 || !isSumOfMeans(state, engine)) return undefined;
      const isOld = of?.explanation !== explanation || sampled.samples >= of.samples * growth;
      // Without it the value stands alone.
      if (isOld) fetchFor(explanation, sampled.samples).catch(() => {});
      return of?.explanation === explanation ? of.error : undefined;
    },
  };
}
