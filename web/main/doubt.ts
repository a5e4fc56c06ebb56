// The standard error of each pixel of the map, for who reads its values: fetched when it is asked for, now and then.
import { type Engine, type Explanation, isDenoised, type Progress, type RawTensor } from 'smoothgrad';
import type { LiveMap } from './live.js';
import { isMean, takesChannels } from './options.js';
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

/** Whether the map's values are means of the samples, or what they make most likely of them, summed over the channels. */
const isSumOfMeans = (state: State, engine: Engine) =>
  isMean(state, engine) &&
  takesChannels(state) &&
  state.window === 0 &&
  state.channels !== 'max-abs' &&
  (state.versus === undefined || state.difference === 'gradient');

/** Of each element: its standard error, or what the denoised mean says of itself. */
async function deviations(explanation: Explanation<Progress>, denoised: boolean): Promise<RawTensor> {
  if (!denoised) return explanation.standardError();
  const { variance } = await explanation.denoised();
  return { ...variance, data: variance.data.map(Math.sqrt) };
}

export interface Doubt {
  /** As far as it is known; asks for more where it is old. `known` is called when there is more. */
  read(state: State): Float32Array | undefined;
}

export function createDoubt(map: LiveMap, known: () => void): Doubt {
  let of: { explanation: Explanation<Progress>; denoised: boolean; samples: number; error?: Float32Array } | undefined;
  const isOf = (explanation: Explanation<Progress>, denoised: boolean) =>
    of?.explanation === explanation && of.denoised === denoised;

  async function fetchFor(explanation: Explanation<Progress>, denoised: boolean, samples: number) {
    const earlier = isOf(explanation, denoised) ? of?.error : undefined;
    of = { explanation, denoised, samples, ...(earlier ? { error: earlier } : {}) };
    const error = overChannels(await deviations(explanation, denoised));
    if (!of || !isOf(explanation, denoised)) return;
    of.error = error;
    known();
  }

  return {
    read(state) {
      const { engine, explanation, sampled } = map;
      // Of one sample, or one pair, there is no error to be told.
      if (!engine || !explanation || !sampled || !isSumOfMeans(state, engine)) return undefined;
      if (!Number.isFinite(sampled.relativeError)) return undefined;
      const denoised = isDenoised(state.magnitude) && sampled.denoised !== undefined;
      const isOld = !of || !isOf(explanation, denoised) || sampled.samples >= of.samples * growth;
      // Without it the value stands alone.
      if (isOld) fetchFor(explanation, denoised, sampled.samples).catch(() => {});
      return isOf(explanation, denoised) ? of?.error : undefined;
    },
  };
}
